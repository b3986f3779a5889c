"""The association itself: its municipalities, programmes and staff, from association.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from finsam_tui.demo import rows
from finsam_tui.demo.chance import Weighted
from finsam_tui.demo.data import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.demo.rows import Row

YEARS = 4  # that the association has been there, the present one among them
USUAL, YOUNG = "VAND", "UNGK"  # the programme most are in, and the one for those under 30


@dataclass(frozen=True, eq=False)
class Programme:
    """What a participant's way needs to know of a programme."""

    id: str
    start: date
    end: date | None
    follow_up: tuple[str, ...]
    max_months: int
    assignments: Weighted[str]
    coaches: tuple[str, ...]


@dataclass(frozen=True)
class Association:
    """The association as it stands on a day; programmes are those with participants."""

    start: date
    coordinator: str
    programmes: dict[str, Programme]
    municipalities: Weighted[str]
    data: dict[str, Any]

    def records(self) -> Iterator[Row]:
        """Yield its rows."""
        yield rows.Association(1, self.data["name"], self.data["county"])
        for m in self.data["municipality"]:
            yield rows.Municipality(m["id"], m["name"], m.get("share"))
        for p in self.data["programme"]:
            yield self._programme(p)
            for months in p["follow_up"]:
                yield rows.ProgrammeFollowUp(p["id"], months)
        for s in self.data["staff"]:
            yield rows.Staff(s["id"], s["name"], s["role"], s.get("slot"))

    def _programme(self, p: dict[str, Any]) -> rows.Programme:
        start, end = _period(p, self.start)
        return rows.Programme(
            id=p["id"],
            name=p["name"],
            type=p.get("type", "individual"),
            volume=int(p.get("volume", False)),
            start_date=start.isoformat(),
            end_date=end.isoformat() if end else None,
            max_months=p.get("max_months"),
            cost_pool=p.get("cost_pool"),
            parties=p["parties"],
            purpose=p["purpose"],
            target_group=p["target_group"],
            goal=p["goal"],
        )


def association(today: date, years: int = YEARS) -> Association:
    """Return the association in its `years`-th year, 4 or later."""
    data = read("association")
    start = date(today.year - years + 1, 1, 1)
    shares = {m["id"]: m.get("share", 1.0) for m in data["municipality"]}
    return Association(
        start=start,
        coordinator=next(s["id"] for s in data["staff"] if s["role"] == "coordinator"),
        programmes={p["id"]: _facts(p, start) for p in data["programme"] if p["assignments"]},
        municipalities=Weighted(shares),
        data=data,
    )


def _facts(p: dict[str, Any], founded: date) -> Programme:
    start, end = _period(p, founded)
    return Programme(
        id=p["id"],
        start=start,
        end=end,
        follow_up=tuple(p["follow_up"]),
        max_months=p["max_months"],
        assignments=Weighted(p["assignments"]),
        coaches=tuple(p["coaches"]),
    )


def _period(p: dict[str, Any], founded: date) -> tuple[date, date | None]:
    start = date(founded.year + p["first_year"] - 1, 1, 1)
    end = date(founded.year + p["last_year"] - 1, 12, 31) if "last_year" in p else None
    return start, end
