"""The programmes of the period: what is known of each, who took part, whose cost it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.costs import Cost, pools
from finsam_tui.report.model import Parting
from finsam_tui.text import alphabetic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.domain.costs import Pool
    from finsam_tui.domain.periods import Period
    from finsam_tui.report.scope import Record, Rows, Scope

QUERIES = (
    *("report_mal_programmes", "report_mal_participants", "report_mal_events"),
    "report_mal_advice",
)
INDIVIDUAL, STRUCTURAL = "individual", "structural"


class Taken(NamedTuple):
    """How many took part in a programme: registered, anonymous, and counted without persons."""

    registered: int = 0
    anonymous: int = 0
    volume: int = 0

    @property
    def all(self) -> int:
        """Everybody."""
        return sum(self)


class Programme(NamedTuple):
    """A programme, its year in `about`; `parting` is where two counts of who took part differ."""

    about: Record
    taken: Taken
    pool: Pool
    parting: Parting | None

    @property
    def id(self) -> str:
        """The programme's id."""
        return str(self.about["id"])

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.about["name"])


def programmes(rows: Rows, scope: Scope, kind: str) -> list[Programme]:
    """Return the programmes of a kind that there is something of in the period, by name.

    Those without persons come last, and are left out where the report is narrowed to some people.
    """
    found = [
        programme
        for programme in _all(rows, whole=scope.period.is_year)
        if programme.about["type"] == kind
        and scope.filters.programme in ("", programme.id)
        and not (programme.about["volume"] and scope.filters.of_some)
        and _is_there(programme, scope.period)
    ]
    return sorted(found, key=lambda each: (each.about["volume"], alphabetic(each.name)))


def together(taken: Iterable[Taken]) -> Taken:
    """Return those who took part in several programmes."""
    counted = list(taken)
    return Taken(*(sum(each[n] for each in counted) for n in range(len(Taken._fields))))


def attendees(rows: Rows, programme: str) -> int | None:
    """Return those who came to a programme's days of the period; None where nobody was counted."""
    counted = [
        row["attendees"]
        for row in rows["report_mal_events"]
        if row["programme"] == programme and row["date"] and row["attendees"] is not None
    ]
    return sum(counted) if counted else None


def _all(rows: Rows, *, whole: bool) -> list[Programme]:
    """Return every programme of the register; `whole` says that the period is a year."""
    abouts = {row["id"]: row for row in rows["report_mal_programmes"]}
    persons = {row["programme"]: row for row in rows["report_mal_participants"]}
    by_hand = _by_hand(rows)
    taken = {
        id: _taken(about, persons.get(id), by_hand.get(id), whole=whole)
        for id, about in abouts.items()
    }
    shared = pools(
        Cost(id, about["cost_pool"], about["actual_amount"], taken[id].all)
        for id, about in abouts.items()
    )
    pool_of = {cost.programme: pool for pool in shared for cost in pool.costs}
    return [
        Programme(
            about,
            taken[id],
            pool_of[id],
            _parting(about, by_hand.get(id)) if whole else None,
        )
        for id, about in abouts.items()
    ]


def _by_hand(rows: Rows) -> dict[str, tuple[int, str]]:
    """Return programme → those without persons that its days or calls count, and which of them."""
    days = {row["programme"] for row in rows["report_mal_events"]}
    counted = {id: (n, "dagarnas summa") for id in days if (n := attendees(rows, id)) is not None}
    calls = {row["programme"]: row["calls"] for row in rows["report_mal_advice"]}
    return {id: (n, "registrerade samtal") for id, n in calls.items()} | counted


def _taken(
    about: Record, persons: Record | None, by_hand: tuple[int, str] | None, *, whole: bool
) -> Taken:
    """Return who took part; those without persons as the year has them, else as counted."""
    volume = 0
    if about["type"] == STRUCTURAL or about["volume"]:
        given = about["actual_participants"] if whole else None
        volume = given if given is not None else (by_hand or (0, ""))[0]
    if persons is None:
        return Taken(volume=volume)
    return Taken(persons["registered"], persons["anonymous"], volume)


def _parting(about: Record, by_hand: tuple[int, str] | None) -> Parting | None:
    """Return where the year's own figure, typed in, is another than the counted one."""
    given = about["actual_participants"]
    if given is None or by_hand is None or by_hand[0] == given:
        return None
    counted, rule = by_hand
    return Parting(f"Deltagare i {about['name']}", given, "angivet på insatsens år", counted, rule)


def _is_there(programme: Programme, period: Period) -> bool:
    """Whether it ran in the period, has a year of its own, or had participants all the same."""
    about = programme.about
    first, last = about["start_date"] or "", about["end_date"] or "9999"
    ran = first <= period.last.isoformat() and last >= period.first.isoformat()
    return ran or about["year"] is not None or programme.taken.all > 0
