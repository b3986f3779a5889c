"""A section is the same whether it is made alone or with the rest of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.report import Filters, build
from finsam_tui.report.catalogue import REPORTS
from tests.report.conftest import TODAY, YEAR

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register


@pytest.mark.parametrize("filters", [Filters(), Filters(programme="VAND", sex="woman")])
@pytest.mark.parametrize("name", REPORTS)
def test_a_section_alone_tells_what_it_tells_among_others(
    demo: Register, name: str, filters: Filters
) -> None:
    for among in build(demo, name, YEAR, filters, today=TODAY).sections:
        (alone,) = build(*(demo, name, YEAR, filters), today=TODAY, sections=[among.id]).sections
        assert (alone.base, alone.tables) == (among.base, among.tables)
