"""Follow-up by telephone: the calls due, who answered, each loss by its name, and the step kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.follow_up import OUTSIDE_SAMPLE
from finsam_tui.domain.shares import share
from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import GROUP, SHARE, label, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Uppföljning"
QUERIES = ("report_followup",)

ANSWERED = "answered"
NOT_CALLED = "not_called"  # what came of a call without an outcome
TOLD = f"came_to={ANSWERED}"
_NOBODY = dict.fromkeys(("unasked", "late", "positive", "kept", "lost"), 0)
_RESPONSE = (
    GROUP,
    Column("due", "Förföll"),
    Column("sample", "Urval", within=(TOLD, "whole")),
    Column("answered", "Svar", within=(TOLD,)),
    Column("late", "Sent", within=(TOLD, "late")),
    SHARE._replace(made_of=("answered", "sample")),
)
_KEPT = (
    GROUP,
    Column("told", "Hade steg", within=("told",)),
    Column("kept", "Behållit", within=("told", "kept")),
    SHARE._replace(made_of=("kept", "told")),
)


class Calls(NamedTuple):
    """The calls due one number of months after closure; `came_to` is outcome → count.

    `unasked` are those not called of whom nobody knows whether they consent to it. `told` are those
    who answered, had a positive step and said what became of it, `untold` those who did not say;
    `late` answers came after the window.
    """

    months: int
    came_to: Mapping[str, int]
    unasked: int
    late: int
    told: int
    kept: int
    untold: int

    @property
    def due(self) -> int:
        """All that fell due."""
        return sum(self.came_to.values())

    @property
    def sample(self) -> int:
        """Those that could answer: the base of the response rate."""
        return self.due - sum(self.came_to.get(outcome, 0) for outcome in OUTSIDE_SAMPLE)

    @property
    def answered(self) -> int:
        """Those that did."""
        return self.came_to.get(ANSWERED, 0)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell per number of months what came of the calls that fell due in the period."""
    outcomes = [row for row in rows["report_followup"] if row["months"] is not None]
    sexes = [row for row in rows["report_followup"] if row["months"] is None]
    calls = [_calls(m, outcomes) for m in sorted({int(row["months"]) for row in outcomes})]
    return Section(
        id="followup",
        title=TITLE,
        rule="Förföll i perioden. Urval: alla utom ej samtycke, avlidna och utflyttade.",
        base=scopes.base(sexes, "enrolments", "persons", of="due"),
        tables=(
            Table("response", _RESPONSE, tuple(map(_response, calls))),
            _losses(calls, scope.codes),
            Table("kept", _KEPT, tuple(map(_kept, calls))),
            Table("untold", (GROUP, Column("count", "")), tuple(map(_untold, calls))),
        ),
        sentences=tuple(map(_sentence, calls)),
    )


def _calls(months: int, rows: Sequence[Record]) -> Calls:
    came_to = {row["came_to"]: row for row in rows if int(row["months"]) == months}
    answers, uncalled = (came_to.get(key, _NOBODY) for key in (ANSWERED, NOT_CALLED))
    told = answers["kept"] + answers["lost"]
    return Calls(
        months=months,
        came_to={outcome: row["calls"] for outcome, row in came_to.items()},
        unasked=uncalled["unasked"],
        late=answers["late"],
        told=told,
        kept=answers["kept"],
        untold=answers["positive"] - told,
    )


def _response(calls: Calls) -> Row:
    rate = share(calls.answered, calls.sample)
    cells = (calls.due, calls.sample, calls.answered, calls.late, rate)
    return Row(str(calls.months), (_name(calls), *cells), of=_of(calls))


def _kept(calls: Calls) -> Row:
    cells = (calls.told, calls.kept, share(calls.kept, calls.told))
    return Row(str(calls.months), (_name(calls), *cells), of=_of(calls))


def _losses(calls: Sequence[Calls], codes: Codes) -> Table:
    """Return why there is no answer, a row a reason; the first are outside the sample."""
    known = {code.key for code in codes.options("call_outcome")}
    reasons = {*known, *(key for c in calls for key in c.came_to)} - {ANSWERED, NOT_CALLED}
    order = sorted(
        reasons, key=lambda key: (key not in OUTSIDE_SAMPLE, place(codes, "call_outcome", key))
    )
    headed = len(calls) > 1
    return Table(
        "losses",
        (
            GROUP,
            *(Column(f"months_{c.months}", _name(c) if headed else "", of=_of(c)) for c in calls),
        ),
        (
            *(
                _loss(
                    key, label(codes, "call_outcome", key), [c.came_to.get(key, 0) for c in calls]
                )
                for key in order
            ),
            _loss(NOT_CALLED, "Inte uppringda", [c.came_to.get(NOT_CALLED, 0) for c in calls]),
            _loss("unasked", "samtycke ej frågat", [c.unasked for c in calls], depth=1)._replace(
                within=(f"came_to={NOT_CALLED}", "unasked")
            ),
        ),
        by="came_to",
    )


def _loss(key: str, name: str, counts: list[int], depth: int = 0) -> Row:
    return Row(key, (name, *counts), depth, rare=True)


def _untold(calls: Calls) -> Row:
    return Row(
        str(calls.months), (f"{_name(calls)}: steg, inget svar om det", calls.untold), rare=True
    )


def _of(calls: Calls) -> str:
    return f"due_{calls.months}"


def _name(calls: Calls) -> str:
    return f"{calls.months} mån"


def _sentence(calls: Calls) -> Told:
    kept = "; {kept.N.kept} av {kept.N.told} ({kept.N.share}) har kvar steget" if calls.told else ""
    words = f"Efter N månader svarade {{answered}} av {{sample}} ({{share}}){kept}."
    months = str(calls.months)
    return Told(words.replace("N", months), "response", months)
