"""Whether the logs are whole, in Swedish and for JSON: what `finsam logg` and `kontroll` tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from finsam_tui.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from finsam_tui.storage.log_check import Checked, Compared

# Log → one of its entries, and several.
_LOGS = {
    "audit": ("ändring", "ändringar"),
    "access": ("öppning", "öppningar"),
    "erasure": ("gallring", "gallringar"),
}
_FAULTS = {
    "changed": "post {} är ändrad",
    "values": "värdena i post {} är ändrade eller borttagna",
    "removed": "post {} är borttagen",
    "unsealed": "post {} är tillagd utanför finsam",
}
_MOST = 20  # faults or copies that are told one by one
_DO = "Ändra ingenting, och utred vem som har haft tillgång till registret."


def lines(checked: Checked) -> Iterator[str]:
    """Yield what was found, a sentence a line."""
    if checked.faults:
        yield f"Loggen är bruten på {plural(len(checked.faults), 'ställe', 'ställen')}:"
        for fault in checked.faults[:_MOST]:
            yield f"  {_LOGS[fault.log][1]}, {_FAULTS[fault.what].format(fault.entry)}"
    else:
        counts = ", ".join(plural(checked.ends[log], *names) for log, names in _LOGS.items())
        yield f"Loggen är hel: {counts}."
    if checked.copies:
        yield from map(safe, _compared(checked.copies))
    else:
        yield "Det finns ingen säkerhetskopia att jämföra loggen med."
    if not checked.whole:
        yield _DO


def data(checked: Checked) -> dict[str, Any]:
    """Return what was found, for JSON."""
    told = checked.copies
    return {
        "whole": checked.whole,
        "faults": [fault._asdict() for fault in checked.faults],
        "copies": told
        and {
            "folder": safe(str(told.folder)),
            "compared": told.number,
            "passed": told.passed,
            "odd": told.odd,
            "last": told.last and told.last.isoformat(),
            "cut": [{**cut._asdict(), "made": cut.made.isoformat()} for cut in told.cut],
        },
    }


def _compared(told: Compared) -> Iterator[str]:
    if told.number is None:
        yield f"Kopiorna i {told.folder} går inte att nå, så loggen är inte jämförd med dem."
        return
    if told.cut:
        yield "Loggen är omskriven eller avkortad: den har inte kvar det som stod i den när"
        for cut in told.cut[:_MOST]:
            yield f"  {cut.copy} gjordes: {', '.join(_LOGS[log][1] for log in cut.logs)}"
    elif told.last:
        many = plural(told.number, "kopia", "kopior")
        yield f"Den stämmer med {many} i {told.folder}, den senaste från {_local(told.last)}."
    else:
        yield f"I {told.folder} finns ingen kopia att jämföra loggen med."
    if told.odd:
        many = plural(told.odd, "kopia som inte är hel", "kopior som inte är hela")
        yield f"Där finns {many}; med sådana går det inte att jämföra."
    if told.passed:
        many = plural(told.passed, "kopia", "kopior")
        yield f"Registret har återställts; {many} från tiden som föll bort jämförs inte."


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
