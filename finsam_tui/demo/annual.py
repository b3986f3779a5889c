"""What the association tells of its years besides its participants, from annual.toml.

Of a year that is over everything; of the present one the budget, what has been spent so far, the
goals, and the days that have been.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from finsam_tui.demo.annual_rows import (
    Comparison,
    Goal,
    ProgrammeYear,
    ReportText,
    StructuralEvent,
)
from finsam_tui.demo.chance import workday
from finsam_tui.demo.data import read
from finsam_tui.text import half_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.demo.chance import Chance
    from finsam_tui.demo.rows import Row
    from finsam_tui.demo.scene import Scene

Entry = dict[str, Any]

DAYS_FOR = "LARA"  # the programme that the days for the parties' staff belong to
_USUAL = 45.0  # who come in a year, in an association of the size that annual.toml tells of
_ATTENDEES = (26, 58)
_FULL_YEAR = 365


def add(scene: Scene, newcomers: float) -> None:
    """Add the rows of every year; `newcomers` is how many participants come in one."""
    data, today = read("annual"), scene.today
    for place, year in enumerate(range(scene.association.start.year, today.year + 1)):
        days = list(_days(scene.aside, data["event"], year, today))
        told = _Year(scene, year, place, newcomers, sum(day.attendees for day in days))
        for row in (*told.programmes(data["budget"]), *told.goals(data["goal"]), *days):
            scene.add(row)
        if year < today.year:
            for row in (*told.others(data["other"]), *told.texts(data["text"])):
                scene.add(row)


def _days(chance: Chance, events: list[Entry], year: int, today: date) -> Iterator[StructuralEvent]:
    """Yield the days for the parties' staff that have been."""
    for event in events:
        day = workday(date.fromisoformat(f"{year}-{event['day']}"))
        attendees = chance.between(*_ATTENDEES)
        if day <= today:
            yield StructuralEvent(
                programme=DAYS_FOR,
                date=day.isoformat(),
                attendees=attendees,
                lecturers=event["lecturers"],
                exhibitors=event.get("exhibitors"),
                comment=event["theme"],
            )


class _Year:
    """One year on its way to rows; `place` counts from the association's first, which is 0."""

    def __init__(
        self, scene: Scene, year: int, place: int, newcomers: float, attendees: int
    ) -> None:
        self.chance, self.year, self.place = scene.aside, year, place
        self.newcomers, self.attendees = newcomers, attendees
        gone = (scene.today - date(year, 1, 1)).days + 1
        self.gone = min(1.0, gone / _FULL_YEAR)
        self.over = year < scene.today.year
        programmes = scene.association.data["programme"]
        self.first: dict[str, int] = {p["id"]: p["first_year"] - 1 for p in programmes}
        self.last: dict[str, int] = {
            p["id"]: p["last_year"] - 1 for p in programmes if "last_year" in p
        }

    def runs(self, programme: str | None) -> bool:
        """Whether a programme is there this year; the association always is."""
        if programme is None:
            return True
        return self.first[programme] <= self.place <= self.last.get(programme, self.place)

    def programmes(self, budgets: dict[str, Entry]) -> Iterator[Row]:
        """Yield what each programme was to do, cost and came to."""
        for programme, budget in budgets.items():
            if self.runs(programme):
                yield self._programme(programme, budget)

    def _programme(self, programme: str, budget: Entry) -> Row:
        if "participants" in budget:
            wanted, actual = budget["participants"], self.attendees
        else:
            early, later = budget["shares"]
            share = early if self.place == self.first[programme] else later
            wanted, actual = max(5, 5 * round(self.newcomers * share / 5)), None
        amount = 1000 * round(wanted * budget["each"] / 1000)
        spent = amount * self.gone * (0.8 + 0.22 * self.chance.random())
        return ProgrammeYear(
            programme=programme,
            year=self.year,
            budget_participants=wanted,
            actual_participants=actual,
            budget_amount=float(amount),
            actual_amount=half_up(spent, 2),
            result=self._told(budget["result"]),
            fulfilment=self._told(budget["fulfilment"]),
            deviations=self._told(budget["deviations"]),
        )

    def _told(self, texts: list[str]) -> str | None:
        """Return the year's text, the next one each year; None while the year goes on."""
        return self._filled(texts[self.place % len(texts)]) if self.over else None

    def _filled(self, text: str) -> str:
        return text.strip().format(year=self.year, next=self.year + 1)

    def goals(self, goals: list[Entry]) -> Iterator[Row]:
        """Yield the goals of the association and of the programmes that are there."""
        for goal in goals:
            programme = goal.get("programme")
            if not self.runs(programme):
                continue
            target = goal.get("target")
            yield Goal(
                programme=programme,
                year=self.year,
                measure=goal["measure"],
                direction=goal.get("direction", "at_least"),
                target=float(round(self.newcomers * goal["share"]) if target is None else target),
                comment=goal.get("comment"),
            )

    def others(self, others: list[Entry]) -> Iterator[Row]:
        """Yield what the neighbours have published: of the size that suits the association's."""
        scale = self.newcomers / _USUAL
        for other in others:
            participants = max(
                1, round(other["base"] * scale * (0.88 + 0.24 * self.chance.random()))
            )

            def of(name: str, whole: float = participants, other: Entry = other) -> int | None:
                return round(whole * other[name]) if name in other else None

            yield Comparison(
                year=self.year,
                level=other["level"],
                name=other["name"],
                programmes=other["programmes"] + self.chance.between(-1, 1),
                budget_participants=of("budget", scale),
                participants=participants,
                started=of("started"),
                closed=of("closed"),
                anonymous=of("anonymous"),
                budget_volume=of("volume", scale * 0.8),
                volume=of("volume", scale),
            )

    def texts(self, texts: list[Entry]) -> Iterator[Row]:
        """Yield the text parts of the year's report."""
        for text in texts:
            if self.runs(text.get("programme")):
                varied = text.get("varied", [""])
                parts = (text["text"], varied[self.place % len(varied)])
                whole = "\n\n".join(self._filled(part) for part in parts if part)
                whole = whole.replace("\n\n- ", "\n- ")  # one more line of a list
                yield ReportText(text.get("programme"), self.year, text["part"], whole)
