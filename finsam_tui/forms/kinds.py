"""The closed set of field kinds: for each, how text is read and how a value is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.domain import dates, personal_id
from finsam_tui.errors import FieldError
from finsam_tui.text import clean, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Context, Extents, Field, Value

PHONE_DIGITS = range(5, 16)
PHONE_LENGTH = 20
FULL_TIME = 100  # per cent


def _text(field: Field, raw: str, _context: Context, _parent: str | None) -> Value:
    text = clean(raw, multiline=field.kind == "long_text")
    if len(text) > field.length:
        raise FieldError(f"Texten är för lång: {len(text)} tecken, högst {field.length} får plats.")
    return text or None


def _phone(_field: Field, raw: str, _context: Context, _parent: str | None) -> Value:
    text = clean(raw)
    digits = sum(char in "0123456789" for char in text)
    if set(text) - set("0123456789+- ") or digits not in PHONE_DIGITS or len(text) > PHONE_LENGTH:
        raise FieldError("Ett telefonnummer skrivs med 5–15 siffror, mellanslag och bindestreck.")
    return text


def _date(_field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    return dates.parse_date(raw, context.today).isoformat()


def _moment(_field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    return dates.parse_moment(raw, context.now).isoformat(timespec="minutes")


def _as_number(raw: str) -> float:
    text = raw.replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", ".")
    # float() would also take "1e5", "nan" and "1_0"
    if not text.removeprefix("-").replace(".", "", 1).isdecimal() or not text.isascii():
        raise FieldError("Skriv ett tal med siffror, till exempel 7 eller 2,5.")
    return float(text)


def _integer(field: Field, raw: str, _context: Context, _parent: str | None) -> Value:
    value = _as_number(raw)
    _within(field, value)  # first: a number of 400 digits is read as infinity
    if value != int(value):
        raise FieldError("Skriv ett helt tal, utan decimaler.")
    return int(value)


def _decimal(field: Field, raw: str, _context: Context, _parent: str | None) -> Value:
    value = _as_number(raw)
    top = field.maximum or 0
    if field.millimetres and raw.isdecimal() and top < value <= top * 10:
        value = value / 10
    _within(field, value)
    if round(value, field.decimals) != value:
        raise FieldError(f"Högst {field.decimals} decimal{'er' * (field.decimals > 1)} får plats.")
    return value


def _within(field: Field, value: float) -> None:
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise FieldError(
            f"Talet ska vara från {_written(field, low)} till {_written(field, high)}."
        )


def _yes_no(_field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    if raw in ("1", "j", "J"):
        return 1
    if raw in ("0", "n", "N"):
        return 0
    return int(context.codes.find("yes_no", raw).key == "yes")


def _choice(field: Field, raw: str, context: Context, parent: str | None) -> Value:
    return context.codes.find(field.codes, raw, parent).key


def _split(raw: str) -> list[str]:
    return [part.strip() for part in raw.replace(";", "|").split("|") if part.strip()]


def _choices(field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    keys = [context.codes.find(field.codes, part).key for part in _split(raw)]
    return tuple(dict.fromkeys(keys)) or None


def _extents(field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    extents: dict[str, int | None] = {}
    for part in _split(raw):
        name, colon, extent = part.rpartition(":")
        key = context.codes.find(field.codes, name.strip() if colon else part).key
        extents[key] = _extent(extent) if colon else None
    return tuple(extents.items()) or None


def _extent(text: str) -> int:
    digits = text.strip().removesuffix("%").strip()
    if not (digits.isascii() and digits.isdecimal()) or not 1 <= int(digits[:4]) <= FULL_TIME:
        raise FieldError("Omfattningen är procent av heltid, från 1 till 100: studier:50.")
    return int(digits)


def _personal_id(_field: Field, raw: str, context: Context, _parent: str | None) -> Value:
    return personal_id.parse(raw, context.today).digits


PARSERS: dict[str, Callable[[Field, str, Context, str | None], Value]] = {
    "text": _text,
    "long_text": _text,
    "phone": _phone,
    "date": _date,
    "moment": _moment,
    "integer": _integer,
    "decimal": _decimal,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "extents": _extents,
    "personal_id": _personal_id,
}


def _show_plain(_field: Field, value: Value, _codes: Codes) -> str:
    return str(value)


def _show_number(field: Field, value: Value, _codes: Codes) -> str:
    decimals = field.decimals if field.decimals == 1 else None
    return _written(field, cast("float", value), decimals)


def _written(field: Field, value: float | None, decimals: int | None = None) -> str:
    written = number(value, decimals)
    return written if field.grouped else written.replace(" ", "")


def _show_moment(_field: Field, value: Value, _codes: Codes) -> str:
    return str(value).replace("T", " ")


def _show_yes_no(_field: Field, value: Value, codes: Codes) -> str:
    return codes.label("yes_no", "yes" if value else "no")


def _show_choice(field: Field, value: Value, codes: Codes) -> str:
    return codes.label(field.codes, str(value))


def _show_choices(field: Field, value: Value, codes: Codes) -> str:
    return " | ".join(codes.label(field.codes, key) for key in cast("tuple[str, ...]", value))


def _show_extents(field: Field, value: Value, codes: Codes) -> str:
    return " | ".join(
        codes.label(field.codes, key) + (f":{extent}" if extent else "")
        for key, extent in cast("Extents", value)
    )


def _show_personal_id(_field: Field, value: Value, _codes: Codes) -> str:
    return personal_id.show(str(value))


SHOWERS: dict[str, Callable[[Field, Value, Codes], str]] = {
    "text": _show_plain,
    "long_text": _show_plain,
    "phone": _show_plain,
    "date": _show_plain,
    "moment": _show_moment,
    "integer": _show_number,
    "decimal": _show_number,
    "yes_no": _show_yes_no,
    "choice": _show_choice,
    "choices": _show_choices,
    "extents": _show_extents,
    "personal_id": _show_personal_id,
}
