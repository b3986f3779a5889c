"""Lines out and in: no control code for a dumb terminal, no line cut short unseen."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from finsam_tui.prompts.lines import EditedLines, PlainLines, conversation
from tests.prompts.talk import Script


def test_a_plain_line_is_asked_and_answered() -> None:
    script = Script("Åsa ")
    assert script.ask("Namn:") == "Åsa "
    script.tell("Sparat.")
    assert script.said == "Namn: Sparat.\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_wider_than_the_terminal_is_broken_between_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "12")
    screen = Terminal()
    PlainLines(io.StringIO(), screen).tell("\nDen syns inte medan\n  1DJ17 9V1")
    assert screen.getvalue() == "\nDen syns\ninte medan\n  1DJ17 9V1\n"


def test_the_end_of_the_lines_is_told_apart_from_an_empty_one() -> None:
    script = Script("")
    assert script.ask("Namn:") == ""
    with pytest.raises(EOFError):
        script.ask("Namn:")


@pytest.mark.parametrize(("length", "taken"), [(14, True), (15, False)])
def test_a_line_that_the_terminal_may_have_cut_is_asked_for_again(
    length: int,
    taken: bool,  # noqa: FBT001
) -> None:
    screen = io.StringIO()
    line = "å" * (length // 2) + "a" * (length % 2)  # an å is two bytes
    lines = PlainLines(io.StringIO(f"{line}\nkort\n"), screen, longest=16)
    assert lines.ask("Text:") == (line if taken else "kort")
    assert ("skriv den i flera delar" in screen.getvalue()) != taken


def test_bytes_that_are_no_utf8_reach_the_field_that_refuses_them() -> None:
    source = io.TextIOWrapper(io.BytesIO(b"\xe5sa\n"), encoding="utf-8")
    assert PlainLines(source, io.StringIO()).ask("Namn:") == "\udce5sa"


def test_an_edited_line_begins_with_what_was_typed() -> None:
    with create_pipe_input() as source:
        source.send_text("\x1b[D-\r")  # left, and a dash before the last character
        lines = EditedLines(io.StringIO(), source, DummyOutput())
        assert lines.ask("Telefon:", "0701") == "070-1"


@pytest.mark.parametrize(("key", "error"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
def test_ctrl_c_and_ctrl_d_are_told_apart(key: str, error: type[BaseException]) -> None:
    with create_pipe_input() as source:
        source.send_text(key)
        with pytest.raises(error):
            EditedLines(io.StringIO(), source, DummyOutput()).ask("Namn:")


@pytest.mark.parametrize("term", ["dumb", "unknown", "", "xterm"])
def test_what_is_no_full_terminal_gets_plain_lines(term: str) -> None:
    # Under pytest stdout is no terminal: even xterm is answered with plain lines.
    assert isinstance(conversation({"TERM": term}), PlainLines)
