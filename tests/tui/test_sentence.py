"""What is refused begins with a capital on the screen, and nothing else is touched."""

from __future__ import annotations

import pytest

from finsam_tui.tui.sentence import sentence

SAID = {
    "nycklarna sköter samordnaren.": "Nycklarna sköter samordnaren.",
    "ändringen gick inte": "Ändringen gick inte",
    "avbrutet; svaren finns kvar.": "Avbrutet; svaren finns kvar.",
    "Registret är låst.": "Registret är låst.",
    "finsam nyckel list visar dem.": "finsam nyckel list visar dem.",
    "/srv/finsam/register.db är tomt.": "/srv/finsam/register.db är tomt.",
    "register.db är tomt.": "register.db är tomt.",
    "--key-file saknas.": "--key-file saknas.",
    "3 öppna inskrivningar": "3 öppna inskrivningar",
    "": "",
}


@pytest.mark.parametrize("text", SAID)
def test_only_a_first_word_gets_a_capital(text: str) -> None:
    assert sentence(text) == SAID[text]
