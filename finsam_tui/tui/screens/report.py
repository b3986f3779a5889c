"""Rapport: the figures of a period, narrowed as one likes; to read, to save and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.errors import FieldError, FinsamError, InputError
from finsam_tui.report import catalogue, output
from finsam_tui.tui import report_files, report_texts
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.ask_line import AskLine
from finsam_tui.tui.widgets.page import Page
from finsam_tui.tui.widgets.report_about import Asked, about, choices
from finsam_tui.tui.widgets.report_view import Parts, ReportView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen

WHOLE = "Hela rapporten"
COUNTING = "Räknar …"


class Report(Place[None]):
    """The report: what it is of above, its sections on the left, itself on the right."""

    heading = "Rapport"
    page = "rapport"
    CSS_PATH = "../styles/report.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tight"), (120, "-roomy")]  # noqa: RUF012 - Textual types it so
    BINDING_GROUP_TITLE = "Rapport"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(
                str(place),
                f"report('{id}')",
                entry.short,
                f"Rapporten {entry.title}",
                id=f"report.{id}",
                show=False,
            )
            for place, (id, entry) in enumerate(catalogue.REPORTS.items(), 1)
        ),
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
        key("b", "bands", "Grupper", "Andra ålders- och månadsgrupper", id="report.b", show=False),
        key("u", "outside", "Utåt", "Döljer eller visar små antal", id="report.u", show=False),
        key("t", "text", "Text", "Skriver avsnittets text", id="report.text"),
        key("e", "save", "Spara", "Sparar det som visas i en fil", id="report.save"),
        key("p", "print_out", "Skriv ut", "Skriver ut det som visas", id="report.print"),
    ]

    def body(self) -> Iterable[Widget]:
        """Yield what it is of, the sections, the report, and the line for dates and file names."""
        self._asked = Asked(catalogue.DEFAULT, Period.year(self._today.year))
        self._made: report.Report | None = None
        self._hand = 0  # the section in hand, 0 for all of them
        self._counting = False
        self.line = AskLine()
        self.about, self.parts = Page(id="report-about"), Parts(id="report-parts")
        self.view = ReportView()
        yield self.line
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

        def counted(done: int, all_: int) -> None:
            told = f"{COUNTING} {done} av {all_}. Esc avbryter."
            self.app.call_from_thread(self._tell_counting, asked, told)

        def made(register: Register) -> report.Report:
            return asked.made(register, today, counted)

        self._tell_about()
        self._counting = True
        self.house.tell(COUNTING)
        self.ask(made, self._show, group="report", reader=self.house.counter)

    def _tell_counting(self, asked: Asked, told: str) -> None:
        """Say how far it has come, unless something else has been asked for since."""
        if self._counting and asked is self._asked and self.is_current:
            self.house.tell(told)

    def _show(self, made: report.Report) -> None:
        self._counting = False
        if self.house.told.text.startswith(COUNTING):
            self.house.tell("")
        restart = self._made is None or self._made.id != made.id
        self._made = made
        self._draw(restart=restart)

    def _draw(self, *, restart: bool) -> None:
        if self._made:
            names = [WHOLE, *(section.title for section in self._made.sections)]
            self._hand %= len(names)
            self.parts.show_names(names, self._hand)
            self.view.show(self._shown(self._made), restart=restart)
            self.refresh_bindings()

    def _shown(self, made: report.Report) -> report.Report:
        """Return all of the report, or only the section in hand."""
        if not self._hand:
            return made
        return made._replace(sections=(made.sections[self._hand - 1],), headlines=())

    def on_resize(self) -> None:
        """Tell what it is of in the new width."""
        self._tell_about()

    def _tell_about(self) -> None:
        width = self.size.width - 2
        self.about.show(about(self._asked, self.house.codes, self._today, width))

    # Keys

    def action_report(self, id: str) -> None:
        """Show another report, all of it."""
        self._hand = 0
        self._ask_for(self._asked._replace(id=id))

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

    def action_outside(self) -> None:
        """Hide what could point at somebody, or show it again."""
        self._ask_for(self._asked._replace(outside=not self._asked.outside))

    def _ask_for(self, asked: Asked) -> None:
        self._asked = asked
        self.reload()

    # A line to type in

    def action_own_period(self) -> None:
        """Let the first and the last day be typed."""
        words = "Period: ett år (2024), eller första och sista dag (1/1 30/6)"
        self.line.ask(words, "", lambda text: self._ask_for(self._asked.over(text, self._today)))

    def action_bands(self) -> None:
        """Let the bands of ages and months be typed."""
        words, asked = "Åldersgrupper, och antal månader i en grupp", self._asked
        self.line.ask(words, asked.bands, lambda text: self._ask_for(self._asked.banded(text)))

    def action_text(self) -> None:
        """Open the text of the section in hand; ask which where it has several."""
        parts = report_texts.parts(self._asked.id, self._made, self._hand)
        if not parts:
            raise InputError("Avsnittet har ingen text att skriva; välj ett med Tab.")
        if len(parts) == 1:
            self._write(parts[0])
        else:
            words = report_texts.choice(self.house.codes, parts)
            self.line.ask(words, "", lambda text: self._write(report_texts.chosen(parts, text)))

    def _write(self, part: str) -> None:
        self.line.stop()
        asked = self._asked
        report_texts.write(self.house, part, asked.period.last.year, asked.filters.programme)

    def action_save(self) -> None:
        """Let the name of a file be typed."""
        if self._made:
            self._ask_name(report_files.suggested(self._asked))

    def _ask_name(self, name: str) -> None:
        words = f"Spara i filen; slutet väljer sort: {report_files.ENDINGS}"
        self.line.ask(words, name, self._save)

    def _save(self, text: str) -> None:
        """Write the file off this thread; where that fails the name can be mended."""
        assert self._made is not None  # noqa: S101 - action_save
        path, form = report_files.chosen(text)
        shown = self._shown(self._made)
        report_files.note(self.house.register, "export", self._asked)

        def saved() -> None:
            try:
                output.write(shown, path, form)
            except FinsamError:
                self.app.call_from_thread(self._ask_name, text)
                raise
            self.app.call_from_thread(self.house.tell, f"Sparad i {path}. {output.PLAINTEXT}")

        self.house.tell("Sparar …")
        self.run_worker(saved, thread=True, exit_on_error=False)

    def on_ask_line_refused(self, event: AskLine.Refused) -> None:
        """Say why what was typed cannot be taken."""
        self.house.tell(event.reason, warning=True)

    def on_ask_line_done(self) -> None:
        """Give the arrows back to the report."""
        self.view.focus()

    def action_back(self) -> None:
        """Leave the line that is being typed, what is being counted, else the report."""
        if self.line.asking:
            self.line.stop()
            self.house.tell("")
        elif self._counting:
            self._counting = False
            self.forget("report")
            self.house.tell("Avbröts; det som syns är från förut.", warning=True)
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Esc while something is being typed or counted."""
        if action == "back" and (self.line.asking or self._counting):
            return True
        return super().check_action(action, parameters)

    # Printing

    def action_print_out(self) -> None:
        """Print what is shown."""
        if not output.has_printer():
            raise InputError("Datorn har inget utskriftsprogram (lp); spara i en fil med e.")
        if self._made:
            shown = self._shown(self._made)
            report_files.note(self.house.register, "print", self._asked)
            self.house.tell("Skriver ut …")
            self.run_worker(lambda: self._print(shown), thread=True, exit_on_error=False)

    def _print(self, shown: report.Report) -> None:
        output.print_out(shown)
        self.app.call_from_thread(self.house.tell, "Rapporten är skickad till skrivaren.")
