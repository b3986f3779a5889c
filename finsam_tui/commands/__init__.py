"""The commands: one module each, loaded when it is asked for; this list is all that is loaded else.

A command module holds `configure(parser)`, which adds its options, and `run(args) -> int`, which
does the work and returns the exit status. A new command is that module and a line in COMMANDS.
"""

from __future__ import annotations

# What is typed → (module of this package, what --help says). "" is finsam alone.
COMMANDS: dict[str, tuple[str, str]] = {
    "": ("open_", "öppnar registret på skärmen"),
    "backup": ("backup", "gör en kontrollerad, krypterad säkerhetskopia"),
    "demo": ("demo", "visar ett påhittat förbund, borta igen när det stängs"),
    "export": ("export", "skriver tabellerna som import läser, med eller utan personer"),
    "gallra": ("gallra", "vad som har passerat sin gallringstid, och gallrar det"),
    "import": ("import_", "läser in CSV-filer eller en arbetsbok, allt eller inget"),
    "incident": ("incident", "vilkas uppgifter som fanns i en kopia, vid en incident"),
    "init": ("init", "gör ett nytt, krypterat register"),
    "kontroll": ("kontroll", "om registret är helt, vad som saknas och summor som går isär"),
    "logg": ("logg", "vem som har öppnat och ändrat vad, och om loggen är hel"),
    "nyckel": ("nyckel", "vilka som kan öppna registret"),
    "person": ("person", "allt som finns om en deltagare, när någon begär sitt"),
    "rapport": ("rapport", "skriver ut en rapport, på skärmen eller till en fil"),
    "restore": ("restore", "lägger tillbaka en säkerhetskopia"),
    "ring": ("ring", "samtalskön med enkla frågor, rad för rad"),
}

# Options of every command: (flag, name of its value or None for a switch, what --help says).
OPTIONS = (
    ("--db", "FIL", "registret (annars FINSAM_DB, annars i datakatalogen)"),
    ("--config", "KATALOG", "inställningarna (annars i inställningskatalogen)"),
    ("--key-file", "FIL", "nyckelfil för skript, i stället för lösenfras"),
    ("--verbose", None, "mer om var ett fel uppstod"),
)


def overview() -> str:
    """Return the text of `finsam --help`."""
    commands = [(name or "(ensamt)", text) for name, (_, text) in COMMANDS.items()]
    options = [(f"{flag} {value or ''}".strip(), text) for flag, value, text in OPTIONS]
    options += [("--version", "programmets version"), ("--help", "den här hjälpen")]
    width = 2 + max(len(name) for name, _ in commands + options)

    def table(rows: list[tuple[str, str]]) -> str:
        return "\n".join(f"  {name:{width}}{text}" for name, text in rows)

    return (
        "användning: finsam [KOMMANDO] [FLAGGOR]\n\n"
        f"kommandon (finsam KOMMANDO --help säger mer):\n{table(commands)}\n\n"
        f"flaggor, före eller efter kommandot:\n{table(options)}"
    )
