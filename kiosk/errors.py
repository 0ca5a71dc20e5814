"""Every error that Borne raises on purpose.

::

    BorneError
    ├── InputError            refused input: names the field and what was expected     exit 2
    │   ├── ConfigurationError    a setting, a data file, a key file
    │   ├── NameTakenError        there is, or was, an account of this name
    │   └── LastAdministratorError  nobody could make accounts any more
    │   └── SettingsRefusedError  what an administrator chose: all that is wrong, by key
    ├── IdempotencyConflictError  the same key came with other content                 exit 2
    ├── StaffError            a member of staff may not do this now                    exit 1
    │   ├── SignInRefusedError    name, password or code are wrong, or the name is locked
    │   ├── CodeNeededError       the password is right, and a code is asked for
    │   ├── NotSignedInError      nobody is signed in, the screen is locked, the account was disabled
    │   ├── NotAllowedError       the role does not allow it
    │   ├── PlaceMovedError       somebody else was faster, or the place is not where it was thought to be
    │   └── VersionMovedError     somebody else changed the configuration meanwhile
    ├── StoreError            the world failed below us: never say "saved"             exit 1
    │   ├── StoreFullError        no room left on the disk
    │   ├── StoreBusyError        another process kept the store too long
    │   ├── StoreUnreadableError  wrong key, or not one of our files
    │   └── NewerStoreError       written by a newer version of Borne
    ├── JournalBrokenError    an entry, link or signature does not verify              exit 1
    │   └── ArchiveBrokenError    an exported journal is not what was exported
    ├── BundleRefusedError    what was carried by hand is not whole, not ours, or altered  exit 1
    ├── SealError             a ticket's seal cannot be read or does not verify        exit 1
    ├── PrinterError          the printer could not be reached or refused              exit 3
    │   └── PrinterUnreachableError
    ├── CentreError           the centre could not be reached or refused               exit 3
    │   ├── CentreUnreachableError
    │   │   └── HubLostError          a counter or display has no link to its hub
    │   ├── CentreRefusedError    it answered, and the answer is no
    │   └── NotOurCentreError     something else answered (captive portal, foreign redirect)
    └── TimeStampError        no genuine token from the time-stamp authority           exit 3

Messages are for developers and staff: value and expectation in one line. What a visitor reads is a
catalogue entry chosen by the screen, never the text of an exception.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar


class BorneError(Exception):
    """Root of everything raised on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(BorneError):
    """Input was refused.

    Attributes:
        field: the key, setting or place that was wrong, for example ``birth_date`` or ``printer.url``.
        expectation: what would have been accepted, in one sentence.
    """

    exit_code = 2

    def __init__(self, field: str, expectation: str) -> None:
        super().__init__(f"{field}: {expectation}")
        self.field = field
        self.expectation = expectation


class ConfigurationError(InputError):
    """A setting, a data file or a key file is missing or wrong."""


class NameTakenError(InputError):
    """There is, or was, an account of this name."""


class LastAdministratorError(InputError):
    """Nobody could make accounts any more."""


class SettingsRefusedError(InputError):
    """A start would refuse what an administrator chose.

    Attributes:
        problems: dotted key to what was expected.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        key, expectation = next(iter(problems.items()))
        super().__init__(key, expectation)
        self.problems = dict(problems)


class IdempotencyConflictError(BorneError):
    """The same idempotency key came again with other content."""

    exit_code = 2


class StaffError(BorneError):
    """A member of staff may not do this, or not now; nothing was changed."""


class SignInRefusedError(StaffError):
    """Name and password do not fit, or the name is locked; whether there is such an account is not said.

    Attributes:
        locked_for: how long the name stays locked; None when it is not.
    """

    def __init__(self, locked_for: timedelta | None = None) -> None:
        if locked_for is None:
            super().__init__("no account has this name and password")
        else:
            super().__init__(f"too many sign-ins failed under this name; wait {locked_for.total_seconds():.0f} s")
        self.locked_for = locked_for


class CodeNeededError(StaffError):
    """The password is right, and the account also asks for a code; nothing was recorded yet."""

    def __init__(self) -> None:
        super().__init__("this account also asks for the code of its telephone, or a recovery code")


class NotSignedInError(StaffError):
    """Nobody is signed in, the screen is locked, or the account was disabled meanwhile."""


class NotAllowedError(StaffError):
    """The role of the account does not allow this."""


class PlaceMovedError(StaffError):
    """The place in the hall is not where the screen showed it: somebody else was faster."""


class VersionMovedError(StaffError):
    """Somebody else changed the configuration since the screen showed it."""


class StoreError(BorneError):
    """The store could not do its work; nothing may be said to be saved."""


class StoreFullError(StoreError):
    """No room is left on the disk."""


class StoreBusyError(StoreError):
    """Another process kept the store locked for longer than the limit."""


class StoreUnreadableError(StoreError):
    """The file is not a database of Borne, is damaged, or the key does not open it."""


class KeyReplacedError(StoreError):
    """The journal is signed with another key by now: this program started before the key was changed."""


class NewerStoreError(StoreError):
    """The database was written by a newer version of Borne; this one will not touch it."""

    exit_code = 2


class JournalBrokenError(BorneError):
    """An entry, a link or a signature of the journal does not verify."""


class ArchiveBrokenError(JournalBrokenError):
    """An exported journal is not what was exported, or cannot be read."""


class BundleRefusedError(BorneError):
    """A bundle or an acknowledgement that was carried by hand is not whole, not for us, altered, or of a stranger."""


class SealError(BorneError):
    """The seal of a ticket cannot be read or does not verify."""


class PrinterError(BorneError):
    """The printer could not do its work."""

    exit_code = 3


class UnreachableReason(StrEnum):
    """Why a printer could not be reached: each is mended in another way."""

    NOT_FOUND = "not_found"  # no such device, host, queue
    NOT_ALLOWED = "not_allowed"  # the device is there, this user may not open it
    BUSY = "busy"  # another program holds it
    REFUSED = "refused"  # the host answers, nothing listens on the port
    NO_ANSWER = "no_answer"  # silence, or the connection broke


class PrinterUnreachableError(PrinterError):
    """Nothing answers at the printer's address.

    Attributes:
        reason: for programs; the message says the same to people, and how to mend it.
    """

    def __init__(self, message: str, reason: UnreachableReason = UnreachableReason.NO_ANSWER) -> None:
        super().__init__(message)
        self.reason = reason


class CentreError(BorneError):
    """The central system could not do its work."""

    exit_code = 3


class CentreUnreachableError(CentreError):
    """No answer within the deadline."""


class HubLostError(CentreUnreachableError):
    """A counter or a display has no link to its hub.

    Attributes:
        since: UTC instant.
        may_be_done: the request went out and no answer came, so that what was asked may have been done.
    """

    def __init__(self, since: datetime, *, may_be_done: bool = False) -> None:
        super().__init__(f"the hub does not answer since {since:%Y-%m-%dT%H:%M:%SZ}")
        self.since, self.may_be_done = since, may_be_done


class CentreRefusedError(CentreError):
    """The centre answered, and the answer is no."""


class NotOurCentreError(CentreError):
    """Something else answered in the centre's place, for example a captive portal."""


class TimeStampError(BorneError):
    """The time-stamp authority could not be reached, refused, or answered something that is not its token."""

    exit_code = 3
