"""Sex: women, men and others among those who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Kön"
QUERIES = ("report_population",)

UNKNOWN = "unknown"
LABELS = {"woman": "Kvinnor", "man": "Män", "other": "Annat", UNKNOWN: "Uppgift saknas"}
SENTENCE = Told(
    "Av dem som deltog, och vars kön är känt, var {woman.count} kvinnor ({woman.share}) och "
    "{man.count} män ({man.share}).",
    "sex",
)
# In a base, and most tables, "other" holds unknown; here the two are told apart.
_FACTS = {"other": ("sex=other", "known"), UNKNOWN: ("sex=other", "unknown")}
_COLUMNS = (GROUP, COUNT, SHARE, Column("unique", "Unika", of="participated.unique"))


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part; an unknown sex is in no share."""
    base = scope.bases["participated"]
    counts = dict.fromkeys(LABELS, (0, 0))
    for row in rows["report_population"]:
        if row["registration"] != ANONYMOUS:
            count, unique = counts.get(row["sex"], (0, 0))
            counts[row["sex"]] = (
                count + row["participated"],
                unique + row["participated_unique"],
            )
    known = base.enrolments - counts[UNKNOWN][0]
    lines = tuple(
        Row(
            sex,
            (LABELS.get(sex, sex), count, None if sex == UNKNOWN else share(count, known), unique),
            rare=sex not in {"woman", "man"},
            of=base.of,
            within=_FACTS.get(sex, (f"sex={sex}",)),
        )
        for sex, (count, unique) in counts.items()
    )
    return Section(
        id="sex",
        title=TITLE,
        rule="Deltog i perioden.",
        base=base,
        tables=(Table("sex", _COLUMNS, lines, of=base.of, by="sex", adds=True),),
        sentences=(SENTENCE,),
        warnings=check((count for count, _ in counts.values()), base, "Könen"),
    )
