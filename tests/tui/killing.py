"""A real finsam in a terminal, killed while somebody types, and what is left of the draft.

What should be left is worked out by a second form, without a screen, that gets the same keys.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pyte

from finsam_tui.forms import catalogue
from finsam_tui.storage import calls, drafts, keys, session
from finsam_tui.storage.opening import open_register
from finsam_tui.storage.target import Target
from finsam_tui.tui.screens.form import RESUMED
from finsam_tui.tui.widgets.call_card import STRIP_HEIGHT
from finsam_tui.tui.widgets.form_picture import Picture, Title, picture
from finsam_tui.tui.widgets.form_state import FormState
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from random import Random

    from finsam_tui.storage.register import Register

WIDTH, HEIGHT = 80, 24
KEY_BAR = 2  # lines below a form
PATIENCE = 60.0  # seconds before a program that should show something is given up
MOST_KEYS = 25  # between two kills

# What a terminal sends for keys that are no letters.
BYTES = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
    "ctrl+u": "\x15",
    "ctrl+n": "\x0e",
    "f2": "\x1bOQ",
    "f5": "\x1b[15~",
}
TYPED = tuple("anjsåöé12359:,+= ")
KEYS = (*TYPED, *TYPED, *("enter", "tab") * 3, *("shift+tab", "up", "down", "right", "left"))
KEYS += ("backspace", "backspace", "ctrl+u")


class Terminal:
    """finsam on the register at `path`, in a terminal."""

    def __init__(self, path: Path, key_file: Path) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        arguments = ["-m", "finsam_tui", "--db", str(path), "--key-file", str(key_file)]
        self._process = pexpect.spawn(
            sys.executable, arguments, cwd=str(PROJECT), dimensions=(HEIGHT, WIDTH)
        )

    def send(self, *names: str) -> None:
        """Press keys, without waiting for what they bring about."""
        self._process.send("".join(BYTES.get(name, name) for name in names))

    def wait_for(self, text: str) -> None:
        """Wait until `text` stands on the screen, blanks at the ends of lines apart."""
        until = time.monotonic() + PATIENCE
        while text not in self.text:
            if time.monotonic() > until:
                raise TimeoutError(f"never came:\n{text}\n\non the screen:\n{self.text}")
            try:
                self._stream.feed(self._process.read_nonblocking(65536, timeout=1))
            except pexpect.TIMEOUT:
                continue

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def kill(self) -> None:
        """Kill the program as `kill -9` does."""
        self._process.kill(signal.SIGKILL)
        self._process.wait()
        self._process.close()

    def hang_up(self) -> None:
        """Tell the program that its terminal is gone, and wait until it has ended."""
        self._process.kill(signal.SIGHUP)
        self._wait()

    def drop(self) -> None:
        """Take the terminal away, as a broken line does, and wait until the program has ended."""
        self._process.ptyproc.fileobj.close()
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self._process.isalive():
            if time.monotonic() > until:
                raise TimeoutError("goes on without a terminal")
            time.sleep(0.01)


class Left(NamedTuple):
    """What a draft holds."""

    raws: Mapping[str, str]
    field: str


class Shadow:
    """A form without a screen; `left` is the draft that should be left of it, if any."""

    def __init__(self, state: FormState, title: Title, height: int, left: Left | None) -> None:
        self.state, self.left = state, left
        self._title, self._height = title, height
        self._shown = Picture((), 0, None)
        self._draw()

    def press(self, key: str) -> None:
        """Do what the form does at a key."""
        self.state.press(key, key if len(key) == 1 else None)
        self._draw()

    def _draw(self) -> None:
        self._shown = picture(self.state, self._title, WIDTH, self._height, self._shown.top)
        hand = self.state.hand
        if self.left or self.state.touched:
            self.left = Left(self.state.live(), hand.field.name if hand else "")

    @property
    def lines(self) -> str:
        """The form as it should stand on the screen."""
        return "\n".join(line.text.rstrip() for line in self._shown.lines)

    def type(self, random: Random) -> list[str]:
        """Press some keys and return them; none of them saves, and together they change it."""
        before, pressed = self.lines, list[str]()
        count = random.randint(1, MOST_KEYS)
        while len(pressed) < count or self.lines == before:
            pressed.append(random.choice(KEYS) if self.state.hand else "shift+tab")
            self.press(pressed[-1])
        return pressed


@dataclass(frozen=True)
class Way:
    """How a form is come to, and what stands above it: at first, and when one goes on with it."""

    target: Target
    keys: tuple[str, ...]
    first: Title
    later: Title
    above: int = 0  # lines above the form


def new_participant(_: Register) -> Way:
    """Return the way to registering somebody new: texts, numbers, a date."""
    title = Title("Deltagare")
    return Way(Target("participant"), ("f2", "ctrl+n"), title, title)


def next_call(register: Register) -> Way:
    """Return the way to the next call: choices of all sorts."""
    call = calls.next_call(register, _now())
    assert call is not None
    first, later = "Nästa samtal", f"{call.months} månader efter avslut"
    title = catalogue.form("follow_up").title
    target = Target("follow_up", record_id=call.follow_up_id)
    return Way(target, ("f5",), Title(title, first), Title(title, later), STRIP_HEIGHT)


class Kills:
    """Kills the program `count` times while the form of a way is filled in, and looks each time.

    `end` may be set to another way for it to end. `tried` is how many times it was killed, `lost`
    what was wrong afterwards, a line for each.
    """

    def __init__(self, path: Path, key_file: Path, register: Register, way: Way) -> None:
        self._path, self._key_file, self._register, self._way = path, key_file, register, way
        self.end: Callable[[Terminal], None] = Terminal.kill
        self._left: Left | None = None
        self.tried = 0
        self.lost: list[str] = []

    def run(self, count: int, random: Random) -> None:
        """Type and kill so many times, each time going on with what the last one left."""
        for _ in range(count):
            terminal = Terminal(self._path, self._key_file)
            try:
                self._open(terminal)
                shadow = self._shadow()
                terminal.wait_for(shadow.lines)
                pressed = shadow.type(random)
                terminal.send(*pressed)
                terminal.wait_for(shadow.lines)
                self.end(terminal)
            finally:
                terminal.kill()
            self.tried += 1
            self._left = shadow.left
            if self._stored() != self._left:
                self.lost.append(f"{self._stored()} is left of {self._left} after {pressed}")
                return

    def _open(self, terminal: Terminal) -> None:
        terminal.wait_for("att göra")
        if self._left:
            terminal.wait_for("▸ » Fortsätt")
            terminal.send("enter")
            return
        for key in self._way.keys:
            terminal.send(key)
            terminal.wait_for(" Esc ")

    def _shadow(self) -> Shadow:
        target, left = self._way.target, self._left
        context = session.context(self._register, target, _now())
        form = catalogue.form(target.form)
        height = HEIGHT - KEY_BAR - self._way.above
        if left is None:
            state = FormState(form, context, session.begin(self._register, target, context).raws)
            return Shadow(state, self._way.first, height, None)
        state = FormState(form, context, left.raws, field=left.field, resumed=True)
        state.message = RESUMED
        return Shadow(state, self._way.later, height, left)

    def _stored(self) -> Left | None:
        draft = drafts.find(self._register, self._way.target)
        return Left(draft.raws, draft.field) if draft else None


@contextmanager
def opened(path: Path, key_file: Path) -> Iterator[Register]:
    """Open the register beside the program, to look at what it has stored."""
    with open_register(path, keys.unlock_key_file(path, key_file)) as register:
        yield register


def _now() -> datetime:
    return datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - the team's clock
