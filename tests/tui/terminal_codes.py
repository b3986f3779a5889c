"""What a terminal is told to do by what it is sent: its control functions, without figures."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_CODES = re.compile(
    r"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<string>\x1b[\]P_^X].*?(?:\x07|\x1b\\))"
    r"|(?P<escape>\x1b[ -/]*[0-~]?)",
    re.DOTALL,
)
_MODES = "hl"  # a mode's number says what is turned on


def functions(sent: str) -> set[str]:
    """Return the control functions in `sent`, and whatever else is no text.

    "CSI ?1000h" and "CSI m" are sequences, "OSC 52" a string, "U+202E" a character on its own.
    """
    found = {_name(match) for match in _CODES.finditer(sent)}
    rest = _CODES.sub("", sent)
    return found | {f"U+{ord(char):04X}" for char in set(rest) if not _is_text(char)}


def _name(match: re.Match[str]) -> str:
    text = match[0]
    if match["csi"]:
        final = text[-1]
        figures = text[2:-1]
        kept = figures if final in _MODES else re.sub(r"[0-9;:]", "", figures)
        return f"CSI {kept}{final}"
    if match["string"]:
        number = re.match(r"[0-9]*", text[2:])
        return f"{text[1]} string {number[0] if number else ''}"
    return f"ESC {text[1:]}"


def _is_text(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
