"""What is about a participant is found by the tables' links, and told in the words of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import holdings, wording
from finsam_tui.storage.audit_triggers import audited

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

# Tables that are about nobody, or nobody in particular.
NOT_ABOUT_PEOPLE = {
    *("advice", "association", "code", "comparison", "goal", "municipality", "programme"),
    *("programme_follow_up", "programme_year", "questionnaire", "questionnaire_answer"),
    *("report_text", "staff", "structural_event"),
}
TIES = {"participant_id", "enrolment_id", "follow_up_id", "screening_id", "assessment_id"}


def test_every_table_is_about_participants_or_known_not_to_be(register: Register) -> None:
    """A new table is linked to participants, or belongs on the list above."""
    found = {held.table for held in holdings.tables(register.conn)}
    assert found | NOT_ABOUT_PEOPLE | {"participant"} == set(audited(register.conn))
    assert not found & NOT_ABOUT_PEOPLE


def test_a_table_comes_after_the_one_it_belongs_to(register: Register) -> None:
    seen = {"participant"}
    for held in holdings.tables(register.conn):
        assert held.parent in seen
        seen.add(held.table)


def test_every_table_has_a_title_and_every_column_a_label(register: Register) -> None:
    for table, (_, columns) in audited(register.conn).items():
        assert wording.title(table) != table, table
        for column in set(columns) - TIES:
            assert wording.label(table, column) != column, f"{table}.{column}"


def test_no_two_tables_about_people_have_the_same_title(register: Register) -> None:
    titles = [wording.title(held.table) for held in holdings.tables(register.conn)]
    assert len(titles) == len(set(titles))
