"""Registers to make reports of, and a way to look into what was made."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.demo.build import build as build_demo
from finsam_tui.domain.periods import Period
from finsam_tui.exchange.importing import import_files
from finsam_tui.report import Filters, Report, build
from finsam_tui.storage.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.report.model import Cell, Section, Table

DATA = Path(__file__).parent.parent / "data"
KEY = bytes(range(32))
TODAY = date(2025, 1, 15)
YEAR = Period.year(2024)
TEAM = Filters(programme="SAM")


def empty(folder: Path) -> Register:
    folder.chmod(0o700)
    return Register.create(folder / "register.db", user="anna", raw_key=KEY)


@pytest.fixture(scope="session")
def sydnarke(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The year that report 003 tells of."""
    with empty(tmp_path_factory.mktemp("sydnarke")) as register:
        import_files(register, [DATA / "sydnarke-2024"], now=datetime(2025, 1, 15, 9))
        yield register


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Four years of an association, with everything in them that a report tells apart."""
    with empty(tmp_path_factory.mktemp("demo")) as register:
        build_demo(register, now=datetime(2025, 1, 15, 9), size=180, seed=1)
        yield register


@pytest.fixture(scope="session")
def oversikt(sydnarke: Register) -> Report:
    return build(sydnarke, "oversikt", YEAR, TEAM, today=TODAY)


def section(report: Report, name: str) -> Section:
    (found,) = [section for section in report.sections if section.id == name]
    return found


def table(report: Report, name: str, id: str | None = None) -> Table:
    (found,) = [table for table in section(report, name).tables if table.id == (id or name)]
    return found


def cells(report: Report, name: str, id: str | None = None) -> dict[str, dict[str, Cell]]:
    """Return a table as row key → column key → cell, the total among the rows."""
    found = table(report, name, id)
    rows = [*found.rows, *([found.total] if found.total else [])]
    keys = [column.key for column in found.columns]
    return {row.key: dict(zip(keys, row.cells, strict=True)) for row in rows}


def counts(report: Report, name: str, id: str | None = None) -> dict[str, Cell]:
    """Return a table as row key → count."""
    return {key: row["count"] for key, row in cells(report, name, id).items()}
