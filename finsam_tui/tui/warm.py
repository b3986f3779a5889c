"""Loads, after the first paint, what the first form and the first save will need.

In a thread, so that nobody waits for it: sqlite-utils alone takes a fifth of a second.
"""

from __future__ import annotations

from importlib import import_module

_LATER = ("storage.driver", "storage.verbs", "tui.flows", "tui.screens.person")


def load() -> None:
    """Import what is used next."""
    for name in _LATER:
        import_module(f"finsam_tui.{name}")  # a second time costs nothing
    from finsam_tui.storage import driver

    conn = driver.memory()
    driver.database(conn)
    conn.close()
