"""How a report is shown: as lines of styled text, which a terminal may colour, or as JSON."""
