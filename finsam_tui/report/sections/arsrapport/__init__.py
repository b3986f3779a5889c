"""The sections of the annual report (003)."""
