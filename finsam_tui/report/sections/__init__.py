"""The sections: a module each, with the queries it reads and a pure function from rows to Section.

QUERIES names files in storage/queries; `section(rows, scope)` gets their rows and makes the rest.
"""
