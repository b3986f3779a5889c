"""Ages at the start, in the bands of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.sections.sus import age

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Base, Section
    from finsam_tui.report.scope import Record, Scope


def ages(rows: Sequence[Record], scope: Scope, base: Base) -> Section:
    """Return the section that shares out those of a base; `rows` have age, sex and enrolments."""
    return age.section({"report_sus_age": rows}, scope._replace(bases={"started": base}))
