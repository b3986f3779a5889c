"""The list of persons (002)."""
