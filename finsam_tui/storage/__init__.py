"""The encrypted register: the only package that touches a database or a key."""
