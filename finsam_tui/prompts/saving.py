"""A form of the register by prompts: begun or gone on with, kept as a draft, saved with the verbs.

The draft is stored after every answer, so that a line that drops costs no more than the one
being typed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import Conflict, FinsamError
from finsam_tui.forms.form import Refused
from finsam_tui.prompts.conflict import Choice, choose
from finsam_tui.prompts.form import Walk, yes
from finsam_tui.prompts.lines import Left
from finsam_tui.storage import access, drafts, lock_time, session, verbs
from finsam_tui.storage.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.prompts.lines import Lines
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id, Target

Clock = Callable[[], datetime]


class Interrupted(FinsamError):
    """The user broke off in the middle of a form; its draft is kept."""

    exit_code = 130


@dataclass(slots=True)
class Desk:
    """Where forms are filled in: the conversation, the register, and a clock of local time.

    `reopen` asks for what opens the register again once it has been locked; without it, it never
    is. `leaving` is told of the register each time it is about to be closed.
    """

    lines: Lines
    register: Register
    clock: Clock
    reopen: Callable[[], Register] | None = None
    leaving: Callable[[Register], None] = lambda _register: None

    def __post_init__(self) -> None:
        if self.reopen:
            self.lines.patience = lock_time.minutes(self.register) * 60.0

    def leave(self) -> None:
        """Close the register."""
        self.leaving(self.register)
        self.register.close()

    def lock(self) -> None:
        """Close the register, clear the screen, and go on when somebody has opened it again."""
        assert self.reopen  # noqa: S101 - else nobody is told to be idle
        self.leave()
        self.lines.patience = math.inf
        self.lines.clear()
        self.lines.tell("Registret låstes, för ingen svarade. Svaren finns kvar.")
        self.register = self.reopen()
        self.__post_init__()


def fill(desk: Desk, target: Target, *, resume: bool = False) -> Id | None:
    """Ask for the answers of a form and save them; return the record's id, None if it was left.

    With `resume`, a draft is gone on with and not asked about. Raises Interrupted at Ctrl+C, with
    the draft kept, KeyboardInterrupt where there is none, and Left, with the draft kept.
    """
    form = access.open_form(desk.register, target)
    draft = _resumed(desk, target, sure=resume)
    context = session.context(desk.register, target, desk.clock())
    begun = session.begin(desk.register, target, context)
    target = draft.target if draft else begun.target
    walk = Walk(
        desk.lines,
        form,
        context,
        draft.raws if draft else begun.raws,
        place=draft.field if draft else None,
        keep=lambda raws, field: _keep(desk, target, raws, field),
    )
    try:
        return _saved(desk, target, walk)
    except Left as left:
        walk.put_off(left.typed)
        raise
    except (KeyboardInterrupt, EOFError):
        if draft is None and not walk.answered:
            raise KeyboardInterrupt from None
        raise Interrupted(
            "avbrutet; svaren finns kvar som utkast och erbjuds nästa gång formuläret öppnas."
        ) from None


def _resumed(desk: Desk, target: Target, *, sure: bool) -> Draft | None:
    """Return the draft to go on with, if there is one and the user wants it.

    One that is not wanted stays until the first answer takes its place.
    """
    draft = drafts.find(desk.register, target)
    if draft is None or sure:
        return draft
    at = datetime.fromisoformat(draft.changed_at)
    wanted = yes(desk.lines, f"Det finns ett utkast från {at:%Y-%m-%d %H:%M}. Fortsätta med det?")
    return draft if wanted else None


def _keep(desk: Desk, target: Target, raws: Mapping[str, str], field: str) -> None:
    try:
        at = desk.clock().isoformat(timespec="seconds")
        drafts.keep(desk.register, Draft(target, raws, field, at))
    except FinsamError as error:
        desk.lines.tell(f"! {error}")


def _saved(desk: Desk, target: Target, walk: Walk) -> Id | None:
    """Ask and save, and ask again where the register says no."""
    walk.introduce()
    while (values := walk.values()) is not None:
        try:
            context = session.context(desk.register, target, desk.clock())
            return verbs.save_form(desk.register, target, values, context)
        except Refused as refused:
            walk.mend(refused.faults)
        except Conflict as conflict:
            choice = choose(desk.lines, walk.form, walk.context.codes, values, conflict)
            if choice is Choice.THEIRS:
                drafts.drop(desk.register, target)
                return None
            if choice is Choice.MINE:
                target = replace(target, version=cast("int", conflict.theirs["version"]))
                walk.agree()
        except FinsamError as error:  # another writer, a full disk: it may do in a moment
            desk.lines.tell(f"! {error}")
    if walk.answered:
        desk.lines.tell("Inget är sparat; svaren finns kvar som utkast.")
    return None
