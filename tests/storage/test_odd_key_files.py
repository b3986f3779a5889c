"""Key files of any shape: each is refused in a line or read, and none brings the program down."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui.errors import FinsamError
from finsam_tui.storage import key_file, keys, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.storage.conftest import Founded

ODD: list[Any] = [
    *(None, True, [], {}, [[]], "", "\x1b]0;TITEL\x07", "\ud800", "x" * 100_000, -1, 0, 2**64),
    *(1e308, float("inf"), float("nan"), 10**300, 0.5, {"a": {"b": []}}, [1] * 10_000),
]


def places(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield the way to every value of some JSON."""
    yield at
    if isinstance(content, dict | list):
        for key in content if isinstance(content, dict) else range(len(content)):
            yield from places(content[key], (*at, key))


def put(content: Any, at: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401
    """Return the content with a value in the place of another."""
    if not at:
        return value
    changed = copy.deepcopy(content)
    inside = changed
    for key in at[:-1]:
        inside = inside[key]
    inside[at[-1]] = value
    return changed


def summed(content: Any) -> Any:  # noqa: ANN401
    """Return the content with its sum, which whoever writes it can work out."""
    if not isinstance(content, dict):
        return content
    bare = {key: value for key, value in content.items() if key != "sum"}
    return {**bare, "sum": sealed.sum_of(bare)}


def refusals(founded: Founded) -> Iterator[str]:
    """Yield what is said of a key file as it is listed and as a service unlocks with it."""
    for read in (keys.list_slots, lambda path: keys.unlock_key_file(path, founded.service_file)):
        try:
            read(founded.path)
        except FinsamError as error:
            yield str(error)


def test_every_value_of_a_key_file_can_be_anything(founded: Founded) -> None:
    path = key_file.path_of(founded.path)
    saved = json.loads(path.read_text())
    tried = 0
    for at in places(saved):
        if at == ("sum",):
            continue
        for value in ODD:
            path.write_text(json.dumps(summed(put(saved, at, value))))
            tried += 1
            assert all(map(str.isprintable, refusals(founded))), (at, value)
    assert tried > 500


@pytest.mark.parametrize("depth", [100, 100_000])
def test_depth(founded: Founded, depth: int) -> None:
    key_file.path_of(founded.path).write_text("[" * depth + "]" * depth)
    with pytest.raises(FinsamError, match="skadad"):
        keys.list_slots(founded.path)


SERVICE = "finsam-tjanstenyckel-1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4096,
        b"\xff" * 9_000,
        f"{SERVICE} 12345678 {'0' * 3000}".encode(),
        f"{SERVICE} 12345678 zz".encode(),
        f"{SERVICE} \x1b[2J {'00' * 32}".encode(),
        f"{SERVICE} {'00' * 32}".encode(),
        f"{SERVICE} å {'00' * 32}".encode(),
        f"{SERVICE} a b c {'00' * 32}".encode(),
        b"[" * 4000,
        b"-----BEGIN OPENSSH PRIVATE KEY-----\n",
    ],
    ids=range(11),
)
def test_odd_service_keys(founded: Founded, content: bytes, tmp_path: Path) -> None:
    odd = tmp_path / "odd.nyckel"
    odd.write_bytes(content)
    odd.chmod(0o600)
    with pytest.raises(FinsamError) as refused:
        keys.unlock_key_file(founded.path, odd)
    assert str(refused.value).isprintable()
