"""What a report is narrowed to: found by any name, and such that the parts make the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.errors import UsageError
from finsam_tui.report import Filters, Report, build
from finsam_tui.report.filters import MISSING, find
from finsam_tui.report.model import Base
from tests.report.conftest import TODAY, YEAR, cells, counts, section

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

VALUES = {
    "sex": ("SELECT key FROM code WHERE list = 'sex'", False),
    "municipality": ("SELECT id FROM municipality", True),
    "coach": ("SELECT id FROM staff", True),
    "programme": ("SELECT id FROM programme", False),
}
# Tables whose counts are of enrolments or calls, each of which is in one part only.
ADDED_UP = (
    ("participants", "participants"),
    ("sex", "sex"),
    ("municipality", "municipality"),
    ("violence", "status"),
    ("violence", "any_yes"),
    ("ors", "pairs"),
    ("gaps", "gaps"),
)


def parts(register: Register, name: str) -> list[Report]:
    sql, or_none = VALUES[name]
    values = [value for (value,) in register.conn.execute(sql)] + [MISSING] * or_none
    return [
        build(register, "oversikt", YEAR, Filters(**{name: value}), today=TODAY) for value in values
    ]


@pytest.mark.parametrize("name", VALUES)
def test_the_parts_make_the_whole(demo: Register, name: str) -> None:
    whole = build(demo, "oversikt", YEAR, today=TODAY)
    made = parts(demo, name)
    hidden = section(whole, "participants").base.anonymous
    assert hidden, "the demo should have somebody anonymous"
    apart = hidden if name in ("sex", "municipality") else 0
    for part, table in ADDED_UP:
        for key, count in counts(whole, part, table).items():
            added = sum(int(str(counts(report, part, table)[key])) for report in made)
            if table == "participants":
                assert int(str(count)) - added <= apart
            else:
                assert count == added, (part, key)
    bases = [section(report, "participants").base for report in made]
    for figure in Base().figures:
        expected = getattr(section(whole, "participants").base, figure)
        added = sum(getattr(base, figure) for base in bases)
        if figure == "unique" and name in ("coach", "programme"):
            assert added >= expected  # one person can be in several parts
        elif figure == "anonymous":
            assert added == expected - apart
        else:
            assert added == expected


@pytest.mark.parametrize("name", VALUES)
def test_nowhere_do_figures_part_or_persons_outnumber_enrolments(demo: Register, name: str) -> None:
    for report in parts(demo, name):
        for made in report.sections:
            assert made.warnings == ()
            base = made.base
            assert base.unique <= base.enrolments == base.women + base.men + base.other


@pytest.mark.parametrize("part", ["sex", "municipality", "referrers"])
def test_rows_make_the_base_and_shares_a_hundred(demo: Register, part: str) -> None:
    report = build(demo, "oversikt", YEAR, today=TODAY)
    rows = cells(report, part).values()
    assert sum(int(str(row["count"])) for row in rows) == section(report, part).base.enrolments
    shares = [float(str(row["share"])) for row in rows if row["share"] is not None]
    assert sum(shares) == pytest.approx(100, abs=0.05 * len(shares))


def test_who_is_anonymous_is_counted_for_a_coach_but_under_no_sex(demo: Register) -> None:
    sql = "SELECT e.staff FROM enrolment AS e JOIN participant AS p ON p.id = e.participant_id"
    rows = demo.sql(
        f"{sql} WHERE p.registration = 'anonymous' AND e.start_date <= '2024-12-31'"
        " AND coalesce(e.end_date, '9') >= '2024-01-01'"
    )
    coach = next(iter(rows))["staff"]
    theirs = build(demo, "oversikt", YEAR, Filters(coach=coach), today=TODAY)
    assert section(theirs, "participants").base.anonymous > 0
    for sex in ("woman", "man", "other", "unknown"):
        found = build(demo, "oversikt", YEAR, Filters(coach=coach, sex=sex), today=TODAY)
        assert section(found, "participants").base.anonymous == 0


def test_advice_follows_the_programme_and_nothing_else(sydnarke: Register) -> None:
    def calls(filters: Filters) -> object:
        report = build(sydnarke, "oversikt", YEAR, filters, today=TODAY)
        return counts(report, "participants", "advice")["advice"]

    assert calls(Filters(programme="SAM")) == 85
    assert calls(Filters(programme="CIC")) == 0
    assert calls(Filters(sex="woman")) is None


def test_a_year_without_anybody_says_when_there_was_somebody(sydnarke: Register) -> None:
    report = build(sydnarke, "oversikt", Period.year(2019), today=TODAY)
    assert report.empty == (
        "Ingen i urvalet var inskriven 2019; registrets första inskrivning är från 31 okt 2022 "
        "och den senaste från 10 dec 2024."
    )
    assert [warning for section in report.sections for warning in section.warnings] == []


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("programme", "SAM", "SAM"),
        ("programme", "samordningsteamet", "SAM"),
        ("municipality", "Laxå", "1860"),
        ("municipality", "laxa", "1860"),
        ("municipality", "1860", "1860"),
        ("municipality", "saknas", MISSING),
        ("coach", "coach kartlaggning", "C1"),
        ("coach", "Saknas", MISSING),
        ("sex", "Kvinna", "woman"),
        ("sex", "okänt", "unknown"),
    ],
)
def test_a_filter_is_found_by_id_or_name(
    sydnarke: Register, name: str, text: str, value: str
) -> None:
    assert find(sydnarke.codes, name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("programme", "Samordningsteam", "insats finns inte. Menade du Samordningsteamet?"),
        ("programme", "saknas", "insats finns inte. Välj bland: "),
        ("municipality", "Laxa kommun", "Menade du Laxå?"),
        ("sex", "zzz", "Välj bland: kvinna, man, annat, okänt."),
        ("coach", "19990224-9888", "Välj bland: "),
    ],
)
def test_what_is_not_there_names_what_is_near(
    sydnarke: Register, name: str, text: str, told: str
) -> None:
    with pytest.raises(UsageError) as refused:
        find(sydnarke.codes, name, text)
    assert told in str(refused.value)
    assert text not in str(refused.value).replace("Samordningsteamet", "")


def test_the_longest_id_is_not_taken_for_somebody_without(sydnarke: Register) -> None:
    limits = "SELECT sql FROM sqlite_master WHERE name IN ('municipality', 'staff')"
    for (sql,) in sydnarke.conn.execute(limits):
        assert "length(id) BETWEEN 1 AND 20" in sql
    assert len(MISSING) > 20
