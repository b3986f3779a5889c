"""How a report is put out: a module a form of output, all of them listed in `formats`."""
