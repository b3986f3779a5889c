"""Text from people made safe to keep and to show, and numbers and dates written in Swedish."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError

if TYPE_CHECKING:
    from datetime import date

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
DASH = "–"  # what a table shows where there is no figure

# Invisible and harmless, common in text pasted from a word processor or the web: soft hyphen,
# zero width space, word joiner, byte order mark. Kept, they would make a search miss.
_DROPPED = "\u00ad\u200b\u2060\ufeff"
_LINE_BREAKS = {"\u2028": "\n", "\u2029": "\n"}
_TIDY = str.maketrans({**dict.fromkeys(_DROPPED, ""), **_LINE_BREAKS})
# The two joiners are format characters, but Persian names and family emoji are spelled with them.
_JOINERS = "\u200c\u200d"
_NONCHARACTERS = "\ufffe\uffff"  # not allowed in XML, so a workbook holding one would not open

# What `fold` makes of the letters of Swedish names: ten times as fast as taking them apart.
_PLAIN = str.maketrans("åäöéèëüáàó", "aaoeeeuaao")
_SWEDISH = str.maketrans(",.", " ,")
_ALPHABET = str.maketrans("åäö", "{|}")  # the last letters; these characters come after z
# How what a spreadsheet would work out begins; some take the wide signs of East Asia for the same.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - these very signs
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def clean(text: str, *, multiline: bool = False) -> str:
    """Return what may be stored: NFC, stripped, every line break a newline.

    Raises FieldError at a control or bidi character, a lone surrogate and their like, which could
    steer a terminal or disguise what a text says. Tabs and line breaks only where `multiline`.
    """
    if text.isprintable():  # the common case, and free of everything that is refused
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    text = unicodedata.normalize("NFC", text.translate(_TIDY)).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for place, char in enumerate(text, start=1):
        if not _is_plain(char, multiline=multiline):
            raise FieldError(_refusal(char, place))
    return text


def safe(text: str, *, multiline: bool = False) -> str:
    """Return what may be shown: whatever `clean` would not have let in becomes U+FFFD."""
    if text.isprintable():
        return text
    return "".join(c if _is_plain(c, multiline=multiline) else REPLACEMENT for c in text)


def no_formula(text: str) -> str:
    """Return `text` as a spreadsheet's cell may hold it: what it would work out has a quote first.

    So has what begins with a tab or a line break, which some programs pass over.
    """
    return f"'{text}" if _worked_out(text) else text


def quoted(text: str) -> str:
    """Return `text` as `no_formula` does, and so that `unquoted` gives it back whatever it is.

    What is a formula but for quotes before it has one more of them.
    """
    if not text or text[0].isalnum():  # the common cases, and the fastest
        return text
    return f"'{text}" if _worked_out(text.lstrip("'")) else text


def unquoted(cell: str) -> str:
    """Return the text that `quoted` has made a cell of."""
    return cell[1:] if cell.startswith("'") and _worked_out(cell.lstrip("'")) else cell


def _worked_out(text: str) -> bool:
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))


def _is_plain(char: str, *, multiline: bool) -> bool:
    if char.isprintable() or char in _JOINERS:
        return True
    if char in "\t\n":
        return multiline
    return unicodedata.category(char) in {"Zs", "Co", "Cn"} and char not in _NONCHARACTERS


def _refusal(char: str, place: int) -> str:
    if char in "\t\n":
        return "Texten ska stå på en rad; ta bort radbrytningar och tabbar."
    return f"Texten har ett otillåtet tecken (U+{ord(char):04X}) på plats {place}; ta bort det."


def fold(text: str) -> str:
    """Return `text` for matching: no case, no accents (å, ä, ö → a, a, o), single blanks."""
    if not text.isascii():
        text = text.casefold().translate(_PLAIN)
    if not text.isascii():
        # Twice: case folding can yield new accents, and decomposition new capitals.
        for _ in range(2):
            decomposed = unicodedata.normalize("NFKD", text.casefold())
            text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def alphabetic(text: str) -> str:
    """Return what to sort `text` by as a Swedish reader looks for it: å, ä and ö last."""
    return fold(text.casefold().translate(_ALPHABET))


def half_up(value: float, decimals: int = 0) -> float:
    """Round as taught in school, halves away from zero: the one rule of every figure shown.

    A float is taken for the decimal number it is written as: 2.465 to two decimals is 2.47.
    """
    scale = 10.0**decimals
    # Fifteen significant digits are what a float can promise; the rest is noise from the product.
    scaled = float(f"{abs(value) * scale:.15g}")
    return math.copysign(math.floor(scaled + 0.5) / scale, value)


def number(value: float | None, decimals: int | None = None) -> str:
    """Return "1 234,5": decimal comma, thousands apart, `decimals` of them or as many as needed.

    The blank is a plain one, so that output can be searched; None is a dash.
    """
    if value is None:
        return DASH
    if decimals is not None:
        # The sum turns minus zero into zero.
        written = f"{half_up(value, decimals) + 0.0:,.{decimals}f}"
    else:
        written = f"{value:,}".removesuffix(".0")
    return written.translate(_SWEDISH)


def percent(part: float, whole: float) -> str:
    """Return "12,3 %", or a dash when there is nothing to take a share of."""
    return f"{number(100 * part / whole, 1)} %" if whole else DASH


def plural(count: int, one: str, many: str) -> str:
    """Return "1 deltagare", "3 dagar": the number with the word that goes with it."""
    return f"{number(count)} {one if count == 1 else many}"


def long_date(day: date) -> str:
    """Return "fre 15 mars 2024"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return "15 mar 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
