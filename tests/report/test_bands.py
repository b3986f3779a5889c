"""Bands of ages and months as they are typed."""

from __future__ import annotations

import pytest

from finsam_tui.errors import FieldError
from finsam_tui.report.bands import age_bands, month_band, written
from finsam_tui.report.scope import OPTIONS


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("15-29,30-44,60-", ((15, 29), (30, 44), (60, None))),
        (" 16 – 19 , 20-", ((16, 19), (20, None))),
        ("18-18", ((18, 18),)),
        ("0-120", ((0, 120),)),
    ],
)
def test_ages_are_read(text: str, bands: tuple[tuple[int, int | None], ...]) -> None:
    assert age_bands(text) == bands
    assert age_bands(written(bands)) == bands


def test_the_usual_bands_can_be_typed() -> None:
    assert age_bands(written(OPTIONS.age_bands)) == OPTIONS.age_bands
    assert month_band(str(OPTIONS.month_band)) == OPTIONS.month_band


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "skrivs som"),
        ("unga", "skrivs som"),
        ("15-29,", "skrivs som"),
        ("15", "skrivs som"),
        ("-29", "skrivs som"),
        ("19900101-1234", "skrivs som"),
        (",".join(f"{n}-{n}" for n in range(21)), "skrivs som"),
        ("44-30", "slutar före"),
        ("15-29,29-44", "i ordning"),
        ("30-44,15-29", "i ordning"),
        ("15-,30-44", "i ordning"),
        ("15-121", "högst 120"),
    ],
)
def test_what_are_no_ages_is_refused_and_not_repeated(text: str, told: str) -> None:
    with pytest.raises(FieldError, match=told) as error:
        age_bands(text)
    assert "1990" not in str(error.value)


@pytest.mark.parametrize("text", ["", "0", "61", "-5", "5,5", "fem", "٣"])
def test_what_are_no_months_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="från 1 till 60"):
        month_band(text)
