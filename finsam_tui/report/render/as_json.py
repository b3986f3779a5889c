"""A report as JSON: the shape of the outside contract, keys in English, shares as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from finsam_tui.report import telling
from finsam_tui.report.filters import MISSING
from finsam_tui.report.model import Hidden
from finsam_tui.text import safe

if TYPE_CHECKING:
    from finsam_tui.report.model import Cell, Passage, Report, Row, Section, Table


def render_json(report: Report) -> str:
    """Return the report as a JSON document, ending in a newline."""
    import json

    return json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as what JSON is made of; a filter on who has no value is null."""
    data: dict[str, Any] = _safe(
        {
            "report": report.id,
            "association": report.association,
            "period": {
                "from": report.period.first.isoformat(),
                "to": report.period.last.isoformat(),
            },
            "filters": {f.key: None if f.value == MISSING else f.value for f in report.filters},
            "sections": [_section(s, hidden=bool(report.suppressed)) for s in report.sections],
        }
    )
    return data


def _safe(value: Any) -> Any:  # noqa: ANN401 - as JSON has it
    """Return a value with every text in it safe to show: not one can be forgotten."""
    if isinstance(value, str):
        return safe(value, multiline=True)
    if isinstance(value, dict):
        return {name: _safe(each) for name, each in value.items()}
    return [*map(_safe, value)] if isinstance(value, list) else value


def _section(section: Section, *, hidden: bool) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "rule": section.rule,
        "base": {name: _plain(figure) for name, figure in section.base.figures.items()},
        "tables": [_table(table) for table in section.tables],
        "texts": [_text(passage) for passage in section.texts],
        "sentences": [*telling.sentences(section)],
        "notes": [*telling.notes(section)],
        "warnings": [*telling.warnings(section, hidden=hidden)],
    }


def _text(passage: Passage) -> dict[str, str]:
    return {"part": passage.part, "title": passage.title, "text": passage.text}


def _table(table: Table) -> dict[str, Any]:
    """Return a table; `key` beside each row's label is a name that no new label changes."""
    data: dict[str, Any] = {
        "id": table.id,
        "columns": [*(column.key for column in table.columns), "key"],
        "rows": [_row(row) for row in table.rows],
    }
    return data | ({"total": _row(table.total)} if table.total else {})


def _row(row: Row) -> list[Any]:
    return [*map(_plain, row.cells), row.key]


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - a cell, without what is hidden
    """Return a cell as JSON has it: what is hidden is null, as what is missing."""
    return None if isinstance(cell, Hidden) else cell
