"""Where the register and the settings lie on this computer; the environment is an argument."""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself takes longer to load than all of this module
if TYPE_CHECKING:
    from collections.abc import Mapping

_APP = "finsam"
_FILE = "finsam.toml"  # in the settings folder
_REGISTER = "register.db"
_LONGEST = 10_000  # bytes of settings; what reads TOML takes minutes for a key of ten times that
NEVER = "never"


def default_register(env: Mapping[str, str], platform: str) -> str:
    """Return the path of the register that no option names.

    `env` is like os.environ and `platform` like sys.platform. FINSAM_DB, else register.db in the
    data folder. Raises UsageError when the environment does not tell.
    """
    return env.get("FINSAM_DB") or f"{data_folder(env, platform)}/{_REGISTER}"


def data_folder(env: Mapping[str, str], platform: str) -> str:
    """Return the user's folder for data of this program; raises UsageError without a home."""
    return _folder(env, platform, "XDG_DATA_HOME", ".local/share")


def config_folder(env: Mapping[str, str], platform: str) -> str:
    """Return the user's folder for settings of this program; raises UsageError without a home."""
    return _folder(env, platform, "XDG_CONFIG_HOME", ".config")


def read_colours(folder: str) -> str:
    """Return the colours chosen on this computer, "" where none are; raises InputError."""
    return _setting(folder, "colours")


def read_copies(folder: str) -> str:
    """Return where a copy is put as the register is left, NEVER, or "" where nothing is chosen.

    Raises InputError.
    """
    chosen = _setting(folder, "copies")
    if chosen in {"", NEVER} or (chosen.startswith(("/", "~/")) and chosen.isprintable()):
        return chosen
    from finsam_tui.errors import InputError

    raise InputError(
        f'copies i {folder}/{_FILE} ska vara en katalog, med hela sökvägen, eller "{NEVER}".'
    )


def _setting(folder: str, name: str) -> str:
    import tomllib

    path = f"{folder}/{_FILE}"
    try:
        return str(tomllib.loads(_read(path)).get(name, ""))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, RecursionError) as error:
        from finsam_tui.errors import InputError

        raise InputError(
            f"{path} går inte att läsa ({error}); rätta den, eller ta bort den."
        ) from error


def _read(path: str) -> str:
    """Return what the settings file says; raises OSError or ValueError, also for a pipe."""
    import os

    # Not blocking: a named pipe in the file's place would otherwise be waited for.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise ValueError("too long")
    return content.decode("utf-8")


def keep_colours(folder: str, name: str) -> None:
    """Remember the colours for the next start, beside what else is chosen; raises OSError."""
    import os

    path = f"{folder}/{_FILE}"
    os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103 - as above
    try:
        kept = [
            line for line in _read(path).splitlines() if line.split("=")[0].strip() != "colours"
        ]
    except (FileNotFoundError, ValueError):
        kept = []
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.writelines(f"{line}\n" for line in (f'colours = "{name}"', *kept))


def _folder(env: Mapping[str, str], platform: str, variable: str, usual: str) -> str:
    if platform == "darwin":
        return f"{_home(env)}/Library/Application Support/{_APP}"
    named = env.get(variable, "")
    # The XDG specification has relative paths ignored.
    parent = named if named.startswith("/") else f"{_home(env)}/{usual}"
    return f"{parent.rstrip('/')}/{_APP}"


def _home(env: Mapping[str, str]) -> str:
    if not env.get("HOME"):
        from finsam_tui.errors import UsageError

        raise UsageError("hemkatalogen är okänd (HOME saknas); ange --db och --config.")
    return env["HOME"].rstrip("/")
