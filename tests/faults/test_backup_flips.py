"""Bits turned and ends cut off, anywhere in any file of a copy: it is refused, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyrage.x25519 import Identity

from finsam_tui.errors import FinsamError
from finsam_tui.storage import age
from tests.backups import Site, contents_of
from tests.faults.counting import chance, times, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HOLDER = Identity.generate()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.note("kopierat", "x" * 20_000)
    return site


def spoilt(site: Site, copy: Path, file: Path, identities: Sequence[Identity] = ()) -> None:
    """Spoil one file of a copy in many ways, and have each refused."""
    whole, random = file.read_bytes(), chance()
    site.note("senare")
    before = contents_of(site.path.parent)
    tried, lost = 0, list[str]()
    for count in range(times(12)):
        content = bytearray(whole)
        if count % 3:
            bit = random.randrange(8 * len(content))
            content[bit // 8] ^= 1 << bit % 8
            how = f"bit {bit} turned"
        else:
            del content[random.randrange(len(content)) :]
            how = f"{len(content)} of {len(whole)} bytes"
        file.write_bytes(content)
        tried += 1
        try:
            site.restore(copy, identities=identities)
            lost.append(f"{file.name}: {how} was taken for whole")
        except FinsamError:
            pass
        file.write_bytes(whole)
        if contents_of(site.path.parent) != before:
            lost.append(f"{file.name}: {how} changed something")
    told(f"harms to {file.suffix}", tried, lost)
    site.restore(copy, identities=identities)
    assert "senare" not in site.notes()


@pytest.mark.parametrize("end", ["", ".nycklar", ".json"])
def test_a_plain_copy(site: Site, end: str) -> None:
    copy = site.back_up().path
    spoilt(site, copy, copy.with_name(copy.name + end))


@pytest.mark.parametrize("with_manifest", [True, False])
def test_a_wrapped_copy(site: Site, *, with_manifest: bool) -> None:
    copy = site.back_up(to=age.recipients([str(HOLDER.to_public())])).path
    if not with_manifest:
        copy.with_name(copy.name + ".json").unlink()
    spoilt(site, copy, copy, [HOLDER])
