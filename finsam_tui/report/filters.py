"""What a report is narrowed to: programme, municipality, coach, sex; found by id, key or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import FieldError, UsageError
from finsam_tui.report.model import Filter
from finsam_tui.text import fold

if TYPE_CHECKING:
    from finsam_tui.forms.codes import Codes

ALL = ""
# Those for whom nothing is registered. Longer than any id may be, so that it is none.
MISSING = "(uppgift saknas i registret)"
_MISSING_WORD = "saknas"

# Filter → (the code list of its values, what it is called on screen).
LISTS = {
    "programme": ("programme", "Insats"),
    "municipality": ("municipality", "Hemkommun"),
    "coach": ("staff", "Coach"),
    "sex": ("sex", "Kön"),
}
_ALWAYS_KNOWN = frozenset({"programme", "sex"})


class Filters(NamedTuple):
    """Ids and keys to narrow a report to; ALL does not narrow, MISSING is who has none."""

    programme: str = ALL
    municipality: str = ALL
    coach: str = ALL
    sex: str = ALL

    @property
    def of_some(self) -> bool:
        """Whether they choose some of a programme's people.

        What is counted without a person has no home, coach or sex; what is entered is of all.
        """
        return any((self.municipality, self.coach, self.sex))

    def params(self) -> dict[str, str]:
        """Return what the queries of reports take as parameters."""
        return {"missing": MISSING, **{name: getattr(self, name) for name in LISTS}}

    def told(self, codes: Codes) -> tuple[Filter, ...]:
        """Return the filters in use, with the names of their values."""
        return tuple(
            Filter(name, title, value, _label(codes, list_name, value))
            for name, (list_name, title) in LISTS.items()
            if (value := getattr(self, name)) != ALL
        )


def find(codes: Codes, name: str, text: str) -> str:
    """Return the id or key that `text` means as filter `name`; raises UsageError, with near names.

    "saknas" is who has no municipality or coach.
    """
    list_name, title = LISTS[name]
    if fold(text) == _MISSING_WORD and name not in _ALWAYS_KNOWN:
        return MISSING
    try:
        return codes.find(list_name, text).key
    except FieldError:
        labels = [code.label for code in codes.options(list_name)]
        raise UsageError(f"--{name}: {title.lower()} finns inte. {hint(text, labels)}") from None


def hint(text: str, names: list[str]) -> str:
    """Return which of `names` `text` may have meant, or all of them; never `text` itself."""
    import difflib

    folded = {fold(name): name for name in names}
    near = difflib.get_close_matches(fold(text), folded, cutoff=0.5)
    if near:
        return f"Menade du {' eller '.join(folded[name] for name in near)}?"
    return f"Välj bland: {', '.join(names)}." if names else "Det finns inget att välja på."


def _label(codes: Codes, list_name: str, value: str) -> str:
    return "uppgift saknas" if value == MISSING else codes.label(list_name, value)
