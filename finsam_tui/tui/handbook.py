"""The handbook: the pages that F1 shows, and the table of all keys, which is made from the code.

`python -m finsam_tui.tui.handbook` writes the table anew.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.dom import DOMNode

from finsam_tui.tui import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import Binding

PAGES = Path(__file__).with_name("help")
KEYS = "tangenter"

# Pages that are about no screen; the palette has them.
APART = ("tryckta", "inlasning", "export", "skydd", "server", "sakerhetskopia", "sparning")

_INTRO = """\
# Tangenter

Alla tangenter, ställe för ställe. Sidan görs av programmet och ändras inte för hand.
"""


def page(name: str) -> str:
    """Return a page of the handbook, in Markdown."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def title(name: str) -> str:
    """Return the heading of a page."""
    return page(name).split("\n", maxsplit=1)[0].removeprefix("# ")


def classes() -> list[type[DOMNode]]:
    """Return everything of ours that has keys: the app, widgets, screens."""
    found: dict[str, type[DOMNode]] = {}
    for name in ("app", "welcome", *_modules("widgets"), *_modules("screens")):
        module = import_module(f"{__package__}.{name}")
        for _, member in getmembers(module, isclass):
            if issubclass(member, DOMNode) and member.__module__ == module.__name__:
                found.setdefault(member.__qualname__, member)
    return list(found.values())


def _modules(package: str) -> Iterator[str]:
    folder = Path(__file__).with_name(package)
    for module in sorted(pkgutil.iter_modules([str(folder)]), key=lambda module: module.name):
        yield f"{package}.{module.name}"


def own_bindings(kind: type[DOMNode]) -> list[Binding]:
    """Return the keys that a class adds to those it inherits."""
    return list(kind.__dict__.get("BINDINGS", ()))


def keys_page() -> str:
    """Return the table of all keys."""
    tables: dict[str, list[str]] = {}
    for kind in classes():
        for binding in own_bindings(kind):
            row = f"| **{keys.shown_key(binding)}** | {binding.tooltip} |"
            tables.setdefault(_title(kind), []).append(row)
    parts = [_INTRO, *(_table(title, rows) for title, rows in tables.items())]
    return "\n".join(parts)


def _title(kind: type[DOMNode]) -> str:
    """Return the heading of the page about a screen; others say their own."""
    name = getattr(kind, "page", "")
    if name:
        return title(name)
    return kind.BINDING_GROUP_TITLE or kind.__name__


def _table(title: str, rows: list[str]) -> str:
    return "\n".join([f"## {title}", "", "| Tangent | |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    (PAGES / f"{KEYS}.md").write_text(keys_page(), encoding="utf-8")
