"""`finsam init` for scripts: all by option, and on any failure nothing is left."""

from __future__ import annotations

import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from finsam_tui.cli import main
from finsam_tui.storage import files, kept_answers, keys, opening
from tests.register import Office

if TYPE_CHECKING:
    from pathlib import Path

LISTS = (
    *("--municipality", "1881:Kumla:40,5", "--municipality", "1882:Askersund"),
    *("--programme", "SAM:Samordningsteamet", "--programme", "CIC:Ciceron:6|24:12"),
    *("--staff", "C1:Anna Ek:samordnare", "--staff", "C2:Bo Ek"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


class Init:
    """`finsam init --no-input` with the three that are needed and what is given besides."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str | Path, without: str = "") -> int:
        needed = {
            "--association": "Förbundet Provinsen",
            "--key-file": self.folder / "key",
            "--recovery-file": self.folder / "code",
        }
        given = [word for pair in needed.items() if pair[0] != without for word in pair]
        words = ("--db", self.folder / "r.db", *given, *arguments)
        return main(["init", "--no-input", *map(str, words)])


@pytest.fixture
def init(folder: Path) -> Init:
    return Init(folder)


def opened(folder: Path) -> Office:
    unlocked = keys.unlock_key_file(folder / "r.db", folder / "key")
    return Office(opening.open_register(folder / "r.db", unlocked))


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_by_option(init: Init, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init("--county", "Örebro", *LISTS) == 0
    assert str(folder / "r.db") in capsys.readouterr().out
    assert left(folder) == {"r.db", "r.db.nycklar", "key", "code"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    office = opened(folder)
    with closing(office.register):
        assert office.row("SELECT name, county FROM association")["county"] == "Örebro"
        shares = [row["share"] for row in office.rows("SELECT share FROM municipality ORDER BY id")]
        assert shares == [40.5, None]
        months = "SELECT months FROM programme_follow_up WHERE programme_id = ? ORDER BY months"
        assert [row["months"] for row in office.rows(months, "SAM")] == ["18", "6"]
        assert [row["months"] for row in office.rows(months, "CIC")] == ["24", "6"]
        roles = [row["role"] for row in office.rows("SELECT role FROM staff ORDER BY id")]
        assert roles == ["coordinator", "coach"]


@pytest.mark.parametrize(("said", "kept"), [((), True), (("ja",), True), (("nej",), False)])
def test_whether_a_screenings_answers_are_kept(
    init: Init, folder: Path, said: tuple[str, ...], *, kept: bool
) -> None:
    assert init(*(word for answer in said for word in ("--screening-answers", answer))) == 0
    with closing(opened(folder).register) as register:
        assert kept_answers.kept(register.conn) is kept


def test_the_code_in_the_file_opens_the_register(init: Init, folder: Path) -> None:
    assert init() == 0
    code = (folder / "code").read_text()
    keys.unlock_recovery(folder / "r.db", code).wipe()


@pytest.mark.parametrize("flag", ["--association", "--key-file", "--recovery-file"])
def test_what_is_missing_is_named(
    init: Init, folder: Path, capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    assert init(without=flag) == 2
    assert capsys.readouterr().err.startswith(f"finsam: {flag} saknas")
    assert left(folder) == set()


@pytest.mark.parametrize(
    ("status", "said", "arguments"),
    [
        (2, "--municipality ska skrivas KOD:NAMN:ANDEL", "--municipality 1881"),
        (2, "--staff ska skrivas ID:NAMN:ROLL", "--staff C1:Anna:coach:x"),
        (3, "Talet ska vara från 0 till 100.", "--municipality 1881:Kumla:140"),
        (3, "Välj ett av: 6, 18, 24.", "--programme SAM:Teamet:7"),
        (3, "--programme, Längsta tid, månader", "--programme SAM:Teamet:6:0"),
        (3, "Välj ett av: coach, samordnare, chef.", "--staff C1:Anna:trollkarl"),
        (3, "Kortnamn måste anges.", "--staff :Anna"),
        (3, "--staff nummer 2: Kortnamn finns", "--staff C1:Anna --staff C1:Bo"),
        (3, "--staff nummer 2: Kortnamn finns", "--staff AE:Anna --staff ae:Bo"),
        (3, "--staff, Kortnamn: Skriv ett ord", "--staff A|E:Anna"),
        (3, "nummer 2: Namn finns", "--municipality 1:Kumla --municipality 2:Kumla"),
        (3, "otillåtet tecken", "--county a\x1b[31m"),
    ],
)
def test_a_faulty_answer_makes_nothing(
    init: Init, capsys: pytest.CaptureFixture[str], status: int, said: str, arguments: str
) -> None:
    assert init(*arguments.split(" ")) == status
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert "Anna" not in error
    assert left(init.folder) == set()


@pytest.mark.parametrize("name", ["r.db", "r.db.nycklar", "key", "code"])
def test_a_file_that_is_in_the_way_is_left_alone_and_nothing_made(
    init: Init, folder: Path, name: str
) -> None:
    (folder / name).write_text("kvar")
    assert init() == 3
    assert left(folder) == {name}
    assert (folder / name).read_text() == "kvar"


def test_the_key_and_the_code_cannot_be_one_file(init: Init, folder: Path) -> None:
    assert init("--recovery-file", folder / "key", without="--recovery-file") == 3
    assert left(folder) == set()


def test_a_folder_that_others_can_read_is_refused(init: Init, folder: Path) -> None:
    folder.chmod(0o755)
    assert init() == 4
    assert left(folder) == set()


@pytest.mark.parametrize(
    "failing",
    [
        "finsam_tui.storage.files.sync_folder",
        "finsam_tui.storage.register.Register.create",
        "finsam_tui.storage.verbs.save_form",
    ],
)
@pytest.mark.parametrize(
    "error", [OSError(28, "full"), KeyboardInterrupt()], ids=["full", "ctrl-c"]
)
def test_whatever_goes_wrong_on_the_way_nothing_is_left(
    init: Init, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(failing, fail)
    assert init(*LISTS) in (5, 130)
    assert left(init.folder) == set()


@pytest.mark.parametrize("synced", range(1, 7))
def test_a_disk_that_fails_at_any_step_leaves_nothing(
    init: Init, monkeypatch: pytest.MonkeyPatch, synced: int
) -> None:
    usual, times = files.sync_folder, 0

    def fail_later(folder: Path) -> None:
        nonlocal times
        times += 1
        if times == synced:
            raise OSError(28, "full")
        usual(folder)

    monkeypatch.setattr(files, "sync_folder", fail_later)
    status = init(*LISTS)
    assert (status, left(init.folder)) == (5, set()) if times >= synced else status == 0


def test_without_a_terminal_the_option_that_answers_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--db", str(folder / "r.db")]) == 2
    assert "--no-input" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["--association", "--staff", "--key-file", "--recovery-file"])
def test_answers_by_option_need_no_input(
    folder: Path, capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    assert main(["init", "--db", str(folder / "r.db"), flag, "x"]) == 2
    assert "--no-input" in capsys.readouterr().err
