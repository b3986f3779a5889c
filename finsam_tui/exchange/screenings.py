"""The violence screenings of a period as the national compilation takes them, a row each.

Nothing that leads back to somebody is in a row: no id, no name, no day, age, home, programme or
coach, and no words that anybody has written. A rare sex is no group of its own, and the rows come
in an order of chance. What somebody has done to others is with them only where it is asked for.
"""

from __future__ import annotations

import secrets
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.exchange.export_cells import Speller
from finsam_tui.exchange.exporting import Sheet
from finsam_tui.forms import catalogue
from finsam_tui.forms.instrument import INFLICTED, instrument
from finsam_tui.storage import bulk, wording
from finsam_tui.storage.access import SCREENING
from finsam_tui.storage.export_rights import OF_ALL

if TYPE_CHECKING:
    from finsam_tui.domain.periods import Period
    from finsam_tui.exchange.exporting import Row as Cells
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register

    Item = tuple[str, str]  # an instrument and its item

NAME = "våldsscreeningar"
_BEFORE = ("förbund", "månad", "kön", "status", "räknas", "instrument", "version")
_FOUND = {  # heading → column of the query
    "utsatt": "exposed",
    "något_ja": "any_yes",
    "pågående": "ongoing",
    "hänvisning_noterad": "referred",
    "barn_far_illa": "child_at_harm",
}
_GROUP = slice(1, 3)  # of a row: its month and sex
_KINDS = "slag"
_COMMON = {"woman", "man"}
_RARE = "annat eller okänt"
_YES_NO = {None: "", 0: "nej", 1: "ja"}


class Compilation(NamedTuple):
    """The rows, with their headings."""

    headings: tuple[str, ...]
    rows: list[Cells]

    @property
    def sheet(self) -> Sheet:
        """All rows, to be written once."""
        return Sheet(NAME, self.headings, iter(self.rows))

    def few(self, least: int) -> int:
        """Return how many rows are of a month and a sex with fewer than `least`."""
        groups = Counter(row[_GROUP] for row in self.rows)
        return sum(count for count in groups.values() if count < least)


def compiled(register: Register, period: Period, *, inflicted: bool) -> Compilation:
    """Return the screenings of the enrolments that started in `period`, as reports count them.

    `inflicted`: also what they have answered on what they have done to others, and what comes of
    it. The caller holds one state of the register.
    """
    first, last = (day.isoformat() for day in period)
    found = register.rows("export_screenings", first=first, last=last)
    items = _items(inflicted=inflicted)
    derived = {name: of for name, of in _FOUND.items() if inflicted or of != OF_ALL}
    answers = _answers(register, [row["id"] for row in found])
    association = register.one("report_register")["name"] or ""
    speller = Speller(register.codes)

    def cells(row: Row) -> Cells:
        form, given = row["instrument"] or "", answers.get(row["id"], {})
        return (
            *(association, row["month"], _sex(row["sex"], speller)),
            *(speller.code("screening_status", row["status"]), _YES_NO[row["counted"]]),
            *(form, _version(form)),
            *(_answer(speller, item, form, given) for item in items),
            *(_YES_NO[row[column]] for column in derived.values()),
            wording.kinds(row["kinds"]) if row["kinds"] else "",
        )

    rows = list(map(cells, found))
    secrets.SystemRandom().shuffle(rows)
    asked = (f"{form}.{key} {label}" for (form, key), label in items.items())
    return Compilation((*_BEFORE, *asked, *derived, _KINDS), rows)


def _sex(key: str, speller: Speller) -> str:
    return speller.code("sex", key) if key in _COMMON else _RARE


def _forms() -> tuple[str, ...]:
    """Return the instruments that a screening can be answered by."""
    parts = catalogue.form(SCREENING).parts
    return tuple(part.instrument for part in parts if part.instrument)


def _items(*, inflicted: bool) -> dict[Item, str]:
    """Return the items that leave, with their labels."""
    return {
        (form, item.key): item.label
        for form in _forms()
        for item in instrument(form).items
        if inflicted or item.group != INFLICTED
    }


def _version(form: str) -> int | str:
    return instrument(form).version if form in _forms() else ""


def _answers(register: Register, screenings: list[int]) -> dict[int, dict[str, str]]:
    """Return the stored answers of the screenings, item → answer; none where none are kept."""
    found: dict[int, dict[str, str]] = {}
    columns, keys = ("screening_id", "item", "answer"), [(id_,) for id_ in screenings]
    rows = bulk.find(register.conn, "screening_answer", columns, columns[:1], keys)
    for screening, item, answer in rows:
        found.setdefault(screening, {})[item] = answer
    return found


def _answer(speller: Speller, item: Item, form: str, given: dict[str, str]) -> str:
    own, key = item
    return speller.code(instrument(own).codes, given[key]) if own == form and key in given else ""
