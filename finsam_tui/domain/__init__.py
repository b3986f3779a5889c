"""The rules of the work, pure: no files, no database, no clock; `today` is an argument."""
