"""What a workbook's parts tell besides rows: its sheets, its texts, how its cells are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.exchange.package import DAMAGED, MOST_PARTS, Damaged
from finsam_tui.exchange.reading import LONGEST_CELL
from finsam_tui.exchange.sheet_values import PLAIN, Shown, unescaped
from finsam_tui.exchange.xml_parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TEXTS = 4_000_000
MOST_CHARACTERS = 200_000_000  # in all texts together
_MOST_STYLES = 100_000
_LONGEST_CODE = 255
_FULL = "Arbetsboken har för mycket text; dela upp den i flera."


class Relation(NamedTuple):
    """Where a part leads: the last word of what it is to it, and which part that is."""

    kind: str
    target: str


class Relations(Part):
    """The relations of a part, by their ids; those that lead out of the file are left out."""

    root = "Relationships"

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[str, Relation] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take a relation."""
        if name == "Relationship" and given.get("TargetMode") != "External":
            kind = given.get("Type", "").rpartition("/")[2]
            self.by_id[given.get("Id", "")] = Relation(kind, given.get("Target", ""))
            if len(self.by_id) > MOST_PARTS:
                raise Damaged(DAMAGED)


class Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    title: str
    relation: str
    hidden: bool


class Contents(Part):
    """The list of sheets, and the day that dates are counted from."""

    root = "workbook"

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Listed] = []
        self.from_1904 = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take a sheet, or how dates are counted."""
        if name == "sheet":
            relation = next((v for k, v in given.items() if k.endswith(":id")), "")
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append(Listed(given.get("name", ""), relation, hidden))
            if len(self.sheets) > MOST_PARTS:
                raise Damaged(DAMAGED)
        elif name == "workbookPr":
            self.from_1904 = given.get("date1904") in ("1", "true")


class Texts(Part):
    """The texts that the sheets share, in order."""

    root = "sst"

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._length = self._total = 0
        self._taking = self._phonetic = False

    def start(self, name: str, given: Mapping[str, str]) -> None:  # noqa: ARG002 - as every part
        """Take the beginning of a text or of a run in it."""
        if name == "t":
            self._taking = not self._phonetic
        elif name == "rPh":  # how an East Asian name is said
            self._phonetic = True

    def end(self, name: str) -> None:
        """Take the end of a text or of a run in it."""
        if name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            self._pieces, self._length = [], 0
            if len(self.texts) > MOST_TEXTS:
                raise Damaged(_FULL)
        elif name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Take a piece of a text; more than a cell can have is not kept."""
        if self._taking and self._length <= LONGEST_CELL:
            self._pieces.append(text)
            self._length += len(text)
            self._total += len(text)
            if self._total > MOST_CHARACTERS:
                raise Damaged(_FULL)


class Styles(Part):
    """How cells are shown, by the number of their style."""

    root = "styleSheet"

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._inside = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take a number format, or a style that has one."""
        if name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._formats.append(_number(given.get("numFmtId", "0")))
        elif name == "numFmt":
            code = given.get("formatCode", "")[:_LONGEST_CODE]
            self._codes[_number(given.get("numFmtId", "0"))] = code
        if len(self._formats) + len(self._codes) > _MOST_STYLES:
            raise Damaged(DAMAGED)

    def end(self, name: str) -> None:
        """Take the end of the styles of cells."""
        if name == "cellXfs":
            self._inside = False

    def shown(self) -> dict[str, Shown]:
        """Return how cells are shown, by what a cell names its style."""
        made = {n: Shown(n, self._codes.get(n, "")) for n in set(self._formats)}
        return {str(at): made.get(n, PLAIN) for at, n in enumerate(self._formats)}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004 - as many digits as any has
        raise Damaged(DAMAGED)
    return int(text)
