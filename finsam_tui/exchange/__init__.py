"""The files that finsam exchanges with other systems, in and out: contract.md's format."""
