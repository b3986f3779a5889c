"""Reads the bands that a reader wants ages and times told in."""

from __future__ import annotations

import re
from itertools import pairwise

from finsam_tui.errors import FieldError

OLDEST = 120  # years
WIDEST = 60  # months
MOST = 20  # bands: more do not fit on paper

_BAND = re.compile(r"(?a)\s*(\d{1,3})\s*[-–]\s*(\d{1,3})?\s*")


def age_bands(text: str) -> tuple[tuple[int, int | None], ...]:
    """Return the first and last age of each band in "15-29,30-44,60-"; raises FieldError.

    Bands come in order and leave each other alone; there may be ages between them.
    """
    matches = [_BAND.fullmatch(part) for part in text.split(",")]
    bands = tuple((int(m[1]), int(m[2]) if m[2] else None) for m in matches if m)
    if len(bands) < len(matches) or len(bands) > MOST:
        raise FieldError(f"Åldrarna skrivs som 15-29,30-44,60- och är högst {MOST} grupper.")
    if any(last is not None and last < first for first, last in bands):
        raise FieldError("En åldersgrupp slutar före sin början; byt plats på åldrarna.")
    for (_, last), (first, _) in pairwise(bands):
        if last is None or first <= last:
            raise FieldError("Åldersgrupperna ska komma i ordning och inte gå in i varandra.")
    if any(max(first, last or 0) > OLDEST for first, last in bands):
        raise FieldError(f"En ålder är högst {OLDEST} år.")
    return bands


def month_band(text: str) -> int:
    """Return how many months a band has; raises FieldError."""
    if not re.fullmatch(r"(?a)\d{1,2}", text) or not 1 <= int(text) <= WIDEST:
        raise FieldError(f"Månaderna i en grupp är ett heltal från 1 till {WIDEST}.")
    return int(text)


def written(bands: tuple[tuple[int, int | None], ...]) -> str:
    """Return bands as `age_bands` reads them."""
    return ",".join(f"{first}-{'' if last is None else last}" for first, last in bands)
