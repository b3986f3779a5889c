"""An app with one form in it, and what the tests of forms have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from finsam_tui.forms import catalogue
from finsam_tui.forms.codes import Code, Codes, default_codes
from finsam_tui.forms.field import Context
from finsam_tui.tui.screens.form import FormResult, FormScreen
from finsam_tui.tui.theme import THEMES
from finsam_tui.tui.widgets.form_state import FormState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from finsam_tui.errors import Conflict
    from finsam_tui.forms.field import Value, Values

TODAY = date(2026, 3, 16)  # a Monday
NOW = datetime(2026, 3, 16, 9, 0)
MUNICIPALITIES = ("Askersund", "Hallsberg", "Kumla", "Laxå", "Lekeberg", "Örebro", "Nora")
CODES = Codes(
    [
        *default_codes(),
        Code("programme", "SAM", "Samordningsteamet", 1),
        Code("programme", "UNG", "Ung framtid", 2),
        Code("staff", "ulla", "Ulla Ek", 1),
        *(Code("municipality", str(1880 + i), name, i) for i, name in enumerate(MUNICIPALITIES)),
    ]
)
AT_CLOSURE: Values = {
    "step": "getting_going",
    "livelihood": ("income_support", "wage"),
    "occupation": (("studies", 50),),
    "responsible": "municipality",
    "hours": 20,
}
CLOSED: Values = {"positive_step": 1, "end_date": "2025-09-15", "start_date": "2024-09-15"}


def context(*, facts: Values | None = None, previous: Values | None = None) -> Context:
    return Context(CODES, TODAY, NOW, facts=facts or {}, previous=previous or {}, user="ulla")


def call_context() -> Context:
    """What is known at a follow-up call to somebody who had taken a step."""
    return context(facts=CLOSED, previous=AT_CLOSURE)


def state(name: str, raws: Mapping[str, str] | None = None, **known: Values) -> FormState:
    return FormState(catalogue.form(name), context(**known), raws)


def type_in(form: FormState, *keys: str) -> None:
    """Press keys by name; a word in quotes, "'hej'", is typed letter by letter."""
    for key in keys:
        if key.startswith("'"):
            for character in key.strip("'"):
                form.press(character, character)
        else:
            form.press(
                key, {"space": " ", "equals_sign": "="}.get(key, key if len(key) == 1 else None)
            )


class FormApp(App[None]):
    """A house with one form."""

    TITLE = "prov"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(  # noqa: PLR0913 - as many as the screen has
        self,
        name: str,
        known: Context | None = None,
        *,
        save: Callable[[Mapping[str, Value], Conflict | None], object] | None = None,
        drafts: bool = True,
        raws: Mapping[str, str] | None = None,
        field: str = "",
        resumed: bool = False,
        subtitle: str = "Anna Andersson",
    ) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.saved: list[dict[str, Value]] = []
        self.kept: list[tuple[dict[str, str], str]] = []
        self.results: list[FormResult | None] = []
        self.form = FormScreen(
            catalogue.form(name),
            known or context(),
            save=save or self.save,
            keep=(lambda raws, field: self.kept.append((dict(raws), field))) if drafts else None,
            raws=raws,
            field=field,
            resumed=resumed,
            subtitle=subtitle,
        )

    def save(self, values: Mapping[str, Value], _over: Conflict | None) -> int:
        self.saved.append(dict(values))
        return len(self.saved)

    def on_mount(self) -> None:
        self.push_screen(self.form, self.results.append)

    @property
    def lines(self) -> list[str]:
        """What the form shows, line by line."""
        return [line.text for line in self.form.view.picture.lines]
