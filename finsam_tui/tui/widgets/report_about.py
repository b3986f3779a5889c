"""What a report is of, as the Rapport screen asks for it and tells it in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui import report
from finsam_tui.domain import periods
from finsam_tui.errors import FieldError
from finsam_tui.report import bands, catalogue, filters, hiding
from finsam_tui.report.scope import OPTIONS
from finsam_tui.tui.widgets.page import Span, flowed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from finsam_tui.domain.periods import Period
    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.building import Progress
    from finsam_tui.report.scope import Options
    from finsam_tui.storage.register import Register
    from finsam_tui.tui.widgets.page import Line

# Filter → its key. Sex is registered for everybody; who has no programme is nobody.
NARROWING = {"programme": "i", "municipality": "k", "coach": "c", "sex": "x"}
_PARTS = (("å", "år"), ("h", "halvår"), ("q", "kvartal"), ("d", "datum"))


class Asked(NamedTuple):
    """Which report, of what; `outside` without what could point at somebody."""

    id: str
    period: Period
    filters: report.Filters = report.Filters()
    options: Options = OPTIONS
    outside: bool = False

    def over(self, text: str, today: date) -> Asked:
        """Return the same of the period typed: a year, or a first and a last day."""
        words = text.replace("–", " ").split()
        if len(words) > 2:  # noqa: PLR2004 - the first day and the last
            raise FieldError("Skriv två datum, det första och det sista.")
        first, last = (*words, None)[:2]
        if last is None and first is not None and len(first) == 4:  # noqa: PLR2004 - 2024
            return self._replace(period=periods.parse(first, None, None, today))
        return self._replace(period=periods.parse(None, first, last, today))

    @property
    def bands(self) -> str:
        """The bands as `banded` reads them."""
        return f"{bands.written(self.options.age_bands)} / {self.options.month_band}"

    def banded(self, text: str) -> Asked:
        """Return the same in the bands typed: of ages, and after a slash of months."""
        ages, _, months = text.partition("/")
        options = self.options._replace(age_bands=bands.age_bands(ages.strip()))
        if months.strip():
            options = options._replace(month_band=bands.month_band(months.strip()))
        return self._replace(options=options)

    def made(self, register: Register, today: date, progress: Progress) -> report.Report:
        """Return the report."""
        made = report.build(
            register,
            self.id,
            self.period,
            self.filters,
            today=today,
            options=self.options,
            progress=progress,
        )
        return hiding.hide(made, hiding.EXTERNAL) if self.outside else made


def about(asked: Asked, codes: Codes, today: date, width: int) -> list[Line]:
    """Return the lines that tell what is asked for and which key changes it."""
    return [
        *flowed(_reports(asked), width, "  "),
        *flowed(_period(asked, today), width),
        *flowed(_narrowed(asked, codes), width),
    ]


def choices(codes: Codes, name: str) -> list[str]:
    """Return what a filter goes through: everybody, each value, and who has none."""
    list_name, _ = filters.LISTS[name]
    missing = [filters.MISSING] if name in ("municipality", "coach") else []
    return [filters.ALL, *(code.key for code in codes.every(list_name)), *missing]


def _reports(asked: Asked) -> Iterator[Line]:
    for place, (id, entry) in enumerate(catalogue.REPORTS.items(), 1):
        yield _key(str(place), entry.short, strong=id == asked.id)


def _period(asked: Asked, today: date) -> Iterator[Line]:
    so_far = ", hittills" if today in asked.period else ""
    yield _key("← →", f"{asked.period.label}{so_far}", strong=True)
    for letter, name in _PARTS:
        yield _key(letter, name)
    hidden = f"utåt: <{hiding.EXTERNAL} dolt" if asked.outside else "utåt"
    yield _key("u", hidden, strong=asked.outside)


def _narrowed(asked: Asked, codes: Codes) -> Iterator[Line]:
    labels = {narrow.key: narrow.label for narrow in asked.filters.told(codes)}
    for name, letter in NARROWING.items():
        told = f"{filters.LISTS[name][1]}: {labels.get(name, 'alla')}"
        yield _key(letter, told, strong=name in labels)
    yield _key("b", "grupper", strong=asked.options != OPTIONS)


def _key(letter: str, text: str, *, strong: bool = False) -> Line:
    return (Span(letter, "heading"), Span(f" {text}", "strong" * strong))
