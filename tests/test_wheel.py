"""What is built from the project is whole, and works in an environment that has no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from finsam_tui import __version__
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

DATA = {".css", ".html", ".md", ".sql", ".tcss", ".toml", ".xml"}


def run(*command: str | Path, cwd: Path = PROJECT) -> str:
    """Return what `command` printed; it must succeed, and nothing from outside may help it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a source archive and of the wheel that was built from it, offline."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clean environment with the wheel in it, and the dependencies of this one."""
    folder = tmp_path_factory.mktemp("env")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    [wheel] = built.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel)
    # A .pth file lends out packages but does not follow their .pth files, such as our own.
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (folder / purelib / "lent.pth").write_text("\n".join(lent))
    return folder


# Everything between a key and a row: the schema, the migrations, the codes, the queries.
MAKE_A_REGISTER = """
import sys
from pathlib import Path
from finsam_tui.storage.keys import Ring
from finsam_tui.storage.opening import create_register
ring = Ring.new()
ring.add_recovery()
with create_register(Path("r.db"), ring, "Kim") as register:
    print(len(register.codes.options("step")))
"""


def data_files() -> set[str]:
    """Return what the package needs besides code, as it lies in the package."""
    package = PROJECT / "finsam_tui"
    files = {
        path.relative_to(PROJECT).as_posix() for path in package.rglob("*.*") if path.suffix in DATA
    }
    return files | {"finsam_tui/schema.sql"}


def test_the_wheel_holds_the_schema_and_all_data_files(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert data_files() <= set(archive.namelist())
        assert archive.read("finsam_tui/schema.sql") == (PROJECT / "schema.sql").read_bytes()


def test_the_source_archive_holds_what_the_gate_needs_and_no_environment(built: Path) -> None:
    [source] = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"schema.sql", "pyproject.toml", "scripts/check", "tests/test_wheel.py"} <= names
    assert not [name for name in names if name.startswith(".") and name != ".gitignore"]


def test_the_installed_program_answers(installed: Path, tmp_path: Path) -> None:
    finsam = installed / "bin" / "finsam"
    assert run(finsam, "--version", cwd=tmp_path) == f"finsam {__version__}\n"
    assert "användning: finsam" in run(finsam, "--help", cwd=tmp_path)


def test_the_installed_program_is_the_wheel_and_not_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    where = "import finsam_tui; print(finsam_tui.__file__)"
    assert run(installed / "bin" / "python", "-c", where, cwd=tmp_path).startswith(str(installed))


def test_the_installed_program_makes_a_register(installed: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert int(run(installed / "bin" / "python", "-c", MAKE_A_REGISTER, cwd=tmp_path)) > 0
