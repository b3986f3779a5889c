"""Every way finsam says no: a Swedish sentence, and the exit status it ends with.

The text of an error is shown as it stands. It says what is wrong, where, and what to do, and it
never holds personal data: not the value that was refused, not the name of the person it was for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class FieldError(ValueError):
    """A value that a field refuses; the front end shows the sentence beside the field."""


class FinsamError(Exception):
    """A command cannot go on; `str(error)` is the one line that goes to stderr."""

    exit_code = 1


class UsageError(FinsamError):
    """The command was given wrongly: an unknown option, a missing answer without a terminal."""

    exit_code = 2


class InputError(FinsamError):
    """What came in cannot be used; nothing was changed."""

    exit_code = 3


class NotAllowed(InputError):
    """The user's role does not let them see or change it; nothing was shown or changed."""


class Conflict(FinsamError):
    """Somebody else changed the record while it was being edited; nothing was changed.

    The front end shows both versions and lets the user choose.
    """

    exit_code = 3

    def __init__(  # noqa: PLR0913 - what both versions need to be told apart
        self,
        message: str,
        *,
        table: str,
        id: int | str,
        theirs: Mapping[str, object],
        by: str,
        at: str,
    ) -> None:
        """`theirs` is the record as it stands, column → value; `at` an ISO moment in UTC."""
        super().__init__(message)
        self.table = table
        self.id = id
        self.theirs = theirs
        self.by = by
        self.at = at


class RegisterError(FinsamError):
    """The register cannot be opened; it is left as it was."""

    exit_code = 4


class RegisterMissing(RegisterError):
    """There is no register at the path."""


class WrongKey(RegisterError):
    """No key slot opens with the passphrase, recovery code or key file given."""


class TooSoon(RegisterError):
    """So many passphrases were wrong that the next is to be waited with."""


class Damaged(RegisterError):
    """The register or its key file is not what was written."""


class NewerSchema(RegisterError):
    """The register was written by a newer version of the program."""


class LooseMode(RegisterError):
    """Others than the owner can read the register, its key file or its folder."""


class NetworkFolder(RegisterError):
    """The register lies on a network file system or in a synchronised folder."""


class ReadOnly(RegisterError):
    """The register or its folder cannot be written to."""


class Locked(RegisterError):
    """Another program holds the register, or the session has been locked."""


class CopyError(FinsamError):
    """A backup, a restore or the disk failed; the register is unharmed."""

    exit_code = 5


class Busy(CopyError):
    """Another job makes a copy in the same folder just now."""
