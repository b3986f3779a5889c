"""All or nothing, whatever ends it; and text that attacks goes in nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_tui.exchange import importing
from finsam_tui.exchange.tables import tables
from tests.exchange.conftest import NOW, ONE, SYDNARKE, Desk, told

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Connection

HOSTILE = {
    "escape": "\x1b]0;titel\x07",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "C1": "a\x9b31mb",
    "bidi": "abc\u202egnp",
    "isolate": "abc\u2066d",
    "line break": "a\nb",
    "tab": "a\tb",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_text_is_refused_in_every_column_of_text(one: Desk, text: str) -> None:
    before = one.everything()
    for table in tables():
        for column in table.columns:
            if column.field.kind != "text" or column.role == "answers":
                continue
            wanted = [c for c in table.columns if c.required or c == column]
            cells = ['"' + text + '"' if c == column else "1" for c in wanted]
            heading = ";".join(c.heading for c in wanted)
            report = one.load({table.name: f"{heading}\n{';'.join(cells)}\n"})
            assert [f for f in report.faults.shown if f.column == column.heading], column.heading
            assert not any(set(line) & set("\x1b\x07\x9b\u202e\u2066\n\t") for line in told(report))
    assert one.everything() == before


def test_hostile_headings_and_file_names_are_shown_safely(desk: Desk) -> None:
    report = desk.load(ors="a\x1b[2J;b\n")
    assert all("\x1b" not in line for line in told(report))


def test_formulas_and_markup_are_only_text(one: Desk) -> None:
    for text in ("=1+1", "@sum", "[@click=app.quit]x[/]", "[/x]", "-3", "<b>"):
        one.take(planer=f"inskrivning_id;datum;mål\nI1;2023-02-01;{text}\n")
        assert one.one("SELECT goal FROM plan") == text


def test_an_interrupted_import_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_conn: Connection) -> int:
        raise KeyboardInterrupt

    before = desk.everything()
    with monkeypatch.context() as patch:
        patch.setattr(importing, "_schedule", interrupt)
        with pytest.raises(KeyboardInterrupt):
            importing.import_files(desk.register, [SYDNARKE], now=NOW)
    assert desk.everything() == before
    assert desk.rows("SELECT count(*) FROM sqlite_master WHERE name LIKE 'audit_%_insert'") != [
        (0,)
    ]
    importing.import_files(desk.register, [SYDNARKE], now=NOW)
    assert desk.one("SELECT count(*) FROM participant") == 154


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from([table.name for table in tables()]),
    contents=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    heading=st.booleans(),
)
def test_anything_at_all_is_read_or_told(
    desk: Desk, table: str, contents: bytes, *, heading: bool
) -> None:
    if heading:
        columns = next(t.columns for t in tables() if t.name == table)
        contents = ";".join(c.heading for c in columns).encode() + b"\n" + contents
    report = desk.load({**ONE, table: contents}, dry_run=True)
    assert report.faults.count >= 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), table=st.sampled_from(tables()))
def test_any_row_is_taken_or_told(one: Desk, data: st.DataObject, table: object) -> None:
    """No row that the checks let through is refused by the register's own constraints."""
    chosen = next(t for t in tables() if t == table)
    cells = st.sampled_from(
        [
            *("", "1", "6", "D1", "I1", "SAM", "C1", "ja", "nej", "start", "månad", "avslut"),
            *("person", "anonym", "kvinna", "2023-01-01", "2023-06-01 10:00", "2024-02-29"),
            *("19920717-9871", "5,5", "40", "besvarat", "avböjt", "vald-7", "svarade", "studier"),
            *("lön|a-kassa", "studier:50", "Kumla", "Kommun", "LSS", "individ", "coach", "vård"),
        ]
    )
    rows = data.draw(st.lists(st.tuples(*[cells for _ in chosen.columns]), min_size=1, max_size=6))
    heading = ";".join(c.heading for c in chosen.columns)
    lines = "\n".join(";".join(row) for row in rows)
    report = one.load({chosen.name: f"{heading}\n{lines}\n"}, dry_run=True)
    assert report.faults.count >= 0
