"""`finsam rapport --edit`: the texts of a year's report in the user's own editor, all in one file.

Each text stands under a line of its own that names it. A text not yet written begins as the latest
earlier year's. What stands in the file when the editor ends is the year's, if anything was changed;
all of it or nothing. Where it cannot be taken in the file stays, and the user is told where.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import FieldError, FinsamError, InputError, UsageError
from finsam_tui.forms import catalogue as forms
from finsam_tui.report import catalogue
from finsam_tui.storage import access, report_texts, session, verbs
from finsam_tui.text import clean, plural, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.field import Context, Values
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.report_texts import Beginning
    from finsam_tui.storage.target import Target

_HEAD = re.compile(r"^=== (\w+) .*===$", re.MULTILINE)
_EDITORS = ("sensible-editor", "nano", "vi")


class Texts(NamedTuple):
    """Which texts: codes of parts, of a year, of a programme or ("") the association."""

    parts: Sequence[str]
    year: int
    programme: str


class _Change(NamedTuple):
    """A text to be saved."""

    target: Target
    values: Values
    context: Context


def parts_of(report_id: str, sections: Sequence[str]) -> list[str]:
    """Return the texts of the sections, or of all; raises UsageError where they have none."""
    entry = catalogue.REPORTS[report_id]
    by_section = {id: catalogue.parts(report_id, id) for id in entry.ids}
    found = [part for id in sections or entry.ids for part in by_section[id]]
    if found:
        return list(dict.fromkeys(found))
    written = [id for id, parts in by_section.items() if parts]
    known = f"texter har {', '.join(written)}" if written else f"{report_id} har inga texter"
    raise UsageError(f"här finns ingen text att skriva; {known}.")


def edit(register: Register, texts: Texts) -> str:
    """Let the texts be edited and save what was changed; return what is told of it.

    Raises UsageError without a terminal or an editor, and InputError, naming the file that is left,
    for texts that cannot be taken in.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--edit behöver en terminal; läs in tabellen texter med finsam import.")
    access.refuse_reader(register)
    editor = _editor()
    begun = {part: _begin(register, texts, part) for part in texts.parts}
    folder = Path(tempfile.mkdtemp(prefix="finsam-", dir=_memory()))
    file = folder / f"texter-{texts.year}.txt"
    keep = False
    try:
        before = _written(register, texts, begun)
        file.write_text(before, encoding="utf-8")
        file.chmod(0o600)
        _run(editor, file)
        keep = file.read_bytes() != before.encode()
        if not keep:
            return "Inget ändrades, och inget sparades."
        saved = _save(register, texts, begun, file)
        keep = False
        return f"{plural(saved, 'text sparades', 'texter sparades')} för {texts.year}."
    except (FinsamError, UnicodeDecodeError) as error:
        told = "filen är inte UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        left = f" Det du skrev finns i {file}." if keep else ""
        raise InputError(f"{told.rstrip('.')}; inget sparades.{left}") from None
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _begin(register: Register, texts: Texts, part: str) -> Beginning:
    """Return where a text is begun; one there is with its version, so that nobody's is lost."""
    found = report_texts.begin(register, part, texts.year, texts.programme)
    context = _context(register, found.target)
    return found._replace(target=session.begin(register, found.target, context).target)


def _context(register: Register, target: Target) -> Context:
    return session.context(register, target, datetime.now())  # noqa: DTZ005 - as the team's clock


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if os.environ.get(name, "").strip():
            return shlex.split(os.environ[name])
    for program in _EDITORS:
        if shutil.which(program):
            return [program]
    raise UsageError("ingen redigerare hittades; sätt EDITOR till den du använder.")


def _memory() -> str | None:
    """Return a folder that is never written to the disk, where there is one."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 - made 0700
        if folder and os.access(folder, os.W_OK):
            return folder
    return None


def _run(editor: Sequence[str], file: Path) -> None:
    try:
        status = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603 - own
    except OSError:
        raise UsageError("redigeraren i EDITOR går inte att starta.") from None
    if status:
        raise InputError("redigeraren avslutades med fel")


def _written(register: Register, texts: Texts, begun: Mapping[str, Beginning]) -> str:
    """Return the file to edit."""
    blocks = []
    for part, beginning in begun.items():
        label = register.codes.label("report_part", part)
        from_ = f", från {beginning.year}" if beginning.year not in (None, texts.year) else ""
        text = safe(beginning.text, multiline=True)
        blocks.append(f"=== {part} ({label}{from_}) ===\n\n{text}\n")
    return "\n".join(blocks)


def _save(register: Register, texts: Texts, begun: Mapping[str, Beginning], file: Path) -> int:
    """Save every text that is not as it is stored, and return how many; all are read first."""
    found = _read(file.read_text(encoding="utf-8"), texts.parts)
    changes = [
        _change(register, texts, part, begun[part].target, text)
        for part, text in found.items()
        if text and not (begun[part].year == texts.year and begun[part].text == text)
    ]
    for change in changes:
        verbs.save_form(register, change.target, change.values, change.context)
    return len(changes)


def _read(written: str, parts: Sequence[str]) -> dict[str, str]:
    """Return part → text of an edited file; raises InputError where the headings are not whole."""
    before, *pieces = _HEAD.split(written.replace("\r\n", "\n"))
    names, bodies = pieces[::2], pieces[1::2]
    if before.strip() or len(set(names)) < len(names) or not set(names) <= set(parts):
        raise InputError("raderna med === är ändrade; de ska stå som de stod")
    try:
        texts = [clean(body, multiline=True) for body in bodies]
    except FieldError as error:
        raise InputError(str(error)) from None
    return dict(zip(names, texts, strict=True))


def _change(register: Register, texts: Texts, part: str, target: Target, text: str) -> _Change:
    """Return a text as the form of one saves it; raises InputError where the form refuses it."""
    context, codes = _context(register, target), register.codes
    raws = {
        "programme": codes.label("programme", texts.programme) if texts.programme else "",
        "year": str(texts.year),
        "part": codes.label("report_part", part),
        "text": text,
    }
    reading = forms.form(target.form).read(raws, context)
    if reading.refusals:
        raise InputError(f"{codes.label('report_part', part)}: {reading.refusals[0].message}")
    return _Change(target, reading.values, context)
