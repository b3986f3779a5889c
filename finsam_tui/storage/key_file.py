"""The key file beside the register: who can open it, and never a key that is not sealed.

It is JSON, with the slots' names and costs in clear. A check sum tells damage from a wrong
passphrase. A seal keyed by the raw key, verified at every unlocking, tells that no slot was added
or changed by somebody who could not open the register: the next raw key is sealed to that slot too.

While the register is given a new raw key, two generations of it stand in the file (`rotation`).
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from finsam_tui.errors import Damaged, InputError, NewerSchema, RegisterMissing
from finsam_tui.storage import files, sealed
from finsam_tui.storage.slots import KINDS, MAX_NAME, PUBLIC_BYTES, SALT_BYTES, Cost, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
SUFFIX = ".nycklar"
_LIMIT = 1_000_000  # bytes of a key file; a slot takes about 500
_MAX_SLOTS = 500
_SEAL = b"finsam key file 1"

RawKeys = dict[int, bytearray]  # by generation


class KeyFile(NamedTuple):
    """What the key file says. `next` is the generation that a rotation under way leads to."""

    register: str
    current: int
    next: int | None
    slots: tuple[Slot, ...]
    seals: Mapping[int, str]

    @property
    def generations(self) -> tuple[int, ...]:
        """The generations of the raw key that the register may have, the likelier first."""
        return (self.current,) if self.next is None else (self.current, self.next)

    def find(self, name: str) -> Slot:
        """Return the slot with an id or a name; raises InputError where there is none."""
        for slot in self.slots:
            if name in (slot.id, slot.name):
                return slot
        raise InputError("det finns ingen sådan nyckel; finsam nyckel list visar dem som finns.")

    def with_slot(self, slot: Slot, raw_keys: RawKeys) -> KeyFile:
        """Return the file with a slot added, or put in the place of the one with its id."""
        for generation in self.generations:
            slot = slot.seal(raw_keys[generation], generation, self.register)
        others = tuple(s for s in self.slots if s.id != slot.id)
        return self._replace(slots=(*others, slot))

    def with_next(self, raw_key: bytearray, without: str = "") -> KeyFile:
        """Return the file with the next generation sealed to every slot but the one with an id."""
        following = self.current + 1
        sealed = (
            s if s.id == without else s.seal(raw_key, following, self.register) for s in self.slots
        )
        return self._replace(next=following, slots=tuple(sealed))

    def settled(self, generation: int) -> KeyFile:
        """Return the file with one generation only, and the slots that have it."""
        kept = (
            s._replace(sealed={generation: s.sealed[generation]})
            for s in self.slots
            if generation in s.sealed
        )
        return self._replace(current=generation, next=None, slots=tuple(kept))

    def verify(self, raw_keys: RawKeys) -> None:
        """Raise Damaged unless the file was last written by somebody who had these raw keys."""
        body = self._body()
        for generation, raw_key in raw_keys.items():
            if not sealed.is_seal(self.seals.get(generation, ""), raw_key, _SEAL, body):
                raise Damaged(
                    "nyckelfilen har ändrats av något annat än finsam; återställ den från en kopia."
                )

    def to_bytes(self, raw_keys: RawKeys) -> bytes:
        """Return the file's content, sealed by the raw key of each generation."""
        body = self._body()
        seals = {str(g): sealed.seal(raw_keys[g], _SEAL, body) for g in self.generations}
        return sealed.to_bytes({**body, "seals": seals})

    def _body(self) -> dict[str, object]:
        return {
            "finsam_key_file": FORMAT,
            "register": self.register,
            "current": self.current,
            "next": self.next,
            "slots": [_from_slot(s) for s in self.slots],
        }


def path_of(register: Path) -> Path:
    """Return the path of the key file that belongs to the register at a path, or behind a link."""
    real = register.resolve()
    return real.with_name(real.name + SUFFIX)


def load(register: Path) -> KeyFile:
    """Return the key file of the register at a path.

    Raises RegisterMissing, LooseMode, Damaged, or NewerSchema for a later format of the file.
    """
    path = path_of(register)
    try:
        return _parse(files.read_private(path, _LIMIT))
    except RegisterMissing as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise RegisterMissing(
                f"nyckelfilen {path} saknas; lägg tillbaka den, eller den senaste kopians."
            ) from error
        raise
    except sealed.UNREADABLE as error:
        raise Damaged(f"nyckelfilen {path} är skadad; återställ den från en kopia.") from error


def save(register: Path, key_file: KeyFile, raw_keys: RawKeys) -> None:
    """Write the key file of the register at a path, whole or not at all; raises CopyError."""
    files.replace_private(path_of(register), key_file.to_bytes(raw_keys))


def _parse(raw: bytes) -> KeyFile:
    """Return what a key file says; raises one of the errors that `load` tells as damage."""
    content = json.loads(raw)
    if content["finsam_key_file"] > FORMAT:
        raise NewerSchema("nyckelfilen är skriven av en nyare finsam; installera en nyare finsam.")
    sealed.take_sum(content)
    slots = tuple(_to_slot(s) for s in content["slots"])
    seals = {int(g): str(seal) for g, seal in content["seals"].items()}
    following = None if content["next"] is None else int(content["next"])
    parsed = KeyFile(str(content["register"]), int(content["current"]), following, slots, seals)
    whole = all(parsed.current in s.sealed for s in slots)
    if not whole or not 0 < len({s.id for s in slots}) == len(slots) <= _MAX_SLOTS:
        raise ValueError("the slots do not fit together")
    return parsed


def _from_slot(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id,
        "kind": slot.kind,
        "name": slot.name,
        "created": slot.created,
        "argon2id": slot.cost,
        "salt": _text(slot.salt),
        "public": _text(slot.public),
        "sealed": {str(g): _text(box) for g, box in sorted(slot.sealed.items())},
    }


def _to_slot(content: Mapping[str, Any]) -> Slot:
    work = content["argon2id"]
    cost = None if work is None else Cost(*map(int, work))
    name, kind = str(content["name"]), content["kind"]
    if kind not in KINDS or not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise ValueError("a slot is of no known kind, or has no proper name")
    if (cost is None) == (kind == "person") or (cost and cost.is_absurd()):
        raise ValueError("a slot asks for an absurd amount of work")
    public, salt = _bytes(content["public"]), _bytes(content["salt"])
    if (len(public), len(salt)) != (PUBLIC_BYTES, SALT_BYTES):
        raise ValueError("a slot's key or salt is too short or long")
    return Slot(
        id=str(content["id"]),
        kind=kind,
        name=name,
        created=str(content["created"]),
        cost=cost,
        salt=salt,
        public=public,
        sealed={int(g): _bytes(box) for g, box in content["sealed"].items()},
    )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
