"""Options read with argparse, in Swedish: which command, with what, or one line on what is wrong.

The value that was refused is never repeated: it may be a personal number in the wrong place.
"""

from __future__ import annotations

import argparse
import importlib
import re
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, cast

from finsam_tui.commands import COMMANDS, OPTIONS
from finsam_tui.errors import FieldError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    T = TypeVar("T")


class Command(Protocol):
    """What a module of `finsam_tui.commands` offers."""

    def configure(self, parser: Parser) -> None:
        """Add the command's own options to `parser`."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it and return the exit status; raises FinsamError when it cannot be done."""


def read(arguments: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """Return the command that `arguments` names, and all its options; raises UsageError."""
    globals_ = Parser("finsam", add_help=False)
    _add_global_options(globals_, default=None)
    options, rest = globals_.parse_known_args(arguments)
    name = rest.pop(0) if rest and not rest[0].startswith("-") else ""
    command, text = _find(name)
    parser = Parser(f"finsam {name}".strip(), description=text)
    command.configure(parser)
    # They have been read already; here they are for the help, and must not reset the values.
    _add_global_options(parser, default=argparse.SUPPRESS)
    return command, parser.parse_args(rest, options)


def parsed(parse: Callable[[], T]) -> T:
    """Return what `parse` reads of an option's value; raises UsageError."""
    try:
        return parse()
    except FieldError as error:
        told = str(error)
        raise UsageError(told[:1].lower() + told[1:]) from None


def _add_global_options(parser: Parser, default: str | None) -> None:
    group = parser.add_argument_group("flaggor för alla kommandon")
    for flag, value, text in OPTIONS:
        if value:
            group.add_argument(flag, metavar=value, help=text, default=default)
        else:
            group.add_argument(flag, action="store_true", help=text, default=default or False)


def _find(name: str) -> tuple[Command, str]:
    """Return the command called `name` and what it does; raises UsageError with near names."""
    if name not in COMMANDS:
        raise UsageError(_unknown(name))
    module, text = COMMANDS[name]
    return cast("Command", importlib.import_module(f"{__package__}.{module}")), text


def _unknown(name: str) -> str:
    import difflib

    if not name:
        return "ange ett kommando; finsam --help visar vilka som finns."
    shown = f" ”{name}”" if name.isalpha() else ""
    near = difflib.get_close_matches(name, filter(None, COMMANDS))
    hint = f"menade du {' eller '.join(near)}? " if near else ""
    return f"okänt kommando{shown}; {hint}finsam --help visar vilka som finns."


class _Swedish(argparse.HelpFormatter):
    """Help with a Swedish first word, 80 columns wide: to ask the terminal takes time to load."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "användning: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Swedish and raises UsageError where argparse would exit."""

    def __init__(self, prog: str, **kwargs: Any) -> None:  # noqa: ANN401 - argparse's own types
        with_help = kwargs.pop("add_help", True)
        kwargs |= {"formatter_class": _Swedish, "add_help": False, "allow_abbrev": False}
        super().__init__(prog, **kwargs)
        self._positionals.title = "uppgifter"
        self._optionals.title = "flaggor"
        if with_help:
            self.add_argument("-h", "--help", action="help", help="den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Raise `message`, one of argparse's English ones, as a UsageError."""
        raise UsageError(f"{swedish(message)}; se {self.prog} --help.")


_UNKNOWN_FLAG = re.compile(r"unrecognized arguments:.* (--?[^\W\d][\w-]*).*", re.DOTALL)
_CHOICE = re.compile(r"argument (.+?): invalid choice: .*\(choose from (.+)\)", re.DOTALL)
_MESSAGES = (
    (r"the following arguments are required: (.+)", r"\1 saknas"),
    (r"unrecognized arguments: (.*)", r"för många uppgifter"),
    (r"one of the arguments (.+) is required", r"en av \1 behövs"),
    (r"argument (.+?): expected one argument", r"\1 behöver ett värde"),
    (r"argument (.+?): expected at least one argument", r"\1 behöver minst ett värde"),
    (r"argument (.+?): expected at most one argument", r"\1 tar högst ett värde"),
    (r"argument (.+?): expected (\d+) arguments?", r"\1 behöver \2 värden"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 går inte ihop med \2"),
    (r"argument (.+?): ignored explicit argument .*", r"\1 tar inget värde"),
    (r"argument (.+?): invalid int value: .*", r"\1 ska vara ett heltal"),
    (r"argument (.+?): invalid \S+ value: .*", r"\1 har ett värde som inte går att läsa"),
    (r"argument (.+?): (.+)", r"\1: \2"),  # what the command's own check said, in Swedish already
)


def swedish(message: str) -> str:
    """Return one of argparse's messages in Swedish, without the value that was refused."""
    if match := _CHOICE.fullmatch(message):
        choices = " eller ".join(match[2].replace("'", "").rsplit(", ", 1))
        return f"{match[1]} ska vara {choices}"
    if match := _UNKNOWN_FLAG.fullmatch(message):
        return f"okänd flagga {match[1]}"
    for pattern, translation in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(translation)
    return message
