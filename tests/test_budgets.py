"""Modules and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = PROJECT / "finsam_tui"
MODULE_LINES = 300
FUNCTION_LINES = 40

# "module.py" or "module.py:function" → why it is longer than that.
ALLOWED: dict[str, str] = {
    "storage/call_card.py:_card": "a line for each of the many columns of a card, and nothing else",
}


def too_long(name: str, source: str) -> Iterator[str]:
    """Name the module, and those of its functions, that are over their budget."""
    if len(source.splitlines()) > MODULE_LINES:
        yield name
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            if node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
                yield f"{name}:{node.name}"


def test_every_module_and_function_is_within_its_budget_or_has_a_reason() -> None:
    sources = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    assert "cli.py" in sources
    long = {found for name, path in sources.items() for found in too_long(name, path.read_text())}
    assert long == set(ALLOWED), "shorten what is new here, or give its reason in ALLOWED"


def test_the_budgets_see_a_line_too_many() -> None:
    function = "def f():\n" + "    pass\n" * (FUNCTION_LINES - 1)
    assert list(too_long("m.py", function)) == []
    assert list(too_long("m.py", function + "    pass\n")) == ["m.py:f"]
    module = "x = 1\n" * MODULE_LINES
    assert list(too_long("m.py", module)) == []
    assert list(too_long("m.py", module + "x = 1\n")) == ["m.py"]
