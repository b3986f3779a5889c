"""The sections of the full year's report of a team (002)."""
