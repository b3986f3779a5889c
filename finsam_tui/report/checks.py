"""Compares every figure with every other that should be the same, and says where two part.

Sections count the same people in different ways. Where two of them print a count of the same name
(`counting`), or one whose parts others print, the figures must agree; a difference is a warning in
both sections.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from finsam_tui.report import counting
from finsam_tui.report.model import Parting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.report.counting import Count, Name
    from finsam_tui.report.model import Section


def compared(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections, with a warning in each that has a figure at odds with another's."""
    rules = {section.title: section.rule for section in sections}
    found = list(counting.counts(sections))
    pairs = [*_unlike(found), *_broken(found)]
    told: dict[str, list[Parting]] = defaultdict(list)
    for one, other in pairs:
        for here, there in ((one, other), (other, one)):
            parting = Parting(
                here.where,
                here.value,
                _said(here, rules),
                there.value,
                f"{there.where} i {_said(there, rules)}",
            )
            if parting not in told[here.section]:
                told[here.section].append(parting)
    return tuple(
        section._replace(warnings=(*section.warnings, *told[section.title]))
        if section.title in told
        else section
        for section in sections
    )


def _unlike(found: Iterable[Count]) -> Iterable[tuple[Count, Count]]:
    """Yield counts of one name with different values, each with the first of that name."""
    first: dict[Name, Count] = {}
    for count in found:
        known = first.setdefault(count.name, count)
        if known.value != count.value:
            yield known, count


def _broken(found: Iterable[Count]) -> Iterable[tuple[Count, Count]]:
    """Yield a population with what its parts make, where they are printed and make another sum."""
    by_name = {count.name: count for count in found}
    for each in counting.populations(by_name):
        whole, parts = by_name[each.whole], [by_name[part] for part in each.parts]
        total = sum(part.value for part in parts)
        if total != whole.value:
            names = " och ".join(part.where for part in parts)
            yield whole, parts[0]._replace(value=total, where=names)


def _said(count: Count, rules: dict[str, str]) -> str:
    return f"{count.section}: {rules[count.section].rstrip('.')}"
