"""Which counts to hide so that none of the small ones can be read or worked out from the others.

The counts of a report are tied together by sums: rows make a total, women and men make everybody,
one table's total is another's row. A reader knows all sums, every count that is shown, and that a
hidden count is at least one, for noughts are never hidden. A small count is safe when more than one
number could stand in its place; so must every count be that is hidden to protect it.

That another number could stand there is shown by finding one: a count is moved by one, and the sums
it is in are set right by moving other hidden counts, until all hold. Where no such way is found the
count is taken for open to being worked out, and one more is hidden; so an error of the search can
only hide too much.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Name = Any  # whatever the caller tells its counts apart by; it can be looked up

# How many counts a move may take with it, tried in turn, and how many tries there are of each: most
# moves are short, and a search that begins with the long ones does not see them.
_REACH = (4, 6, 9, 14, 24)
_TRIES = 300


class Sum(NamedTuple):
    """`whole` is the sum of `parts`; each name stands in it once."""

    whole: Name
    parts: tuple[Name, ...]

    def sign(self, name: Name) -> int:
        """Return what one more of `name` does to whole minus parts."""
        return 1 if name == self.whole else -1

    @property
    def names(self) -> tuple[Name, ...]:
        """Whole and parts."""
        return (self.whole, *self.parts)


def is_small(count: int, least: int) -> bool:
    """Return whether a count could point at somebody: there is one, and fewer than `least`."""
    return 0 < count < least


def hide(
    counts: Mapping[Name, int],
    sums: Iterable[Sum],
    least: int,
    *,
    unshown: Collection[Name] = (),
    together: Mapping[Name, Collection[Name]] | None = None,
) -> set[Name]:
    """Return the names of the counts to hide: the small ones, and those that protect them.

    `sums` are between names of `counts`, and true of them. `unshown` counts are not printed (a
    complement: those measured who took no step) but can be worked out; the small of them are
    protected as if they were. Names that stand `together` are hidden together.
    """
    return _Search(counts, sums, least, frozenset(unshown), together or {}).run()


class _Search:
    """The counts, their sums, and what is hidden so far."""

    def __init__(
        self,
        counts: Mapping[Name, int],
        sums: Iterable[Sum],
        least: int,
        unshown: frozenset[Name],
        together: Mapping[Name, Collection[Name]],
    ) -> None:
        self.counts, self.least = counts, least
        self.unshown, self.together = unshown, together
        self.sums: dict[Name, list[Sum]] = defaultdict(list)
        for each in dict.fromkeys(sums):
            for name in each.names:
                self.sums[name].append(each)
        self.hidden: set[Name] = set()

    def run(self) -> set[Name]:
        """Hide the small counts, then one more at a time until all that is hidden is safe."""
        small = [name for name, count in self.counts.items() if is_small(count, self.least)]
        for name in small:
            if name not in self.unshown:
                self._hide(name)
        waiting = [*small, *self.hidden]
        while waiting:
            name = waiting.pop()
            while not _can_move(self, name):
                more = self._hide_near(name)
                if not more:
                    break  # all that it is tied to is hidden or nought
                waiting += more
        return self.hidden

    def is_secret(self, name: Name) -> bool:
        """Return whether a reader does not see a count."""
        return name in self.hidden or name in self.unshown

    def least_of(self, name: Name) -> int:
        """Return the least that a reader knows a secret count to be."""
        return 0 if name in self.unshown else 1

    def _hide(self, name: Name) -> list[Name]:
        """Hide a count and those that stand with it, noughts apart; return the newly hidden."""
        names = (name, *self.together.get(name, ()))
        new = [n for n in names if self.counts.get(n) and not self.is_secret(n)]
        self.hidden.update(new)
        return new

    def _hide_near(self, name: Name) -> list[Name]:
        """Hide the cheapest shown count that helps; nothing where all that is left is nought.

        A sum with one secret count gives that away: those tied to `name` come first, then any.
        """
        ways = list(self._ways_out(name))
        lone = [(n, each) for n, each in ways if sum(map(self.is_secret, each.names)) == 1]
        choice = min(lone or ways, key=lambda way: self._cost(*way), default=None)
        return [] if choice is None else self._hide(choice[0])

    def _ways_out(self, name: Name) -> Iterator[tuple[Name, Sum]]:
        """Yield the shown counts in sums with `name` or with secret counts tied to it."""
        seen, left = {name}, [name]
        while left:
            for each in self.sums[left.pop()]:
                for other in each.names:
                    if self.is_secret(other):
                        if other not in seen:
                            seen.add(other)
                            left.append(other)
                    elif self.counts[other]:
                        yield other, each

    def _cost(self, name: Name, via: Sum) -> tuple[bool, int, int, str]:
        """Return what it costs to hide a count found in a sum: totals last, then the fewest people.

        One whose other sums have hidden counts already needs no more to be hidden for its sake.
        """
        others = [each for each in self.sums[name] if each != via]
        bare = sum(not any(self.is_secret(n) for n in each.names if n != name) for each in others)
        return name == via.whole, bare, self.counts[name], str(name)


def _can_move(search: _Search, name: Name) -> bool:
    """Return whether another number could stand for a secret count, as far as a reader can tell."""
    return any(_Move(search, reach).found(name, step) for reach in _REACH for step in (1, -1))


class _Move:
    """A try to change secret counts so that all sums still hold."""

    def __init__(self, search: _Search, reach: int) -> None:
        self._search, self._reach = search, reach
        self._moved: dict[Name, int] = {}
        self._off: dict[Sum, int] = {}  # sums that do not hold → whole minus parts
        self._left = _TRIES

    def found(self, name: Name, step: int) -> bool:
        """Return whether `name` can be moved by `step`."""
        return self._is_room(name, step) and self._moves(name, step)

    def _is_room(self, name: Name, step: int) -> bool:
        return self._search.counts[name] + step >= self._search.least_of(name)

    def _moves(self, name: Name, step: int) -> bool:
        """Move a count, and others until all sums hold; undo it where that cannot be."""
        self._shift(name, step)
        if self._settles():
            return True
        self._shift(name, -step)
        return False

    def _shift(self, name: Name, step: int) -> None:
        if name in self._moved:
            del self._moved[name]
        else:
            self._moved[name] = step
        for each in self._search.sums[name]:
            off = self._off.get(each, 0) + each.sign(name) * step
            if off:
                self._off[each] = off
            else:
                self._off.pop(each, None)

    def _settles(self) -> bool:
        if not self._off:
            return True
        if len(self._moved) >= self._reach:
            return False
        each, off = min(self._off.items(), key=lambda item: len(self._ways(*item)))
        for name, step in self._ways(each, off):
            self._left -= 1
            if self._left < 0:
                return False
            if self._moves(name, step):
                return True
        return False

    def _ways(self, each: Sum, off: int) -> Sequence[tuple[Name, int]]:
        """Return the counts that can be moved to set a sum right; those in fewest sums first."""
        return sorted(self._movable(each, off), key=lambda way: len(self._search.sums[way[0]]))

    def _movable(self, each: Sum, off: int) -> Iterator[tuple[Name, int]]:
        for name in each.names:
            if self._search.is_secret(name) and name not in self._moved:
                step = -each.sign(name) * (1 if off > 0 else -1)
                if self._is_room(name, step):
                    yield name, step
