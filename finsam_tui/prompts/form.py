"""Walks through a form question by question, until its answers can be saved.

It knows no register: answers as text go in, the values to save come out. `<` goes back, `?` helps,
`=` repeats an earlier occasion, `-` empties, and Enter takes the answer that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.prompts import questions
from finsam_tui.prompts.lines import Left
from finsam_tui.text import long_date, safe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from finsam_tui.forms.field import Context, Field, Value
    from finsam_tui.forms.form import Fault, Form
    from finsam_tui.prompts.lines import Lines
    from finsam_tui.prompts.questions import Question

# Keeps the draft: field → text, and the field in hand, "" for none. Called after every answer.
Keep = Callable[[Mapping[str, str], str], None]

SHORTCUTS = "Enter tar svaret inom [ ] eller hoppar över, < backar, - tömmer, ? hjälper."
EARLIER = {"closure": "vid avslut", "latest": "senast"}
DONE = ""  # the place after the last question
SHOWN = 60  # characters of an answer inside a prompt


class Walk:
    """A form under way. `raws` are its answers, field → text; `place` the field in hand."""

    def __init__(  # noqa: PLR0913 - each may differ from form to form
        self,
        lines: Lines,
        form: Form,
        context: Context,
        raws: Mapping[str, str] | None = None,
        *,
        place: str | None = None,
        keep: Keep | None = None,
        only: Collection[str] = (),
    ) -> None:
        """Begin with `raws` (None: the defaults) at `place`, or at the first question.

        `only` names the fields that are asked; where it is empty, all are.
        """
        self.form, self.context = form, context
        self.raws = dict(form.defaults(context) if raws is None else raws)
        self.answered = False
        self._lines, self._keep, self._only = lines, keep, only
        self._accepted: set[Fault] = set()
        self._agreed = False
        self._mending = False  # on the way from fault to fault, not from question to question
        self._typed = ""  # what was refused, to go on with
        self._told = ""  # the field whose answers have been listed
        names = [field.name for field in self._asked()]
        known = place is not None and place in (*names, DONE)
        self.place = place if place is not None and known else names[0]
        before = names.index(self.place) if self.place else len(names)
        self._seen = set(names[:before])

    def introduce(self) -> None:
        """Tell which form it is, and the marks that answer any question."""
        self._tell([*filter(None, (self.form.title, self.form.intro)), SHORTCUTS])

    def values(self) -> dict[str, Value] | None:
        """Ask until all is well; return the values, or None when the first question is left."""
        while True:
            if self.place == DONE:
                values = self._finished()
                if values is not None:
                    return values
            elif not self._ask(self.form.by_name[self.place]):
                return None

    def mend(self, faults: Sequence[Fault]) -> None:
        """Tell what is wrong and go to the first field that is: after a save that was refused."""
        asked = {field.name for field in self._asked()}
        for fault in faults:
            label = self.form.by_name[fault.field].label
            named = fault.message.startswith(label)
            self._lines.tell(f"! {fault.message}" if named else f"! {label}: {fault.message}")
        self._mending = True
        wrong = [fault.field for fault in faults if fault.field in asked]
        self.place = wrong[0] if wrong else self._asked()[0].name

    def agree(self) -> None:
        """Have the answers saved as they are: the user has said so, elsewhere than here."""
        self._agreed = True

    def put_off(self, typed: str) -> None:
        """Keep the draft, with what the answer to the question in hand began with."""
        if typed and self.place:
            self.raws[self.place] = typed
            self.answered = True
        if self._keep and self.answered:
            self._keep(self.raws, self.place)

    # One question

    def _ask(self, field: Field) -> bool:
        """Ask for one field and do what is answered; return False to leave the form."""
        parent = self._values().get(field.parent) if field.parent else None
        narrowed = parent if isinstance(parent, str) else None
        question = questions.ask(field, self.context.codes, narrowed)
        if self._told != field.name:
            self._tell(question.listed())
            self._told = field.name
        typed, self._typed = self._lines.ask(self._prompt(field), self._typed).strip(), ""
        if typed == "<":
            return self._back(field)
        if typed == "?":
            self._tell(self._help(question))
        elif typed == "=" and field.same_as:
            self._repeat(field)
        else:
            self._take(question, self._continued(question, typed))
        return True

    def _prompt(self, field: Field) -> str:
        stands = self.raws.get(field.name, "")
        earlier = self._earlier([field]).get(field.name, "") if field.same_as else ""
        marks = [
            "*" * field.required,
            f"[{_short(stands)}]" * bool(stands),
            f"(= {_short(earlier)})" * bool(earlier),
        ]
        return " ".join([field.label, *filter(None, marks)]) + ":"

    def _help(self, question: Question) -> list[str]:
        earlier = EARLIER.get(question.field.same_as, "")
        repeats = [f"= upprepar svaren {earlier}."] if earlier else []
        return [*question.help(), *repeats, SHORTCUTS]

    def _continued(self, question: Question, typed: str) -> str:
        """Return an answer with the further lines that a mark at the end announces."""
        rows = [typed]
        while question.several_lines and rows[-1].endswith(questions.CONTINUES):
            rows[-1] = rows[-1].removesuffix(questions.CONTINUES)
            try:
                rows.append(self._lines.ask("…").rstrip())
            except Left as left:
                left.typed = "\n".join([*rows, left.typed])
                raise
        return "\n".join(rows)

    def _take(self, question: Question, typed: str) -> None:
        """Let an answer stand and go on, or tell why it cannot."""
        field, stands = question.field, self.raws.get(question.field.name, "")
        raw = question.read(typed) if typed else stands
        if typed == "-" and stands:
            raw = ""
        try:
            value = self.form.parse(field.name, raw, self._values(), self.context)
            if field.required and value is None:
                raise field.missing()
        except FieldError as error:
            self._lines.tell(f"! {error}")
            self._typed = typed
            return
        text = self._in_full(field, raw, value)
        self._echo(field, typed, text, value)
        self._stand({field.name: text}, field)

    def _in_full(self, field: Field, raw: str, value: Value) -> str:
        """Return `raw` as it is read today: tomorrow, "+1 9" would be another moment."""
        text = field.show(value, self.context.codes)
        try:
            again = self.form.parse(field.name, text, self._values(), self.context)
        except FieldError:
            return raw
        return text if again == value else raw

    def _echo(self, field: Field, typed: str, text: str, value: Value) -> None:
        """Tell what an answer was read as, where it does not say so itself."""
        if not typed or typed == text or field.kind in ("text", "long_text"):
            return
        if field.kind == "date" and value is not None:
            text = long_date(date.fromisoformat(str(value)))
        elif field.kind == "moment" and value is not None:
            moment = datetime.fromisoformat(str(value))
            text = f"{long_date(moment.date())} {moment:%H:%M}"
        self._lines.tell(f"  = {safe(text) or 'tomt'}")

    def _repeat(self, field: Field) -> None:
        """Take the earlier occasion's answers in this field and the empty ones that follow."""
        run = self._run(field)
        texts = self._earlier([f for f in run if f is field or not self.raws.get(f.name)])
        if not texts:
            self._lines.tell("! Det finns inget tidigare svar att ta.")
            return
        for name, text in texts.items():
            self._lines.tell(f"  {self.form.by_name[name].label}: {safe(text)}")
        self._seen |= {f.name for f in run}
        self._stand(texts, run[-1])

    def _run(self, field: Field) -> list[Field]:
        """Return the fields from `field` on that the same earlier occasion can answer."""
        asked = self._asked()
        rest = asked[asked.index(field) :]
        other = next((i for i, each in enumerate(rest) if not each.same_as), len(rest))
        return rest[:other]

    def _earlier(self, fields: Sequence[Field]) -> dict[str, str]:
        previous, codes = self.context.previous, self.context.codes
        texts = {field.name: field.show(previous.get(field.name), codes) for field in fields}
        return {name: text for name, text in texts.items() if text}

    # The way through

    def _stand(self, texts: Mapping[str, str], field: Field) -> None:
        """Let answers stand, go to the question after `field`, and keep the draft."""
        self.raws.update(texts)
        self._seen.add(field.name)
        self.answered = True
        index = self.form.fields.index(field)
        rest = [f.name for f in self._asked() if self.form.fields.index(f) > index]
        self._go(next((n for n in rest if not self._mending or n not in self._seen), DONE))

    def _back(self, field: Field) -> bool:
        """Go to the question before `field`; False where there is none."""
        names = [f.name for f in self._asked()]
        index = names.index(field.name)
        self._mending = False
        if index:
            self._go(names[index - 1])
        return index > 0

    def _go(self, place: str) -> None:
        self.place, self._typed, self._told = place, "", ""
        if self._keep and self.answered:
            self._keep(self.raws, place)

    def _finished(self) -> dict[str, Value] | None:
        """Return the values where all is well and the user says so, else None."""
        reading = self.form.read(self.raws, self.context)
        if reading.refusals:
            self.mend(reading.refusals)
            return None
        for question in reading.questions:
            if question not in self._accepted and not self._is_so(question):
                return None
        if self._agreed:
            self._agreed = False
            return reading.values
        if self._accepts():
            return reading.values
        self._mending = False
        self.place = self._asked()[-1].name
        return None

    def _accepts(self) -> bool:
        """Return whether the answers are to be saved; asks until it is answered."""
        while reply := self._lines.ask("Enter godtar svaren, < backar:").strip():
            if reply == "<":
                return False
            self._lines.tell("! Svara med Enter eller <.")
        return True

    def _is_so(self, question: Fault) -> bool:
        label = self.form.by_name[question.field].label
        if yes(self._lines, f"{label}: {question.message}"):
            self._accepted.add(question)
            return True
        self._mending = True
        self.place = question.field
        return False

    def _values(self) -> dict[str, Value]:
        return self.form.read(self.raws, self.context).values

    def _asked(self) -> list[Field]:
        visible = self.form.visible(self._values(), self.context)
        return [field for field in visible if not self._only or field.name in self._only]

    def _tell(self, rows: Sequence[str]) -> None:
        for row in rows:
            self._lines.tell(row)


def yes(lines: Lines, question: str) -> bool:
    """Return whether a question is answered with yes; asks until it is answered."""
    while True:
        typed = lines.ask(f"{question} (j/n)").strip().casefold()
        if typed in ("j", "ja", "n", "nej"):
            return typed[0] == "j"
        lines.tell("! Svara j eller n.")


def _short(text: str) -> str:
    first, *more = safe(text, multiline=True).split("\n")
    return f"{first[:SHOWN]}…" if more or len(first) > SHOWN else first
