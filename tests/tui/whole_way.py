"""One person's whole way, from F2 to the call 18 months after the closure, as keys to press.

The test presses them in the app and looks at the stored rows; `scripts/walk.py` presses them in a
real terminal and keeps what the screen shows.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tests.storage.rows import Rows

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

SIZE = (80, 24)
USER = "sam"


class Step(NamedTuple):
    """Keys pressed one after the other at a moment, 'quoted' where they are typed letters.

    `shows` is what must then stand on the screen.
    """

    name: str
    at: datetime
    keys: tuple[str, ...]
    shows: str


def step(name: str, at: str, keys: str, shows: str) -> Step:
    """Return a step from its keys as they are written down, with "|" between them."""
    return Step(name, datetime.fromisoformat(at), tuple(keys.split("|")), shows)


SPRING, APRIL, AUTUMN = "2024-03-15T09:00", "2024-04-15T10:30", "2024-11-15T14:00"
SIX_MONTHS, EIGHTEEN_MONTHS = "2025-05-16T09:10", "2026-05-15T13:20"
ANSWERED = "1|enter|enter|=|1|enter|n|n|4|j|ctrl+s"

STEPS = (
    step("idag", SPRING, "f4", "Inget att göra just nu."),
    step("vem", SPRING, "f2|'Åsa Öberg'", "+ Ny deltagare"),
    step(
        "deltagare",
        SPRING,
        "enter|1|'900517-9826'|enter|enter|enter|enter|1|1|'070-174 06 07'|enter",
        "19900517-9826",
    ),
    step("aktualisering", SPRING, "ctrl+s|1|enter|1|1", "Arbetsförmedlingen"),
    step(
        "inskrivning",
        SPRING,
        "ctrl+s|enter|enter|1|enter|2|3|enter|1|5|enter|enter|5|enter|3|'5'|enter",
        "Ekonomiskt bistånd",
    ),
    step("kort", SPRING, "ctrl+s", "n Anteckna"),
    step("screening", SPRING, "v|enter|j|1|j|3|enter|2|2|2|2|2|2|2|n|enter|n", "Pågående fara"),
    step("ors", SPRING, "ctrl+s|o|enter|enter|'4,1'|enter|'5'|enter|'3,2'|enter|'4'|enter", "16,3"),
    step("plan", SPRING, "ctrl+s|p|enter|'Arbetsträning på halvtid'|enter", "Arbetsträning"),
    step(
        "anteckning", SPRING, "ctrl+s|n|enter|'Första mötet. Åsa vill börja i liten skala.'", "Åsa"
    ),
    step("tidslinje", SPRING, "ctrl+s", "Första mötet"),
    step("bedomning", APRIL, "f4|f3|'åsa'|enter|b|enter|2|=", "Kom i gång"),
    step(
        "avslut",
        AUTUMN,
        "ctrl+s|f4|f3|'åsa'|enter|a|enter|1|4|enter|enter|7|n|3|'lön'|enter|enter|1|enter|6|'20'|enter",
        "[ Spara ]",
    ),
    step(
        "avslut-ors",
        AUTUMN,
        "'7,5'|enter|'8'|enter|'6,5'|enter|'7'|enter|enter|enter",
        "29,0 räknas ut",
    ),
    step("avslutat", AUTUMN, "ctrl+s", "Avslutad 15 nov 2024"),
    step("kon", SIX_MONTHS, "f4", "Samtal 6 månader"),
    step("samtal-6", SIX_MONTHS, "f5", "070-174 06 07"),
    step("samtal-6-sparat", SIX_MONTHS, ANSWERED, "Inga fler samtal"),
    step("samtal-18", EIGHTEEN_MONTHS, "f5", "18 månader efter avslut"),
    step("samtal-18-sparat", EIGHTEEN_MONTHS, ANSWERED, "Inga fler samtal"),
    step("efterat", EIGHTEEN_MONTHS, "f3|'åsa'|enter", "uppföljning 18 månader"),
)


def furnish(register: Register) -> Rows:
    """Lay in what a team has before its first participant: programme, calls, staff."""
    rows = Rows(register)
    rows.association()
    rows.change("staff", "S1", slot=USER)
    for months in ("6", "18"):
        rows.add("programme_follow_up", programme_id="SAM", months=months)
    return rows
