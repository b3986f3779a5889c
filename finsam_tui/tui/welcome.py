"""The first start: no register yet. Make one, look at the demo, or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from finsam_tui.tui.frame import Frame
from finsam_tui.tui.keys import key
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.page import Page, line
from finsam_tui.tui.widgets.record_list import RecordList, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from finsam_tui.tui.messages import Chosen


class Way(NamedTuple):
    """A way on: the command that is run, and what is said of it."""

    command: str
    text: str
    about: str


WAYS = (
    Way("demo", "Titta på demon", "ett påhittat förbund; inget sparas"),
    Way("init", "Gör ett nytt register", "förbund, insatser, medarbetare och lösenfras"),
    Way("", "Avsluta", ""),
)


class WelcomeApp(Frame[str]):
    """Returns the command that was chosen, "" for none."""

    ENABLE_COMMAND_PALETTE = False
    BINDING_GROUP_TITLE = "Första starten"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Avsluta", "Avslutar finsam", id="welcome.leave"),
        key("ctrl+q", "leave", "Avsluta", "Avslutar finsam", id="welcome.quit", show=False),
    ]

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Lay out what there is to say and to choose."""
        words = Page(id="welcome")
        words.show(
            [
                line("Välkommen till finsam.", "strong"),
                line(""),
                line("Det finns inget register än på"),
                line(self._path, "muted"),
                line(""),
                line("Välj med pilarna och Enter. Esc avslutar."),
                line(""),
            ]
        )
        yield words
        ways = RecordList[Way](
            [
                Column("Vad vill du göra?", lambda way: way.text, width=24),
                Column("", lambda way: way.about, tone="muted"),
            ],
            noun=("val", "val"),
            empty="",
        )
        ways.show(Window.of(WAYS))
        yield ways

    def on_chosen(self, event: Chosen) -> None:
        """Leave with the choice."""
        self.exit(event.row.command)

    def action_leave(self) -> None:
        """Leave without one."""
        self.exit("")
