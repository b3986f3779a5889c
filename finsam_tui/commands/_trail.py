"""The logs in Swedish, a line an entry: what `finsam logg` and `finsam person` print."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from finsam_tui.domain import retention
from finsam_tui.storage import wording
from finsam_tui.text import safe

if TYPE_CHECKING:
    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.trail import Event

_CHANGED = {"insert": "lade till", "update": "ändrade", "delete": "tog bort"}
_OPENED = {
    "person": "öppnade kortet",
    "screening": "öppnade våldsscreeningen",
    "report": "tog fram en rapport",
    "export": "sparade en okrypterad fil",
    "print": "skrev ut uppgifterna",
    "copy": "listade innehållet i en kopia",
    "list": "visade en lista",
    "log": "läste loggen",
    "key": "ändrade nycklarna",
    "unlock": "låste upp registret",
    "failed_unlocks": "fick veta",
    "restore": "återställde registret från kopian",
    "retention": "ändrade gallringstiden",
}
# What the details of an opening name by their tables.
_ABOUT = {"enrolment": "inskrivning", "follow_up": "uppföljning"}


def local(at: str) -> str:
    """Return a moment in UTC, ISO, as "2024-03-15 14:30:05" by the clock of the place."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def line(event: Event) -> str:
    """Return an entry in one line: when, who, what; never what the values are."""
    return safe(f"{local(event.at)}  {event.user:<16}  {_what(event)}")


def changes(event: Event, codes: Codes) -> list[str]:
    """Return the values of an entry, a line a column; of an answer, the question with it."""
    if event.table.endswith("_answer") and {"item", "answer"} <= event.values.keys():
        item, key = (next(filter(None, event.values[name]), "") for name in ("item", "answer"))
        return [safe(": ".join(wording.answer(event.table, item, key, codes)))]
    return [
        safe(f"{wording.label(event.table, column)}: {_change(event, column, pair, codes)}")
        for column, pair in event.values.items()
    ]


def data(event: Event) -> dict[str, Any]:
    """Return an entry for JSON: the columns that were changed, but not their values."""
    told: dict[str, Any] = {
        "log": event.log,
        "entry": event.id,
        "at": event.at,
        "user": safe(event.user),
        "action": event.action,
    }
    if event.log == "audit":
        told |= {"table": event.table, "rows": [safe(event.row), safe(event.last_row)]}
        told["columns"] = list(event.values)
    if event.log == "access":
        told |= {"participant": event.participant, "detail": safe(event.detail)}
    if event.log == "erasure":
        told |= {"kind": event.table, "reason": safe(event.detail)}
    return told


def _what(event: Event) -> str:
    if event.log == "access":
        of = f" för deltagare {event.participant}" if event.participant else ""
        detail = f" {_detail(event.detail)}" if event.detail else ""
        return f"{_OPENED.get(event.action, event.action)}{of}{detail}"
    if event.log == "erasure":
        titles = {rule.kind: rule.title for rule in retention.RULES}
        return f"gallrade: {titles.get(event.table, event.table)}; skäl: {event.detail}"
    rows = event.row if event.row == event.last_row else f"{event.row}–{event.last_row}"
    called = f" ({event.detail})" if event.detail else ""
    what = f"{_CHANGED[event.action]} {wording.title(event.table)} {rows}{called}"
    labels = [wording.label(event.table, column) for column in event.values]
    return f"{what}: {', '.join(labels)}" if labels and event.action == "update" else what


def _detail(text: str) -> str:
    word, _, rest = text.partition(" ")
    return f"({_ABOUT[word]} {rest})" if word in _ABOUT else f"({text})"


def _change(event: Event, column: str, pair: tuple[str | None, str | None], codes: Codes) -> str:
    old, new = (wording.shown(event.table, column, value, codes) for value in pair)
    if event.action == "insert":
        return new
    return old if event.action == "delete" else f"{old} → {new}"
