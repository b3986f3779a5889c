"""Two thousand made-up participants look like those of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

# What is counted, between what and what: the reports' own figure lies there.
FIGURES = {
    "women, per cent (003: 60)": (
        "SELECT 100.0 * avg(sex = 'woman') FROM participant", 56, 64,
    ),
    "referred by Försäkringskassan, per cent (003: 50)": (
        "SELECT 100.0 * avg(party = 'social_insurance') FROM referral", 36, 54,
    ),
    "days in the programme (003: 276)": (
        "SELECT avg(end_day - start_day) FROM enrolment", 262, 292,
    ),
    "with a positive step, per cent (003: 66)": (
        ("SELECT 100.0 * avg(coalesce(c.level > s.level, 0) OR EXISTS (SELECT 1"
        " FROM enrolment_result AS r JOIN code ON code.list = 'result' AND code.key = r.result"
        " WHERE r.enrolment_id = e.id AND code.positive))"
        " FROM enrolment AS e"
        " JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'"
        " JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'"
        " LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step"
        " LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step"), 61, 71,
    ),
    "calls answered when their time is over, per cent (003: 71)": (
        ("SELECT 100.0 * avg(coalesce(outcome, '') = 'answered') FROM follow_up"
        " WHERE due_date < '2025-09-15' AND coalesce(outcome, '') NOT IN ('no_consent', 'gone')"),
        67, 77,
    ),
    "of those asked, their step kept, per cent (003: 96)": (
        "SELECT 100.0 * avg(kept_step <> 'lost') FROM follow_up", 92, 99,
    ),
    "exposed to violence, per cent (003: 53 to 83)": (
        "SELECT 100.0 * avg(any_yes) FROM screening", 58, 76,
    ),
    "ORS at the start (002: 18,8)": (
        "SELECT avg(total) FROM ors WHERE occasion = 'start'", 18, 19.8,
    ),
    "who wait or were closed without ORS at both ends, per cent (002: 25 of 30)": (
        ("SELECT 100.0 * avg(s.total IS NULL OR c.total IS NULL) FROM enrolment AS e"
        " LEFT JOIN ors AS s ON s.enrolment_id = e.id AND s.occasion = 'start'"
        " LEFT JOIN ors AS c ON c.enrolment_id = e.id AND c.occasion = 'closure'"
        " WHERE e.end_date IS NOT NULL"), 55, 85,
    ),
    "hours on a referral that did not start (002: 2,47)": (
        "SELECT avg(hours) FROM referral WHERE outcome = 'non_start'", 2, 3,
    ),
    "youngest at the start (003: 16)": (
        ("SELECT min(julianday(start_date) - julianday(birth_date)) / 365.25"
        " FROM enrolment AS e JOIN participant AS p ON p.id = e.participant_id"), 16, 17,
    ),
    "oldest (003: 66)": (
        ("SELECT max(julianday(start_date) - julianday(birth_date)) / 365.25"
        " FROM enrolment AS e JOIN participant AS p ON p.id = e.participant_id"), 64, 67,
    ),
}  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
def test_the_figures_are_plausible(large: Register, figure: str) -> None:
    sql, low, high = FIGURES[figure]
    (row,) = large.sql(sql).fetchall()
    assert low <= row[0] <= high


def test_those_who_took_a_step_feel_better_than_those_who_did_not(large: Register) -> None:
    rises = large.sql(
        "SELECT avg(c.total - s.total) FROM enrolment AS e"
        " JOIN ors AS s ON s.enrolment_id = e.id AND s.occasion = 'start'"
        " JOIN ors AS c ON c.enrolment_id = e.id AND c.occasion = 'closure'"
        " JOIN enrolment_result AS r ON r.enrolment_id = e.id"
        " JOIN code ON code.list = 'result' AND code.key = r.result"
        " GROUP BY code.positive ORDER BY code.positive"
    ).fetchall()
    assert rises[1][0] > rises[0][0] + 3


def test_people_begin_in_each_of_four_years(large: Register) -> None:
    rows = large.sql(
        "SELECT substr(start_date, 1, 4), count(*) FROM enrolment GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [year for year, _ in rows] == ["2022", "2023", "2024", "2025"]
    counts = [count for _, count in rows]
    assert max(counts) < 2 * min(counts)
    assert len(set(counts)) == 4


def test_those_who_came_earlier_stand_before_those_who_came_later(large: Register) -> None:
    begun = large.sql(
        "SELECT (p.id - 1) / 180, min(date), max(date) FROM referral AS r"
        " JOIN participant AS p ON p.id = r.participant_id WHERE r.outcome = 'non_start'"
        " GROUP BY 1 ORDER BY 1"
    ).fetchall()
    days = [day for _, first, last in begun for day in (first, last)]
    assert len(begun) == 11  # in the last block there is room for the cast only
    assert days == sorted(days)
