"""Text that attacks terminals, put into every column of a register, past all forms and checks.

`tame` fills the same columns of the same rows with as much harmless text: what a terminal is sent
may differ in what is read, never in what it is told to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register

ATTACKS = (
    "\x1b]0;TITEL\x07",  # the title of the window
    "\x1b]52;c;ZWNobyBvbmQ=\x07",  # the clipboard
    "\x1bP+q544e\x1b\\",  # asks the terminal to type an answer
    "\x1b[6n\x1b[c\x1b[5n",  # so do these
    "\x1b[2J\x1b[H\x1b[31mröd\x1b[0m",
    "\x1b[?1000h\x1b[?1049l\x1b[?2004l",  # the mouse, the screen, pasting
    "\x1b]8;;http://ond.example\x1b\\länk\x1b]8;;\x1b\\",
    "\x9b31m\x9d0;TITEL\x9c\x90q\x9c",  # the same in eight bits
    "\x00\x07\x08\x0b\x0c\x0e\x0f\x7f\x85",
    "rad\r\nrad\rskriver över\x0bnästa\u2028sista\u2029",
    "\u202ednävmo\u202c \u2066x\u2069 \u200f\u061c",  # bidi
    "[@click=app.quit]klicka[/] [/x] [bold red] \\[ [link=file:///etc/passwd]x[/link]",
    '=HYPERLINK("http://ond.example")',
    "\ud7ff\ufffe\uffff\U000e0041\U0010ffff\ufeff\u00ad",
    "a" + "\u0301" * 60,  # a tower of accents
    "👩‍👩‍👧‍👦🏳️‍🌈🇸🇪",
    "مرحبا שלום",
    "lång " * 400,
    "\N{HANGUL FILLER}\u3164\u115f\t\t",
    "{0} {x} %s %(x)s $HOME `id` <script>alert(1)</script> & \\x1b",
)
# What is a key of a row elsewhere, a date, or read back by the program as something else than text.
_TABLES_LEFT = ("audit", "audit_value", "access", "setting", "sqlite_sequence")
_KEEPS_ITS_LINES = ("text", "goal", "comment")


def hostile(number: int) -> str:
    """Return an attack between two words, another for every number."""
    return f"ond{number}{ATTACKS[number % len(ATTACKS)]}text"


def tame(number: int) -> str:
    """Return harmless text of the same length."""
    return f"snäll{number} {'text ' * 500}"[: len(hostile(number)) + 2]


def fill(register: Register, make: Callable[[int], str]) -> dict[str, int]:
    """Put text into every free text column of every row; return "table.column" → rows changed."""
    changed: dict[str, int] = {}
    number = 0
    conn = register.conn
    conn.execute("PRAGMA ignore_check_constraints = ON")
    conn.execute("PRAGMA foreign_keys = OFF")
    for table, column in text_columns(conn):
        rows = conn.execute(f"SELECT rowid FROM {table} WHERE {column} IS NOT NULL").fetchall()
        for (row,) in rows:
            number += 1
            value = (make(number), row)
            conn.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", value)
        changed[f"{table}.{column}"] = len(rows)
    return changed


def text_columns(conn: Connection) -> list[tuple[str, str]]:
    """Return the columns that hold what somebody typed: no keys, codes, dates or numbers."""
    tables = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'"
    ).fetchall()
    found = []
    for (table,) in tables:
        if table in _TABLES_LEFT or table.startswith("audit"):
            continue
        linked = {r["from"] for r in conn.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
        for row in conn.execute(f"PRAGMA table_info({table})").fetchall():
            name = row["name"]
            if (
                row["type"] == "TEXT"
                and not row["pk"]
                and name not in linked
                and _free(table, name)
            ):
                found.append((table, name))
    return found


def _free(table: str, name: str) -> bool:
    """Return whether a text column is not a date, a code or of the program's own making."""
    own = {
        "code": {"label"},
        "draft": set(),
        "report_text": {"text"},
    }
    if table in own:
        return name in own[table]
    made = ("date", "_at", "ref", "key", "slot", "at", "list", "role", "birth")
    return not name.endswith(made) and name not in _CODES


_CODES = frozenset({"registration", "search_key", "user"})
