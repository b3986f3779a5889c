"""The plain-prompt front end: a line out, a line in; the same forms, checks and storage."""
