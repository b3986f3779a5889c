"""Work, studies and job-seeking before and after: the tables of SUS, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Told
from finsam_tui.report.sections.sus import occupation

if TYPE_CHECKING:
    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Arbete, studier och aktivt arbetssökande"
QUERIES = occupation.QUERIES

SENTENCE = Told(
    "I arbete är {employment.before} vid start och {employment.after} vid avslut, i studier "
    "{studies.before} och {studies.after}; aktivt arbetssökande utan arbete eller studier är "
    "{job_seeking.before} och {job_seeking.after}.",
    "occupation",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the occupations of those who closed as the report of SUS does."""
    made = occupation.section(rows, scope)
    return made._replace(title=TITLE, sentences=(*made.sentences, SENTENCE))
