"""What an open form is about: carried from the screen that opens it to the row that is saved."""

from __future__ import annotations

from dataclasses import dataclass

Id = int | str


@dataclass(frozen=True, slots=True)
class Target:
    """A form, and its record or the owner of a new one.

    `owner_id` is what a new record belongs to: the participant of a referral (0: nobody) or of an
    enrolment; the enrolment of an assessment, ORS, screening, plan, note, extension or aftercare
    contact. `record_id` is the record to change: any form's own, the enrolment for closure and
    support, the scheduled call for follow_up. `version` is that of the record the user was shown.
    """

    form: str
    owner_id: int = 0
    record_id: Id = 0
    version: int | None = None
