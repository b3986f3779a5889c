"""Which editor answers which kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.forms.options import Option, spelled
from finsam_tui.tui.widgets.choice_editors import ChoiceEditor, SeveralEditor
from finsam_tui.tui.widgets.line_editors import Editor, LineEditor, TextEditor
from finsam_tui.tui.widgets.text_buffer import TextBuffer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRESH = ("date", "moment", "integer", "decimal")  # typing replaces what stands in them


def _line(kind: str, raw: str, offered: Sequence[Option]) -> Editor:
    if offered:  # a scale of one digit is picked, not typed
        return _choice(kind, raw, offered)
    return LineEditor(TextBuffer(raw, len(raw), fresh=bool(raw) and kind in FRESH))


def _text(_kind: str, raw: str, _offered: Sequence[Option]) -> Editor:
    return TextEditor(TextBuffer(raw, len(raw)))


def _choice(kind: str, raw: str, offered: Sequence[Option]) -> Editor:
    option = spelled(offered, raw) if raw else None
    typed = "" if option else raw
    return ChoiceEditor(
        TextBuffer(typed, len(typed)),
        offered,
        option.raw if option else "",
        letters=kind == "yes_no",
    )


def _several(kind: str, raw: str, offered: Sequence[Option]) -> Editor:
    editor = SeveralEditor(TextBuffer(), offered, extents=kind == "extents")
    unread: list[str] = []
    for part in raw.replace(";", "|").split("|"):
        name, _, extent = part.partition(":") if editor.extents else (part, "", "")
        option = spelled(offered, name.strip()) if name.strip() else None
        if option:
            editor.chosen[option.raw] = extent.strip()
        elif part.strip():
            unread.append(part.strip())
    editor.typed.insert(" | ".join(unread))
    return editor


EDITORS: dict[str, Callable[[str, str, Sequence[Option]], Editor]] = {
    "text": _line,
    "long_text": _text,
    "phone": _line,
    "date": _line,
    "moment": _line,
    "integer": _line,
    "decimal": _line,
    "yes_no": _choice,
    "choice": _choice,
    "choices": _several,
    "extents": _several,
    "personal_id": _line,
}
