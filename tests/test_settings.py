"""Where files lie, on each platform, with nothing but the environment to go by."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import InputError, UsageError
from finsam_tui.settings import (
    config_folder,
    default_register,
    keep_colours,
    read_colours,
    read_copies,
)
from finsam_tui.tui.theme import THEMES

if TYPE_CHECKING:
    from pathlib import Path

HOME = {"HOME": "/home/anna"}
LIBRARY = "/home/anna/Library/Application Support/finsam"


@pytest.mark.parametrize(
    ("env", "platform", "path"),
    [
        (HOME, "linux", "/home/anna/.local/share/finsam/register.db"),
        ({**HOME, "XDG_DATA_HOME": "/data/"}, "linux", "/data/finsam/register.db"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/finsam/register.db"),
        ({**HOME, "XDG_DATA_HOME": "data"}, "linux", "/home/anna/.local/share/finsam/register.db"),
        ({**HOME, "XDG_DATA_HOME": "/data"}, "darwin", f"{LIBRARY}/register.db"),
        ({**HOME, "FINSAM_DB": ""}, "linux", "/home/anna/.local/share/finsam/register.db"),
        ({**HOME, "FINSAM_DB": "/srv/r.db"}, "linux", "/srv/r.db"),
        ({**HOME, "FINSAM_DB": "/srv/r.db"}, "darwin", "/srv/r.db"),
        ({"FINSAM_DB": "r.db"}, "linux", "r.db"),
    ],
)
def test_the_register(env: dict[str, str], platform: str, path: str) -> None:
    assert default_register(env, platform) == path


def test_the_settings() -> None:
    assert config_folder(HOME, "linux") == "/home/anna/.config/finsam"
    assert config_folder({"XDG_CONFIG_HOME": "/etc/x"}, "linux") == "/etc/x/finsam"
    assert config_folder(HOME, "darwin") == LIBRARY


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_without_a_home_the_answer_is_which_option_to_give(platform: str) -> None:
    with pytest.raises(UsageError, match="--db"):
        default_register({}, platform)


def test_finding_the_register_loads_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); from finsam_tui import settings;"
        "settings.default_register({'HOME': '/h'}, 'linux');"
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == ["__future__", "finsam_tui", "finsam_tui.settings"]


def test_colours_are_remembered_from_start_to_start(tmp_path: Path) -> None:
    folder = str(tmp_path / "inställningar")
    assert read_colours(folder) == ""
    keep_colours(folder, "hög kontrast")
    assert read_colours(folder) == "hög kontrast"


def test_a_broken_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "finsam.toml").write_text('colours = "ljus\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"finsam\.toml går inte att läsa .*line 1"):
        read_colours(str(tmp_path))


ODD_SETTINGS = {
    "deep": b"colours = " + b"[" * 4_000 + b"]" * 4_000,
    "dotted": b"colours" + b".a" * 4_900 + b" = 1",
    "tables": b"[a]\n" * 2_400,
    "arrays": b"[[colours]]\n" * 700,
    "number": b"colours = " + b"9" * 9_000,
    "exponent": b"colours = 1e999999",
    "date": b"colours = 9999-99-99T99:99:99Z",
    "twice": b'colours = "a"\ncolours = "b"\n',
    "surrogate": b'colours = "\\ud800"',
    "nought": b'colours = "a\x00b"',
    "escape": b"col\x1b]0;TITEL\x07ours = 1",
    "name": "\u202e = 1".encode(),
}


@pytest.mark.parametrize("odd", ODD_SETTINGS)
def test_settings_of_any_shape_are_read_or_refused_in_a_line(odd: str, tmp_path: Path) -> None:
    (tmp_path / "finsam.toml").write_bytes(ODD_SETTINGS[odd])
    for read in (read_colours, read_copies):
        try:
            assert isinstance(read(str(tmp_path)), str)
        except InputError as error:
            assert str(error).isprintable()  # noqa: PT017 - it may, and then so


@pytest.mark.parametrize("value", ["5", "[1]", "true", "{}", "1.5", "2024-01-01", "[[[]]]"])
def test_a_setting_of_another_kind_is_no_choice(value: str, tmp_path: Path) -> None:
    (tmp_path / "finsam.toml").write_text(f"colours = {value}\n", encoding="utf-8")
    assert read_colours(str(tmp_path)) not in {theme.name for theme in THEMES}


def test_a_settings_file_that_is_none_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "finsam.toml"
    for content in (b"a = " + b"[" * 200_000, b"a" * 50_000_000, b"\xff\xfe", b"colours = "):
        file.write_bytes(content)
        with pytest.raises(InputError, match="går inte att läsa"):
            read_colours(str(tmp_path))
    file.unlink()
    file.mkdir()
    with pytest.raises(InputError, match="går inte att läsa"):
        read_colours(str(tmp_path))
    file.rmdir()
    os.mkfifo(file)
    assert read_colours(str(tmp_path)) == ""  # nobody writes into it


def test_what_else_is_chosen_stays_when_the_colours_change(tmp_path: Path) -> None:
    assert read_copies(str(tmp_path)) == ""
    file = tmp_path / "finsam.toml"
    file.write_text('# min disk\ncolours = "ljus"\ncopies = "/media/å/kopior"\n', encoding="utf-8")
    keep_colours(str(tmp_path), "mörk")
    assert read_colours(str(tmp_path)) == "mörk"
    assert read_copies(str(tmp_path)) == "/media/å/kopior"
    assert "# min disk" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("chosen", ["never", "~/kopior", "/k"])
def test_a_folder_of_copies_is_chosen(tmp_path: Path, chosen: str) -> None:
    (tmp_path / "finsam.toml").write_text(f'copies = "{chosen}"\n')
    assert read_copies(str(tmp_path)) == chosen


@pytest.mark.parametrize("chosen", ['"kopior"', "7", "true", '["/k"]', '"/k\\u0000"', '"ja"'])
def test_a_folder_of_copies_that_is_none_is_told(tmp_path: Path, chosen: str) -> None:
    (tmp_path / "finsam.toml").write_text(f"copies = {chosen}\n")
    with pytest.raises(InputError, match="ska vara en katalog"):
        read_copies(str(tmp_path))
