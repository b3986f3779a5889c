"""The reports follow the association's own codes: what counts, what is hidden, how it is called."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.forms.code_rules import needed
from finsam_tui.report import build
from finsam_tui.report.catalogue import REPORTS
from finsam_tui.report.hiding import hide
from finsam_tui.report.telling import warnings
from finsam_tui.storage import own_codes
from finsam_tui.storage.register import Register
from finsam_tui.storage.staff import coordinators_slots
from tests import codes
from tests.report.conftest import KEY, TODAY, YEAR, cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.report.model import Cell


@pytest.fixture
def own(demo: Register, tmp_path: Path) -> Iterator[Register]:
    """A copy of the demo's register, for its coordinator to change."""
    demo.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    path = tmp_path / "own.db"
    path.write_bytes(demo.path.read_bytes())
    path.chmod(0o600)
    user = min(coordinators_slots(demo), default="anna")
    with Register.open(path, user=user, raw_key=KEY) as register:
        yield register


def positive(register: Register) -> int:
    """Return how many of the year's closed made a positive step."""
    report = build(register, "helarsrapport", YEAR, today=TODAY, sections=["steps"])
    return int(str(cells(report, "steps", "moves")["all"]["positive"]))


def results(register: Register) -> dict[str, dict[str, Cell]]:
    report = build(register, "siffror", YEAR, today=TODAY, sections=["results"])
    return cells(report, "results")


def test_a_result_made_positive_is_counted_as_a_positive_step(own: Register) -> None:
    before = positive(own)
    sql = (
        "SELECT count(DISTINCT e.id) FROM enrolment AS e JOIN enrolment_result AS r"
        " ON r.enrolment_id = e.id AND r.result = 'care_support'"
        " WHERE e.end_date BETWEEN '2024-01-01' AND '2024-12-31'"
    )
    ((with_it,),) = own.sql(sql).fetchall()
    assert with_it > 0
    codes.change(own, "result", "care_support", positive="ja")
    assert before < positive(own) <= before + with_it
    codes.change(own, "result", "care_support", positive="nej")
    assert positive(own) == before


def test_a_hidden_code_is_a_row_where_somebody_is_counted_and_none_elsewhere(
    own: Register,
) -> None:
    unused = codes.add(own, "result", "praktik utomlands")
    before = results(own)
    assert before["care_support"]["count"]
    assert before[unused]["count"] == 0
    for key in ("care_support", unused):
        codes.change(own, "result", key, active="nej")
    after = results(own)
    assert after["care_support"] == before["care_support"]
    assert unused not in after


def test_a_code_that_is_called_otherwise_is_so_in_the_report(own: Register) -> None:
    codes.change(own, "result", "care_support", label="vårdstöd")
    assert results(own)["care_support"]["group"] == "Vårdstöd"


def test_every_report_stands_with_all_hidden_that_can_be_and_long_lists_of_own_codes(
    own: Register,
) -> None:
    """What a query, a sentence or a rule names cannot be hidden, so nothing of it is missed."""
    for line in own_codes.overview(own):
        name = str(line.record_id)
        if name in ("call_outcome", "kept_step", "step"):
            continue
        more = {"parent": "Kommun"} if name == "referrer_unit" else {}
        for number in range(25 if name in ("result", "occupation") else 1):
            codes.add(own, name, f"egen {number}", **more)
        for code in own.codes.options(name):
            if not needed(name, code.key) and not code.key.startswith("own_"):
                codes.change(own, name, code.key, active="nej")
    for report, year in product(REPORTS, (YEAR, Period.year(1999))):
        made = build(own, report, year, today=TODAY)
        assert [warnings(section) for section in made.sections if section.warnings] == []
        assert [s.id for s in hide(made, 5).sections] == [s.id for s in made.sections]
