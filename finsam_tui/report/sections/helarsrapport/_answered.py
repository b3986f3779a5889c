"""Those who answered a follow-up call: how it was with them at start, at closure and then."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    SHARE,
    change,
    code_names,
)
from finsam_tui.report.sections.followup import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record

OCCASIONS = ("start", "closure", "after")
PAIR = ("closure", "after")

_ONE_EACH = "position"  # what the rows that have a step and a responsible party are called
_CHANGE = (
    Column("change", "+/−", "number", 0, made_of=PAIR),
    Column("change_share", "+/− %", "share", made_of=PAIR),
)


class Answered(NamedTuple):
    """How many answered the calls so many months after closure, and what they told."""

    months: int
    answered: int
    told: Sequence[Record]
    codes: Codes

    def at_each(self, asked: str, list_name: str, heading: str) -> Table:
        """Return what each has one of, at start, at closure and now, with shares of the known."""
        counts = [self._counts(_ONE_EACH, occasion, asked) for occasion in OCCASIONS]
        known = [sum(c.values()) for c in counts]
        names = code_names(self.codes, list_name, (key for c in counts for key in c))
        lines = [
            Row(key, (name, *_with_shares([c.get(key, 0) for c in counts], known)))
            for key, name in names.items()
        ]
        unknown = _with_shares([self.answered - count for count in known])
        return Table(
            asked,
            (GROUP, *self._columns(asked, OCCASIONS)),
            (*lines, Row(MISSING_KEY, (MISSING_LABEL, *unknown), rare=True)),
            title=heading,
            total=Row(ALL, ("Svarande", *self._totals(known))),
            of=self._of,
            adds=True,
        )

    def before_and_after(self, asked: str, heading: str) -> Table:
        """Return what each can have several of, at closure and now, with the change."""
        counts = [self._counts(asked, occasion) for occasion in PAIR]
        known = [self._known(asked, occasion) for occasion in PAIR]
        names = code_names(self.codes, asked, (key for c in counts for key in c))
        names.pop(MISSING_KEY, None)  # an answer of its own among occupations, and none here

        def cells(pair: list[int], of: list[int]) -> tuple[Cell, ...]:
            return *_with_shares(pair, of), *change(*pair)

        lines = [
            Row(key, (name, *cells([c.get(key, 0) for c in counts], known)), rare=True)
            for key, name in names.items()
        ]
        unknown = (*_with_shares([self.answered - count for count in known]), None, None)
        return Table(
            asked,
            (GROUP, *self._columns(asked, PAIR), *_CHANGE),
            (*lines, Row(MISSING_KEY, (MISSING_LABEL, *unknown), rare=True)),
            title=heading,
            total=Row(ALL, ("Svarande", *self._totals(known), None, None)),
            of=self._of,
        )

    def listed(self, asked: str, names: dict[str, str], heading: str) -> Table:
        """Return how many of all who answered each of `names` (key → label) holds for."""
        counts = self._counts(asked, None)
        return Table(
            asked,
            (GROUP, COUNT._replace(within=(TOLD,)), SHARE),
            tuple(
                Row(key, (name, counts.get(key, 0), share(counts.get(key, 0), self.answered)))
                for key, name in names.items()
            ),
            title=heading,
            total=Row(ALL, ("Svarande", self.answered, share(self.answered, self.answered))),
            of=self._of,
            by=asked,
        )

    @property
    def _of(self) -> str:
        return f"due_{self.months}"

    def _rows(self, asked: str, occasion: str | None) -> list[Record]:
        return [row for row in self.told if (row["asked"], row["occasion"]) == (asked, occasion)]

    def _counts(self, asked: str, occasion: str | None, column: str = "answer") -> dict[str, int]:
        """Return each answer in a column → those who gave it; without those who gave none."""
        found: Counter[str] = Counter()
        for row in self._rows(asked, occasion):
            if row[column] is not None:
                found[row[column]] += row["enrolments"]
        return found

    def _known(self, asked: str, occasion: str) -> int:
        """Return those who gave any answer: all who were asked, but for those who gave none."""
        silent = [row for row in self._rows(asked, occasion) if row["answer"] is None]
        there, none = (
            sum(int(row["enrolments"]) for row in rows)
            for rows in (self._rows(_ONE_EACH, occasion), silent)
        )
        return there - none

    def _columns(self, asked: str, occasions: Iterable[str]) -> list[Column]:
        """Return a count and a share for each occasion."""
        names = {"start": "Start", "closure": "Avslut", "after": f"{self.months} mån"}
        return [
            column
            for key in occasions
            for column in (
                Column(key, names[key], within=(TOLD,), by=f"{asked}_{key}"),
                Column(f"{key}_share", "Andel", "share", made_of=(key,)),
            )
        ]

    def _totals(self, known: list[int]) -> tuple[Cell, ...]:
        hundred = [share(count, count) for count in known]
        return tuple(cell for part in hundred for cell in (self.answered, part))


def _with_shares(counts: list[int], of: list[int] | None = None) -> tuple[Cell, ...]:
    """Return each count with its share of its number of known answers; of none, without shares."""
    wholes = of or [0] * len(counts)
    pairs = zip(counts, wholes, strict=True)
    return tuple(cell for count, whole in pairs for cell in (count, share(count, whole)))
