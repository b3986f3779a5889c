"""Rapport: the figures of a period, narrowed as one likes; to read, to save and to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from finsam_tui import report
from finsam_tui.domain import periods
from finsam_tui.domain.periods import Period
from finsam_tui.errors import FieldError, FinsamError, InputError
from finsam_tui.report import catalogue, filters, output
from finsam_tui.report.render.formats import DEFAULT, FORMATS, by_suffix
from finsam_tui.text import clean
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.page import Page, Span, flowed, line
from finsam_tui.tui.widgets.report_view import Parts, ReportView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen

WHOLE = "Hela rapporten"
COUNTING = "Räknar …"
# Filter → its key. Sex is registered for everybody; who has no programme is nobody.
NARROWING = {"programme": "i", "municipality": "k", "coach": "c", "sex": "x"}
_PARTS = (("å", "år"), ("h", "halvår"), ("q", "kvartal"), ("d", "datum"))
_PLAINTEXT = "Filen är inte krypterad; lämna den inte kvar i onödan."


class Asked(NamedTuple):
    """What the report is of."""

    period: Period
    filters: report.Filters = report.Filters()


class Report(Place[None]):
    """The report: what it is of above, its sections on the left, itself on the right."""

    heading = "Rapport"
    page = "rapport"
    CSS_PATH = "../styles/report.tcss"
    BINDING_GROUP_TITLE = "Rapport"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "section(1)", "Avsnitt", "Nästa avsnitt", id="report.section"),
        key("shift+tab", "section(-1)", "Avsnitt", "Avsnittet före", id="report.back", show=False),
        key("left", "beside(-1)", "Förra", "Perioden före", id="report.before"),
        key("right", "beside(1)", "Nästa", "Perioden efter", id="report.after"),
        key("å", "part(12)", "År", "Ett helt år", id="report.year", show=False),
        key("h", "part(6)", "Halvår", "Ett halvår", id="report.half", show=False),
        key("q", "part(3)", "Kvartal", "Ett kvartal", id="report.quarter", show=False),
        key("d", "own_period", "Datum", "Från och med, till och med", id="report.own", show=False),
        key("i", "narrow('programme')", "Insats", "Nästa insats", id="report.i", show=False),
        key("k", "narrow('municipality')", "Kommun", "Nästa kommun", id="report.k", show=False),
        key("c", "narrow('coach')", "Coach", "Nästa coach", id="report.c", show=False),
        key("x", "narrow('sex')", "Kön", "Nästa kön", id="report.x", show=False),
        key("0", "all", "Alla", "Hela urvalet igen", id="report.all"),
        key("e", "save", "Spara", "Sparar det som visas som text eller JSON", id="report.save"),
        key("p", "print_out", "Skriv ut", "Skriver ut det som visas", id="report.print"),
    ]

    def body(self) -> Iterable[Widget]:
        """Yield what it is of, the sections, the report, and the line for dates and file names."""
        self._asked = Asked(Period.year(self._today.year))
        self._made: report.Report | None = None
        self._hand = 0  # the section in hand, 0 for all of them
        self._take: Callable[[str], None] | None = None  # what a typed line is for
        self.about, self.parts = Page(id="report-about"), Parts(id="report-parts")
        self.view = ReportView()
        self.words, self.field = Page(), Input(compact=True, id="report-field")
        with Vertical(id="report-line"):
            yield self.words
            yield self.field
        yield self.about
        with Horizontal(id="report-row"):
            yield self.parts
            yield self.view

    @property
    def _today(self) -> date:
        return self.house.clock().date()

    def on_mount(self) -> None:
        """Put the arrows in the report's hands."""
        self.view.focus()

    # Making and showing

    def reload(self) -> None:
        """Make the report anew, off this thread; one that is under way is given up."""
        asked, today = self._asked, self._today

        def made(register: Register) -> report.Report:
            return report.build(
                register, catalogue.DEFAULT, asked.period, asked.filters, today=today
            )

        self._tell_about()
        self.house.tell(COUNTING)
        self.ask(made, self._show, group="report")

    def _show(self, made: report.Report) -> None:
        if self.house.told.text == COUNTING:
            self.house.tell("")
        first, self._made = self._made is None, made
        self._draw(restart=first)

    def _draw(self, *, restart: bool) -> None:
        if self._made:
            names = [WHOLE, *(section.title for section in self._made.sections)]
            self._hand %= len(names)
            self.parts.show_names(names, self._hand)
            self.view.show(self._shown(self._made), restart=restart)

    def _shown(self, made: report.Report) -> report.Report:
        """Return all of the report, or only the section in hand."""
        if not self._hand:
            return made
        return made._replace(sections=(made.sections[self._hand - 1],), headlines=())

    def on_resize(self) -> None:
        """Tell what it is of in the new width."""
        self._tell_about()

    def _tell_about(self) -> None:
        asked = self._asked
        so_far = ", hittills" if self._today in asked.period else ""
        period = [(Span("← →", "heading"), Span(f" {asked.period.label}{so_far}", "strong"))]
        period += [(Span(letter, "heading"), Span(f" {name}")) for letter, name in _PARTS]
        labels = {narrow.key: narrow.label for narrow in asked.filters.told(self.house.codes)}
        narrowed = []
        for name, letter in NARROWING.items():
            told = f" {filters.LISTS[name][1]}: {labels.get(name, 'alla')}"
            narrowed.append((Span(letter, "heading"), Span(told, "strong" * (name in labels))))
        width = self.size.width - 2
        self.about.show([*flowed(period, width), *flowed(narrowed, width)])

    # Keys

    def action_section(self, step: int) -> None:
        """Show the next section, or the one before."""
        self._hand += step
        self._draw(restart=True)

    def on_chosen(self, event: Chosen) -> None:
        """Show the section that was clicked."""
        self._hand = event.row
        self._draw(restart=True)

    def action_beside(self, step: int) -> None:
        """Go to the next period, or the one before."""
        try:
            period = self._asked.period.beside(step)
        except FieldError as error:
            raise InputError(str(error)) from None
        self._ask_for(self._asked._replace(period=period))

    def action_part(self, months: int) -> None:
        """Show the year, half-year or quarter: the present one if it can be."""
        period, today = self._asked.period, self._today
        day = today if today in period else period.first
        self._ask_for(self._asked._replace(period=Period.part(day, months)))

    def action_narrow(self, name: str) -> None:
        """Narrow to the next value of a filter; after the last comes everybody again."""
        values = choices(self.house.codes, name)
        place = values.index(getattr(self._asked.filters, name))
        narrowed = self._asked.filters._replace(**{name: values[(place + 1) % len(values)]})
        self._ask_for(self._asked._replace(filters=narrowed))

    def action_all(self) -> None:
        """Take all filters away."""
        self._ask_for(self._asked._replace(filters=report.Filters()))

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.reload()

    # A line to type in

    def action_own_period(self) -> None:
        """Let the first and the last day be typed."""
        self._type("Period: ett år (2024), eller första och sista dag (1/1 30/6)", "", self._own)

    def _own(self, text: str) -> None:
        words = text.replace("–", " ").split()
        year = words[0] if len(words) == 1 and len(words[0]) == 4 else None  # noqa: PLR2004 - 2024
        first, last = (None, None) if year else (words[0], words[1] if len(words) > 1 else None)
        if len(words) > 2:  # noqa: PLR2004 - the first day and the last
            raise FieldError("Skriv två datum, det första och det sista.")
        period = periods.parse(year, first, last, self._today)
        self._ask_for(self._asked._replace(period=period))

    def action_save(self) -> None:
        """Let the name of a file be typed."""
        if self._made:
            name = f"~/rapport-{self._asked.period.first}-{self._asked.period.last}.txt"
            self._type("Spara i filen (.json ger JSON, annars text)", name, self._save)

    def _save(self, text: str) -> None:
        assert self._made is not None  # noqa: S101 - action_save
        path = Path(text).expanduser().absolute()
        if path.exists():
            raise InputError(f"{path} finns redan; välj ett annat namn.")
        form = FORMATS[by_suffix(path.suffix) or DEFAULT]
        output.write(self._shown(self._made), path, form)
        self.house.tell(f"Sparad i {path}. {_PLAINTEXT}")

    def _type(self, words: str, text: str, take: Callable[[str], None]) -> None:
        self.words.show([line(words, "strong")])
        self.field.value = text
        self._take = take
        self.add_class("-typing")
        self.field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what the line was typed for, or say why it cannot be done."""
        event.stop()
        try:
            if event.value.strip() and self._take:
                self._take(clean(event.value))
        except (FieldError, FinsamError, RuntimeError) as error:  # no such user: "~nobody/"
            self.house.tell(str(error), warning=True)
        else:
            self._stop_typing()

    def _stop_typing(self) -> None:
        self.remove_class("-typing")
        self._take = None
        self.view.focus()

    def action_back(self) -> None:
        """Leave the line that is being typed, else the report."""
        if self._take:
            self._stop_typing()
            self.house.tell("")
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Esc while something is being typed."""
        if action == "back" and self._take:
            return True
        return super().check_action(action, parameters)

    # Printing

    def action_print_out(self) -> None:
        """Print what is shown."""
        if not output.has_printer():
            raise InputError("Datorn har inget utskriftsprogram (lp); spara i en fil med e.")
        if self._made:
            shown = self._shown(self._made)
            self.house.tell("Skriver ut …")
            self.run_worker(lambda: self._print(shown), thread=True, exit_on_error=False)

    def _print(self, shown: report.Report) -> None:
        output.print_out(shown)
        self.app.call_from_thread(self.house.tell, "Rapporten är skickad till skrivaren.")


def choices(codes: Codes, name: str) -> list[str]:
    """Return what a filter goes through: everybody, each value, and who has none."""
    list_name, _ = filters.LISTS[name]
    missing = [filters.MISSING] if name in ("municipality", "coach") else []
    return [filters.ALL, *(code.key for code in codes.every(list_name)), *missing]
