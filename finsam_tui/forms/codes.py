"""Code lists: the fixed answers of a choice, with English keys and Swedish labels.

The lists an association starts with are in codes.toml. The register keeps its own copy, which is
what a running program uses: `Codes` does not care where the entries came from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import FieldError
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATING = frozenset("|;:")  # between several answers, and before an extent
MAX_NAMED = 8  # a refusal names at most so many of the allowed answers


class Code(NamedTuple):
    """One answer of a list; `parent` is the key it belongs under, `level` a step's place."""

    list: str
    key: str
    label: str
    sort: int = 0
    parent: str | None = None
    positive: bool = False
    level: int | None = None
    active: bool = True


class Codes:
    """The lists of one association, looked up by key or by label."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._lists: dict[str, dict[str, Code]] = {}
        for code in codes:
            self._lists.setdefault(code.list, {})[code.key] = code
        self._spelled: dict[str, dict[str, list[Code]]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._lists

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists, in order."""
        return tuple(self._lists)

    def options(self, name: str, parent: str | None = None) -> tuple[Code, ...]:
        """Return the codes offered for a new entry, in order; `parent` narrows to its own."""
        codes = self._lists.get(name, {}).values()
        return tuple(c for c in codes if c.active and (parent is None or c.parent == parent))

    def every(self, name: str) -> tuple[Code, ...]:
        """Return all codes of a list, in order; those no longer offered, too."""
        return tuple(self._lists.get(name, {}).values())

    def get(self, name: str, key: str) -> Code | None:
        """Return the code with exactly this key, active or not."""
        return self._lists.get(name, {}).get(key)

    def label(self, name: str, key: str | None) -> str:
        """Return what the screen says for a key; the key itself where the list has lost it."""
        code = self.get(name, key) if key is not None else None
        return code.label if code else (key or "")

    def spelling(self, code: Code, parent: str | None = None) -> str:
        """Return the text that is read back as this very code: its label, else its key."""
        if set(code.label) & SEPARATING:
            return code.key
        try:
            found = self.find(code.list, code.label, parent)
        except FieldError:
            return code.key
        return code.label if found.key == code.key else code.key

    def find(self, name: str, text: str, parent: str | None = None) -> Code:
        """Return the code meant by `text`, a key or a label, whatever its case and accents.

        `parent` settles which is meant where two parties have a unit of the same name; what is
        still offered goes before what is not. A label that an association has changed is still
        understood, where nothing else is called so: files go on saying it. Raises FieldError that
        names the allowed answers.
        """
        exact = self.get(name, text)
        if exact is not None and (parent is None or exact.parent in (None, parent)):
            return exact
        found = self._by_spelling(name).get(fold(text)) or self._as_shipped(name, fold(text))
        if parent is not None:
            found = [code for code in found if code.parent in (None, parent)]
        if found:
            return next((code for code in found if code.active), found[0])
        raise FieldError(self._refusal(name, parent))

    def _by_spelling(self, name: str) -> dict[str, list[Code]]:
        if name not in self._spelled:
            spelled: dict[str, list[Code]] = {}
            for code in self._lists.get(name, {}).values():
                for text in {fold(code.key), fold(code.label)}:
                    spelled.setdefault(text, []).append(code)
            self._spelled[name] = spelled
        return self._spelled[name]

    def _as_shipped(self, name: str, folded: str) -> list[Code]:
        own = self._lists.get(name, {})
        shipped = (c for c in default_codes() if c.list == name and c.key in own)
        return [own[code.key] for code in shipped if fold(code.label) == folded]

    def _refusal(self, name: str, parent: str | None) -> str:
        labels = [safe(code.label) for code in self.options(name, parent)]
        if not labels:
            return "Det finns inget att välja på här; lägg först upp listan."
        more = f" … ({len(labels)} val)" if len(labels) > MAX_NAMED else ""
        return f"Välj ett av: {', '.join(labels[:MAX_NAMED])}{more}."


@cache
def default_codes() -> tuple[Code, ...]:
    """Return the codes every association starts with, from codes.toml, in its order."""
    import tomllib  # most programs only ever read the register's copy

    text = Path(__file__).with_name("codes.toml").read_text(encoding="utf-8")
    return tuple(
        _code(name, key, entry, sort)
        for name, entries in tomllib.loads(text).items()
        for sort, (key, entry) in enumerate(entries.items(), start=1)
    )


def _code(name: str, key: str, entry: str | dict[str, object], sort: int) -> Code:
    if isinstance(entry, str):
        return Code(name, key, entry, sort)
    return Code(list=name, key=key, sort=sort, **entry)  # type: ignore[arg-type]
