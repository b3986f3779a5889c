"""Who is counted without a person, programme by programme, as the tables of this report have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.sections._volume import volume
from finsam_tui.report.sections.siffror._parts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Scope


def counted(rows: Sequence[Record], scope: Scope) -> dict[str | None, int]:
    """Return volume programme → whom it counted without a person; WHOLE is all of them."""
    if scope.filters.of_some:
        return {}
    found = {row["programme"]: volume(row, scope) or 0 for row in rows if row["volume"]}
    return {WHOLE: sum(found.values()), **{key: count for key, count in found.items() if count}}
