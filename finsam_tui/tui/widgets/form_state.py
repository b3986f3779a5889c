"""A form being filled in, without a screen: what stands where, and what each key does.

Keys and text go in, by the names that Textual gives keys; the answers as text (`raws`), the field
in hand, the faults and the question to ask come out. The widget draws this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.tui.widgets.form_answers import Answers
from finsam_tui.tui.widgets.form_editors import EDITORS
from finsam_tui.tui.widgets.line_editors import Did, Editor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from finsam_tui.forms.field import Context, Field, Value
    from finsam_tui.forms.form import Fault, Form

PAGE = 8  # fields that Page Up and Page Down go past
LONGEST_PASTE = 20_000  # characters; the longest field takes half of it
PROSE = ("text", "long_text")


class Act(Enum):
    """What came of a key."""

    IGNORED = "ignored"  # the key is somebody else's
    DONE = "done"
    SAVE = "save"  # Enter on the row that saves, or a question answered on the way


@dataclass(frozen=True, slots=True)
class Hand:
    """The field in hand and its live editor."""

    field: Field
    editor: Editor


class FormState:
    """One form on its way to be saved. `hand` is the field in hand, None on the row that saves."""

    def __init__(
        self,
        form: Form,
        context: Context,
        raws: Mapping[str, str] | None = None,
        *,
        field: str = "",
        resumed: bool = False,
    ) -> None:
        """Take up the form at `field`, or at its first.

        `raws` is what stands in it, field → text; None gives a new form's defaults. `resumed` says
        that they are a draft, in which typing goes on where it was left.
        """
        self.form = form
        self.answers = Answers(form, context, raws)
        self.question: Fault | None = None
        self.message = ""
        self._accepted: set[Fault] = set()
        self._started_with = None if resumed else _given(self.answers.raws)
        self._rest = ""  # what is left to type of a "nej" that its first letter answered
        names = [f.name for f in self.answers.visible]
        self.hand = self._taken(field if field in names else names[0])
        if resumed and self.hand:
            self.hand.editor.typed.fresh = False

    # What there is to see

    def live(self) -> dict[str, str]:
        """Return every answer as text, the half typed one too: what a draft keeps."""
        live = {self.hand.field.name: self.hand.editor.raw} if self.hand else {}
        return {**self.answers.raws, **live}

    @property
    def touched(self) -> bool:
        """Whether anything stands there that did not from the start."""
        return _given(self.live()) != self._started_with

    @property
    def place(self) -> int:
        """The number of the field in hand among those asked, from 1; one more on the save row."""
        visible = self.answers.visible
        return visible.index(self.hand.field) + 1 if self.hand else len(visible) + 1

    @property
    def live_value(self) -> Value:
        """What the text being typed is read as; None while it cannot be."""
        if self.hand is None:
            return None
        try:
            return self.answers.parse(self.hand.field, self.hand.editor.raw)
        except FieldError:
            return None

    def derived(self) -> dict[str, Value]:
        """Return what follows from the answers, the half typed one too, for empty fields."""
        values = dict(self.answers.values)
        if self.hand and self.hand.field.kind not in PROSE:
            values[self.hand.field.name] = self.live_value
        return self.answers.derived(values)

    def earlier(self) -> dict[str, str]:
        """Return what "=" would put in the field in hand and the empty ones after it."""
        field = self.hand.field if self.hand else None
        return self.answers.earlier(field) if field and field.same_as else {}

    # Keys

    def press(self, key: str, character: str | None = None) -> Act:
        """Do what a key does; `character` is what it types, if anything."""
        told, self.message = self.message, ""
        if self.question:
            act = self._press_at_question(key, character)
        elif self.hand:
            act = self._press_in_hand(self.hand, key, character)
        else:
            act = Act.SAVE if key == "enter" else self._move_by(key)
        if act is Act.IGNORED:
            self.message = told
        return act

    def _press_in_hand(self, hand: Hand, key: str, character: str | None) -> Act:
        if character is not None and self._is_rest(hand, character):
            return Act.DONE
        self._rest = ""
        if character == "=" and hand.field.same_as:
            self._repeat(hand)
            return Act.DONE
        did = hand.editor.press(key, character)
        if did is Did.NOTHING:
            return self._move_by(key)
        self._follow(hand, did, character)
        return Act.DONE

    def _move_by(self, key: str) -> Act:
        if key not in MOVES:
            return Act.IGNORED
        MOVES[key](self)
        return Act.DONE

    def paste(self, text: str) -> None:
        """Take pasted text into the field in hand, or say why it cannot be kept."""
        if self.hand is None or self.question:
            return
        name = self.hand.field.name
        if len(text) > LONGEST_PASTE:
            self.answers.faults[name] = "Texten är för lång för att klistras in; dela upp den."
            return
        try:
            self.hand.editor.paste(text)
        except FieldError as error:
            self.answers.faults[name] = str(error)
        else:
            self.answers.faults.pop(name, None)

    def _press_at_question(self, key: str, character: str | None) -> Act:
        if key.lower() in ("j", "n", "escape"):
            return Act.SAVE if self.answer(yes=key.lower() == "j") else Act.DONE
        # Nothing else is heard, so that no key meant for the form answers by accident.
        return Act.DONE if character or key == "enter" or key in MOVES else Act.IGNORED

    def _is_rest(self, hand: Hand, character: str) -> bool:
        """Whether this goes on spelling the "nej" that its first letter already answered.

        Only where the next field is yes or no too: there the j of "nej" would answer it.
        """
        if hand.field.kind != "yes_no" or character.lower() != self._rest[:1]:
            return False
        self._rest = self._rest[1:]
        return True

    def _follow(self, hand: Hand, did: Did, character: str | None) -> None:
        """Go on after an answer, but stop once at one that cannot be read."""
        faults, name, raw = self.answers.faults, hand.field.name, hand.editor.raw
        if did is Did.EDITED:
            faults.pop(name, None)
            return
        if did is Did.ANSWERED and character and hand.field.kind == "yes_no":
            self._rest = raw[1:] if raw.lower().startswith(character.lower()) else ""
        refusal = self.answers.refusal(hand.field, raw)
        if refusal and faults.get(name) != refusal:
            faults[name] = refusal
        else:
            self.forward()

    def _repeat(self, hand: Hand) -> None:
        """Take the earlier occasion's answers, and go past the fields that have them."""
        run, raws = self.answers.run(hand.field), self.answers.earlier(hand.field)
        if not raws:
            self.message = "Det finns inget tidigare svar att ta."
            return
        self.answers.raws |= raws
        self.answers.read()
        self.hand = self._taken(run[-1].name)
        self.forward()

    # Moves

    def go(self, name: str) -> None:
        """Leave the field in hand for another that is asked; "" is the row that saves."""
        self.leave()
        if not name or self.form.by_name[name] in self.answers.visible:
            self.hand = self._taken(name)

    def forward(self) -> None:
        """Go to the next field that is asked, as the answer just given has it."""
        if self.hand is None:
            return
        rest = self.form.fields[self.form.fields.index(self.hand.field) + 1 :]
        self.leave()
        self.hand = self._taken(next((f.name for f in rest if f in self.answers.visible), ""))

    def move(self, step: int) -> None:
        """Go so many fields on or back."""
        index = max(0, self.place - 1 + step)
        self.leave()
        visible = self.answers.visible
        self.hand = self._taken(visible[index].name if index < len(visible) else "")

    def leave(self) -> None:
        """Commit what is in hand."""
        if self.hand:
            self.hand.editor.settle()
            self.answers.commit(self.hand.field, self.hand.editor.raw)

    def _taken(self, name: str) -> Hand | None:
        """Return a field with a new editor, as taken in hand; None for the row that saves."""
        field = self.form.by_name.get(name)
        if field is None:
            return None
        raw = self.answers.raws.get(name, "")
        return Hand(field, EDITORS[field.kind](field.kind, raw, self.answers.options(field)))

    # The way out

    def finish(self) -> dict[str, Value] | None:
        """Return the values to save, or None: the first fault is gone to, or a question stands."""
        self.leave()
        reading = self.answers.read()
        self.refuse(reading.refusals)
        if reading.refusals:
            return None
        self.question = next((q for q in reading.questions if q not in self._accepted), None)
        if self.question:
            self._show_first([self.question.field])
            return None
        return reading.values

    def refuse(self, refusals: Sequence[Fault]) -> None:
        """Tell the faults that stand in the way, and go to the first."""
        faults = {fault.field: fault.message for fault in refusals}
        self.answers.faults = faults
        if not faults:
            return
        self._show_first(list(faults))
        # A fault of a field that is not asked has no other place to be told.
        hidden = [name for name in faults if self.form.by_name[name] not in self.answers.visible]
        self.message = faults[hidden[0]] if hidden else ""

    def _show_first(self, names: list[str]) -> None:
        here = self.hand.field.name if self.hand else ""
        first = next((f.name for f in self.answers.visible if f.name in names), here)
        self.hand = self._taken(first)  # anew, even if it was in hand: it has been left

    def answer(self, *, yes: bool) -> bool:
        """Answer the question that stands; return whether the way to save is open again."""
        if self.question is None:
            return False
        if yes:
            self._accepted.add(self.question)
        self.question = None
        return yes


def _given(raws: Mapping[str, str]) -> dict[str, str]:
    """Return the answers without the empty ones, which are the same as none."""
    return {name: raw for name, raw in raws.items() if raw}


MOVES: dict[str, Callable[[FormState], None]] = {
    **dict.fromkeys(("tab", "down"), FormState.forward),
    **dict.fromkeys(("shift+tab", "up"), lambda state: state.move(-1)),
    "pagedown": lambda state: state.move(PAGE),
    "pageup": lambda state: state.move(-PAGE),
    "ctrl+home": lambda state: state.move(-len(state.form.fields)),
    "ctrl+end": lambda state: state.move(len(state.form.fields)),
}
