"""Everything that has happened to a participant, in the order of time, told in Swedish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from finsam_tui.storage.person import several
from finsam_tui.text import number, plural, short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register

Kind = Literal[
    "referral",
    "enrolment",
    "closure",
    "assessment",
    "ors",
    "screening",
    "plan",
    "note",
    "extension",
    "follow_up",
    "attempt",
    "aftercare",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `table` and `id` name its record, `time` is "14:30" where known.

    `text` may have several lines: a note's, a plan's goal. `done` is False for a call to come.
    """

    date: date
    time: str | None
    kind: Kind
    text: str
    table: str
    id: int
    enrolment_id: int | None
    programme: str | None
    done: bool = True


def timeline(
    register: Register, participant_id: int, *, screening_visible: bool = False
) -> list[Event]:
    """Return a participant's events, the latest first.

    A violence screening is among them only if `screening_visible`, which takes the right to open
    it (`screening_allowed`); never what was answered.
    """
    values = several(register, participant_id)
    rows = register.rows(
        "timeline", participant_id=participant_id, screening_visible=int(screening_visible)
    )
    return [_event(row, values.get((row["id"], "result"), ())) for row in rows]


def _event(row: Row, results: tuple[tuple[str, bool], ...]) -> Event:
    kind: Kind = row["kind"]
    text = _TEXTS[kind](row)
    if kind == "closure" and results:
        text += f"; resultat: {', '.join(label for label, _ in results)}"
    at: str = row["at"]
    return Event(
        date=date.fromisoformat(at[:10]),
        time=at[11:] or None,
        kind=kind,
        text=text,
        table=row["table_name"],
        id=row["id"],
        enrolment_id=row["enrolment_id"],
        programme=row["programme"],
        done=kind != "follow_up" or not row["number"],
    )


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _named(what: str, *parts: str | None) -> str:
    told = _join(*parts)
    return f"{what}: {told}" if told else what


def _referral(row: Row) -> str:
    return _named(f"aktualiserad till {row['what']}", row["outcome"], row["detail"])


def _enrolment(row: Row) -> str:
    return _named(f"inskriven i {row['what']}", row["outcome"], row["detail"])


def _closure(row: Row) -> str:
    days = plural(row["number"], "dag", "dagar")
    return _named(f"avslut i {row['what']} efter {days}", row["outcome"])


def _assessment(row: Row) -> str:
    hours = None if row["number"] is None else f"{row['number']} tim/vecka"
    return _named(f"bedömning {_occasion(row)}", row["outcome"], row["detail"], hours)


def _occasion(row: Row) -> str:
    what = str(row["what"])
    return f"{what} månader" if what.isdecimal() else what


def _ors(row: Row) -> str:
    taken = number(row["number"], 1) if row["number"] is not None else f"ej taget, {row['outcome']}"
    return f"ORS {row['what']}: {taken}"


def _screening(_row: Row) -> str:
    return "våldsscreening"


def _plan(row: Row) -> str:
    review = f" (revideras {_short(row['outcome'])})" if row["outcome"] else ""
    return _named(f"individuell plan{review}", row["text"])


def _note(row: Row) -> str:
    return _named(f"anteckning av {row['what']}" if row["what"] else "anteckning", row["text"])


def _extension(row: Row) -> str:
    months = plural(row["number"], "månad", "månader")
    return _named(f"förlängning {months}", row["what"], row["outcome"])


def _follow_up(row: Row) -> str:
    if row["number"] and not row["what"]:
        return f"uppföljning {row['text']} månader: att ringa"
    return _named(f"uppföljning {row['text']} månader", row["what"], row["outcome"])


def _attempt(row: Row) -> str:
    again = datetime.fromisoformat(row["outcome"]) if row["outcome"] else None
    when = f"{short_date(again.date())} kl. {again:%H:%M}" if again else None
    by = f"av {row['detail']}" if row["detail"] else None
    return _named(f"samtal {row['text']} månader", row["what"], when, by)


def _aftercare(row: Row) -> str:
    minutes = None if row["number"] is None else f"{number(row['number'])} min"
    return _named("punktinsats", row["what"], minutes, row["outcome"], row["text"])


def _short(day: str) -> str:
    return short_date(date.fromisoformat(day))


_TEXTS: dict[Kind, Callable[[Row], str]] = {
    "referral": _referral,
    "enrolment": _enrolment,
    "closure": _closure,
    "assessment": _assessment,
    "ors": _ors,
    "screening": _screening,
    "plan": _plan,
    "note": _note,
    "extension": _extension,
    "follow_up": _follow_up,
    "attempt": _attempt,
    "aftercare": _aftercare,
}
