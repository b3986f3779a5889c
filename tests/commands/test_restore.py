"""`finsam restore`: a register out of a copy, opened by paper, passphrase or key file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest
from pyrage.x25519 import Identity

from finsam_tui.cli import main
from finsam_tui.storage import age
from tests.backups import PASSPHRASE, Site, contents_of, flip
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.note("kopierat")
    site.people(3)
    return site


@pytest.fixture
def copy(site: Site) -> Path:
    return site.back_up().path


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "ny" / "register.db"


def restored(copy: Path, to: Path, *options: str | Path) -> int:
    return main(["restore", str(copy), "--to", str(to), *map(str, options)])


def paper(folder: Path, code: str) -> Path:
    path = folder / "papper"
    path.write_text(f"{code}\n")
    path.chmod(0o600)
    return path


def test_a_key_file_opens_the_copy(
    site: Site, copy: Path, to: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restored(copy, to, "--key-file", site.service) == 0
    assert site.notes(to) == ["kopierat"]
    said = capsys.readouterr().out
    assert str(to) in said
    assert "2024-03-15" in said
    assert "Deltagare i kopian: 3." in said


def test_a_code_in_a_file_opens_the_copy(site: Site, copy: Path, to: Path, tmp_path: Path) -> None:
    assert restored(copy, to, "--recovery-file", paper(tmp_path, site.code)) == 0
    assert site.notes(to) == ["kopierat"]


def talk(*arguments: str | Path) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", "restore", *map(str, arguments)],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": "dumb"},
        encoding="utf-8",
        timeout=30,
    )


@pytest.mark.parametrize("by", ["passphrase", "paper"])
def test_in_a_terminal_the_passphrase_or_the_code_is_asked_for_and_not_shown(
    site: Site, copy: Path, to: Path, by: str
) -> None:
    secret = PASSPHRASE if by == "passphrase" else site.code.lower().replace("-", " ")
    child = talk(copy, "--to", to, *([] if by == "passphrase" else ["--recovery"]))
    child.expect_exact("Lösenfras: " if by == "passphrase" else "Återställningskod: ")
    child.send(f"{secret}\r")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert secret not in str(child.before)
    assert site.notes(to) == ["kopierat"]


def test_by_itself_it_goes_where_the_register_is(
    site: Site, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.note("senare")
    words = ("restore", copy, "--db", site.path, "--key-file", site.service)
    assert main([str(word) for word in words]) == 0
    assert site.notes() == ["kopierat"]
    (kept,) = site.path.parent.glob("register.db.2*Z")
    assert str(kept) in capsys.readouterr().out
    assert site.notes(kept) == ["kopierat", "senare"]


def test_a_wrapped_copy_needs_its_identity(
    site: Site, to: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = Identity.generate()
    wrapped = site.back_up(to=age.recipients([str(identity.to_public())])).path
    assert restored(wrapped, to, "--key-file", site.service) == 2
    assert "--identity" in capsys.readouterr().err
    file = tmp_path / "identitet"
    file.write_text(f"# created: 2024-03-15\n# public key: age1\n{identity}\n")
    file.chmod(0o600)
    assert restored(wrapped, to, "--key-file", site.service, "--identity", file) == 0
    assert site.notes(to) == ["kopierat"]


@pytest.mark.parametrize("what", ["no identity", "a broken one", "one that others can read"])
def test_what_is_no_private_identity_is_refused(
    site: Site, copy: Path, to: Path, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "identitet"
    written = {"no identity": "hej", "a broken one": "AGE-SECRET-KEY-1HEJ"}
    file.write_text(written.get(what, str(Identity.generate())))
    file.chmod(0o600 if what in written else 0o644)
    assert restored(copy, to, "--key-file", site.service, "--identity", file) == 4
    assert not to.exists()


def test_exit_statuses_tell_a_bad_copy_from_a_wrong_key_and_wrong_use(
    site: Site, copy: Path, to: Path, tmp_path: Path
) -> None:
    code = paper(tmp_path, site.code)
    assert restored(copy, to) == 2  # nobody to ask
    assert restored(copy, to, "--key-file", site.service, "--recovery") == 2
    assert restored(copy, to, "--recovery", "--recovery-file", code) == 2
    assert restored(tmp_path / "saknas.db", to, "--recovery-file", code) == 5
    code.write_text("FEL")
    assert restored(copy, to, "--recovery-file", code) == 4
    flip(copy, 5000)
    assert restored(copy, to, "--key-file", site.service) == 5
    assert not to.exists()
    assert list(to.parent.iterdir()) == []


def test_a_copy_made_with_doubts_says_so(
    site: Site, to: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.sql(site.path, "DROP TRIGGER audit_note_delete")
    copy = site.back_up().path
    assert restored(copy, to, "--key-file", site.service) == 1
    assert "spårningen audit_note_delete saknades" in capsys.readouterr().err


def test_a_copy_of_another_register_than_lay_there_says_so(
    site: Site, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Site(tmp_path / "annat", stranger=True)
    assert restored(copy, other.path, "--key-file", site.service) == 1
    assert "ett annat register" in capsys.readouterr().err
    assert restored(copy, other.path, "--key-file", site.service) == 0


def test_the_copy_itself_is_left_as_it_was(site: Site, copy: Path, to: Path) -> None:
    before = contents_of(site.folder)
    restored(copy, to, "--key-file", site.service)
    assert contents_of(site.folder) == before
