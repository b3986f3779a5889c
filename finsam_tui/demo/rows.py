"""The rows of a made-up register, a class a table: a table's name is the class's in snake case.

Ids are given where other rows refer to them; the register numbers the rest.
"""

# ruff: noqa: D101 - schema.sql tells what each table is

from __future__ import annotations

import re
from typing import Any, NamedTuple

from finsam_tui.demo.annual_rows import (
    Comparison,
    Goal,
    ProgrammeYear,
    ReportText,
    StructuralEvent,
)

Row = tuple[Any, ...]  # any of the classes below: NamedTuple is no type of its own


class Association(NamedTuple):
    id: int
    name: str
    county: str


class Municipality(NamedTuple):
    id: str
    name: str
    share: float | None


class Programme(NamedTuple):
    id: str
    name: str
    type: str
    volume: int
    start_date: str
    end_date: str | None
    max_months: int | None
    cost_pool: str | None
    parties: str
    purpose: str
    target_group: str
    goal: str


class ProgrammeFollowUp(NamedTuple):
    programme_id: str
    months: str


class Staff(NamedTuple):
    id: str
    name: str
    role: str
    slot: str | None


class Participant(NamedTuple):
    id: int
    registration: str
    personal_id: str | None
    first_name: str | None
    last_name: str | None
    birth_date: str | None
    sex: str
    municipality: str | None
    phone: str | None
    interpreter: int
    protection: str
    search_key: str


class Referral(NamedTuple):
    id: int
    participant_id: int | None
    programme: str
    date: str
    party: str
    unit: str | None
    outcome: str
    reason: str | None
    hours: float | None
    comment: str | None


class Advice(NamedTuple):
    date: str
    programme: str
    caller: str
    referred_to: str | None
    count: int  # type: ignore[assignment] # hides tuple.count, which nobody asks a row for


class Enrolment(NamedTuple):
    id: int
    participant_id: int
    referral_id: int
    programme: str
    staff: str
    assignment: str
    start_date: str
    education: str | None
    public_support_time: str | None
    end_date: str | None
    closure_reason: str | None
    ordinary_service: str | None
    enhanced_cooperation: int | None


class EnrolmentResult(NamedTuple):
    enrolment_id: int
    result: str


class EnrolmentSupport(NamedTuple):
    enrolment_id: int
    support: str


class Assessment(NamedTuple):
    id: int
    enrolment_id: int
    occasion: str
    date: str
    step: str | None
    responsible: str | None
    hours: int | None


class AssessmentLivelihood(NamedTuple):
    assessment_id: int
    livelihood: str


class AssessmentOccupation(NamedTuple):
    assessment_id: int
    occupation: str
    extent: int | None


class Ors(NamedTuple):
    enrolment_id: int
    occasion: str
    date: str
    individually: float | None = None
    close: float | None = None
    socially: float | None = None
    overall: float | None = None
    total: float | None = None
    not_taken: str | None = None


class Screening(NamedTuple):
    id: int
    enrolment_id: int
    date: str
    status: str
    alone: int
    interpreter: str | None = None
    informed: int | None = None
    why: str | None = None
    new_date: str | None = None
    instrument: str | None = None
    ongoing: int | None = None
    referred_to: str | None = None
    child_at_harm: int | None = None
    exposed: int | None = None
    any_yes: int | None = None
    kinds: str | None = None


class ScreeningAnswer(NamedTuple):
    screening_id: int
    item: str
    answer: str


class Plan(NamedTuple):
    enrolment_id: int
    date: str
    goal: str
    review_date: str


class Note(NamedTuple):
    enrolment_id: int
    at: str
    staff: str
    text: str


class Extension(NamedTuple):
    enrolment_id: int
    date: str
    months: int
    livelihood: str | None
    reason: str


class FollowUp(NamedTuple):
    id: int
    enrolment_id: int
    months: str
    due_date: str
    outcome: str | None = None
    date: str | None = None
    callback_at: str | None = None
    consent: int | None = None
    kept_step: str | None = None
    own_livelihood: int | None = None
    wants_support: int | None = None
    usefulness: int | None = None
    readier: int | None = None
    comment: str | None = None


class FollowUpFurtherStep(NamedTuple):
    follow_up_id: int
    further_step: str


class Attempt(NamedTuple):
    follow_up_id: int
    at: str
    outcome: str
    callback_at: str | None
    staff: str


class Aftercare(NamedTuple):
    enrolment_id: int
    date: str
    months_after: int
    purpose: str
    minutes: int
    comment: str | None
    result: str | None


class Questionnaire(NamedTuple):
    id: int
    programme: str
    occasion: str
    year: int
    sex: str | None


class QuestionnaireAnswer(NamedTuple):
    questionnaire_id: int
    item: str
    answer: str


# The tables of participants' rows, in the order they are written: none before one it refers to.
ORDER: tuple[type[Row], ...] = (
    *(Association, Municipality, Programme, ProgrammeFollowUp, Staff),
    *(ProgrammeYear, Goal, StructuralEvent, Comparison, ReportText),
    *(Participant, Referral, Advice, Enrolment, EnrolmentResult, EnrolmentSupport),
    *(Assessment, AssessmentLivelihood, AssessmentOccupation, Ors, Screening, ScreeningAnswer),
    *(Plan, Note, Extension, FollowUp, FollowUpFurtherStep, Attempt, Aftercare),
    *(Questionnaire, QuestionnaireAnswer),
)
NUMBERED: frozenset[type[Row]] = frozenset(
    {
        *(Participant, Referral, Advice, Enrolment, Assessment, Ors, Screening, Plan, Note),
        *(Extension, FollowUp, Attempt, Aftercare, Questionnaire),
    }
)


# Rows to be written together, by table in the order of writing.
Batch = dict[type[Row], list[Row]]


def new_batch() -> Batch:
    """Return a batch without rows."""
    return {kind: [] for kind in ORDER}


def table_name(kind: type[Row]) -> str:
    """Return "follow_up" for FollowUp."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def columns(kind: type[Row]) -> tuple[str, ...]:
    """Return the columns of a table that its rows give."""
    names: tuple[str, ...] = vars(kind)["_fields"]
    return names
