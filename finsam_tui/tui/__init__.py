"""The Textual front end: screens over the storage, one widget for a form, one for a list."""
