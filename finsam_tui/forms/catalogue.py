"""The forms there are: each read from definitions/ID.toml when it is first asked for.

An entry of `[[field]]` is a question, or `include = "other form"`, which asks the other form's
questions here and stores them in its own table. Whatever is wrong in a file is told with the file's
name and the reason.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from finsam_tui.errors import InputError
from finsam_tui.forms import rules
from finsam_tui.forms.field import KINDS, Condition, Field
from finsam_tui.forms.form import Form, Part
from finsam_tui.forms.instrument import instrument

FOLDER = Path(__file__).with_name("definitions")
_KEYS = {f.name for f in dataclass_fields(Field)}


@cache
def form(name: str) -> Form:
    """Return the form called `name`; raise InputError where its file is faulty."""
    path = FOLDER / f"{name}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        parts, fields = _contents(data)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"Formuläret {path.name} går inte att läsa: {error}.") from error
    asked_by = [name, *(entry["include"] for entry in data["field"] if "include" in entry)]
    return Form(
        id=data["id"],
        title=data["title"],
        owner=data.get("owner", ""),
        intro=data.get("intro", ""),
        parts=parts,
        fields=fields,
        rules=tuple(rule for each in asked_by for rule in rules.RULES.get(each, ())),
    )


@cache
def names() -> tuple[str, ...]:
    """Return the ids of all forms, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def _contents(data: dict[str, Any]) -> tuple[tuple[Part, ...], tuple[Field, ...]]:
    """Return the parts, the record itself first, and all fields in the order they are asked."""
    own: list[Field] = []
    asked: list[Field] = []
    others: list[Part] = []
    for entry in data["field"]:
        if "include" in entry or "instrument" in entry:
            part = _included(entry) if "include" in entry else _items(data["table"], entry)
            others.append(part)
            asked += part.fields
        else:
            own.append(make_field(entry))
            asked.append(own[-1])
    all_names = [f.name for f in asked]
    twice = {name for name in all_names if all_names.count(name) > 1}
    if twice:
        raise ValueError(f"fältet {min(twice)} finns två gånger")
    return (Part(data["table"], tuple(own), data.get("set", {})), *others), tuple(asked)


def _included(entry: dict[str, Any]) -> Part:
    """Return another form's own fields as a part, less those that `set` gives a value."""
    part = form(entry["include"]).parts[0]
    given = entry.get("set", {})
    when = condition(entry.get("when", {}))
    same_as = entry.get("same_as", "")
    fields = tuple(
        replace(f, when={**when, **f.when}, same_as=same_as and f.same_as and same_as)
        for f in part.fields
        if f.name not in given
    )
    return Part(part.table, fields, given, when)


def _items(table: str, entry: dict[str, Any]) -> Part:
    """Return an instrument's items as a part: a row an item, in TABLE_answer."""
    when = condition(entry.get("when", {}))
    name = entry["instrument"]
    return Part(f"{table}_answer", instrument(name).fields(when), when=when, instrument=name)


def make_field(entry: dict[str, Any]) -> Field:
    """Return the field declared by one TOML table; raise ValueError that says what is wrong."""
    unknown = set(entry) - _KEYS
    if unknown:
        raise ValueError(f"okänd nyckel {min(unknown)} i fältet {entry.get('name', '?')}")
    if entry.get("kind") not in KINDS:
        raise ValueError(f"fältet {entry.get('name', '?')} har ingen känd sort (kind)")
    return Field(**{**entry, "when": condition(entry.get("when", {}))})


def condition(table: dict[str, Any]) -> Condition:
    """Return a declared condition with every wanted value in a tuple."""
    return {k: tuple(v) if isinstance(v, list) else (v,) for k, v in table.items()}
