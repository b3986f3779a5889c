"""A report as JSON: the shape of the outside contract, keys in English, shares as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from finsam_tui.report.filters import MISSING
from finsam_tui.text import safe

if TYPE_CHECKING:
    from finsam_tui.report.model import Report, Row, Section, Table


def render_json(report: Report) -> str:
    """Return the report as a JSON document, ending in a newline."""
    import json

    return json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as what JSON is made of; a filter on who has no value is null."""
    return {
        "report": report.id,
        "association": safe(report.association),
        "period": {"from": report.period.first.isoformat(), "to": report.period.last.isoformat()},
        "filters": {f.key: None if f.value == MISSING else f.value for f in report.filters},
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "rule": section.rule,
        "base": section.base._asdict(),
        "tables": [_table(table) for table in section.tables],
        "sentences": [safe(sentence) for sentence in section.sentences],
        "notes": [safe(note) for note in section.notes],
        "warnings": [safe(warning) for warning in section.warnings],
    }


def _table(table: Table) -> dict[str, Any]:
    """Return a table; `key` beside each row's label is a name that no new label changes."""
    data: dict[str, Any] = {
        "id": table.id,
        "columns": [*(column.key for column in table.columns), "key"],
        "rows": [_row(row) for row in table.rows],
    }
    return data | ({"total": _row(table.total)} if table.total else {})


def _row(row: Row) -> list[str | int | float | None]:
    return [*(safe(c) if isinstance(c, str) else c for c in row.cells), row.key]
