"""The rows that are about a year and no person, a class a table, as in `rows`."""

# ruff: noqa: D101 - schema.sql tells what each table is

from __future__ import annotations

from typing import NamedTuple


class ProgrammeYear(NamedTuple):
    programme: str
    year: int
    budget_participants: int | None
    actual_participants: int | None
    budget_amount: float | None
    actual_amount: float | None
    result: str | None
    fulfilment: str | None
    deviations: str | None


class Goal(NamedTuple):
    programme: str | None
    year: int
    measure: str
    direction: str
    target: float
    comment: str | None


class StructuralEvent(NamedTuple):
    programme: str
    date: str
    attendees: int
    lecturers: int | None
    exhibitors: int | None
    comment: str


class Comparison(NamedTuple):
    year: int
    level: str
    name: str
    programmes: int
    budget_participants: int | None
    participants: int
    started: int | None
    closed: int | None
    anonymous: int | None
    budget_volume: int | None
    volume: int | None


class ReportText(NamedTuple):
    programme: str | None
    year: int
    part: str
    text: str
