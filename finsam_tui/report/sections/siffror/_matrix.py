"""The table of programmes by municipality, with everybody counted in its last column."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import ALL, GROUP, MISSING_KEY, without
from finsam_tui.report.sections.siffror._parts import WHOLE, programme_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.sections.siffror._parts import ByPlace, Place

_NOBODY: ByPlace = {}


class Everybody(NamedTuple):
    """Who took part, each by programme: `registered` by place, the others as a number.

    `volume` are those counted without a person.
    """

    registered: Mapping[str | None, ByPlace]
    anonymous: Mapping[str | None, int]
    volume: Mapping[str | None, int]


def matrix(everybody: Everybody, homes: Sequence[Place], codes: Codes, *, of: str) -> Table:
    """Return a row a programme, by name; one that counts without persons alone has only a total.

    Columns in which nobody stands are left out, but for those of the association's own places.
    """
    names = programme_names(codes, {key for each in everybody for key in each})
    lines = [_row(key, name, key, everybody, homes) for key, name in names.items()]
    sums = _row(ALL, "Totalt", WHOLE, everybody, homes)
    columns = _columns(homes)
    own = {_key(home.key) for home in homes if home.own}
    empty = [
        column.key
        for column, cell in zip(columns, sums.cells, strict=True)
        if not cell and column.key not in {*own, "total"}
    ]
    table = Table("home", columns, tuple(lines), total=sums, of=of, by="programme", adds=True)
    return without(table, *empty)


def _key(municipality: str) -> str:
    return f"municipality_{municipality}"


def _columns(homes: Sequence[Place]) -> tuple[Column, ...]:
    places = [(home.key, home.name) for home in homes] + [(MISSING_KEY, "Saknas")]
    parts = (
        *(Column(_key(key), name, within=(f"municipality={key}",)) for key, name in places),
        Column("anonymous", "Anonyma", of="participated.anonymous"),
        Column("volume", "Volym", of="volume"),
    )
    all_ = Column("total", "Totalt", of="everybody", parts=tuple(part.key for part in parts))
    return (GROUP, *parts, all_)


def _row(
    key: str, name: str, programme: str | None, everybody: Everybody, homes: Sequence[Place]
) -> Row:
    registered = everybody.registered.get(programme, _NOBODY)
    places = (*(home.key for home in homes), None)
    persons = [
        *(registered.get(place, Counter())["participated"] for place in places),
        everybody.anonymous.get(programme, 0),
    ]
    volume = everybody.volume.get(programme, 0)
    cells = persons if any(persons) else [None] * len(persons)
    return Row(key, (name, *cells, volume or None, sum(persons) + volume))
