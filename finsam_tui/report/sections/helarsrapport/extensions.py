"""Extensions decided in the period: each with its months, livelihood and reason, and their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    code_names,
    label,
)
from finsam_tui.report.sections.helarsrapport._cases import case_notes, cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Förlängningar"
QUERIES = ("report_helar_extensions", "report_helar_extension_list")

_COLUMNS = (
    Column("months", "Månader", "number", 0),
    Column("livelihood", "Försörjning", "text"),
    Column("reason", "Orsak", "text"),
)
_SUMS = (GROUP, COUNT, Column("months", "Månader", "number", 0, made_of=("count",)))
SENTENCE = Told(
    "{count|förlängning|förlängningar} på sammanlagt {months} månader har beslutats för "
    "{base.enrolments|inskrivning|inskrivningar}.",
    "sums",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Add up the extensions by livelihood, and list them without names."""
    counted, codes = rows["report_helar_extensions"], scope.codes
    listed = [
        (row["months"], label(codes, "livelihood", row["livelihood"]), row["reason"])
        for row in rows["report_helar_extension_list"]
    ]
    return Section(
        id="extensions",
        title=TITLE,
        rule="Beslutade i perioden, även för dem som inte har avslutats; underlaget är "
        "inskrivningar med någon förlängning.",
        base=scopes.base(counted, "enrolments", "persons", of="extended"),
        tables=(_sums(counted, codes), cases("extensions", _COLUMNS, listed, "Varje förlängning")),
        sentences=(SENTENCE,),
        notes=case_notes(len(listed), _decided(counted), "sums", ALL),
    )


def _decided(counted: Sequence[Record]) -> int:
    return sum(row["extensions"] for row in counted)


def _sums(counted: Sequence[Record], codes: Codes) -> Table:
    names = code_names(codes, "livelihood", (row["livelihood"] for row in counted))

    def cells(*livelihoods: str | None) -> tuple[int, int]:
        rows = [row for row in counted if row["livelihood"] in livelihoods]
        return sum(row["extensions"] for row in rows), sum(row["months"] for row in rows)

    return Table(
        "sums",
        _SUMS,
        (
            *(Row(key, (name, *cells(key)), rare=True) for key, name in names.items()),
            Row(MISSING_KEY, (MISSING_LABEL, *cells(None)), rare=True),
        ),
        title="Efter försörjning",
        total=Row(ALL, ("Summa", *cells(None, *names))),
        of="extensions",
        by="livelihood",
        adds=True,
    )
