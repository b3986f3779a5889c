"""The sections of the SUS reports (000, 002): the national system is gone, its tables live on."""
