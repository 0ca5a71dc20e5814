"""How single values lie in a column: one form each, so that what is read back is what was written, bit by bit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from json import loads
from typing import Final

from kiosk.domain.moment import ClockQuality, Moment
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Payload

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def instant_ms(utc: datetime) -> int:
    """Return an aware instant as whole milliseconds since 1970."""
    return (utc - _EPOCH) // _MILLISECOND


def instant_of(milliseconds: int) -> datetime:
    """Return the aware UTC instant of whole milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


@lru_cache(maxsize=512)
def civil_date_of(text: str) -> date:
    """Return the day of a stored text, which has one form only: ``YYYY-MM-DD``.

    Raises:
        ValueError: another form, even if it means a day.
    """
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is not the stored form of a day")
    return day


def moment_of(milliseconds: int, civil_date: str, zone: str, clock: str) -> Moment:
    """Return a stored moment; its civil date is the stored one, never computed again."""
    return Moment(instant_of(milliseconds), civil_date_of(civil_date), zone, ClockQuality(clock))


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """The facts beside an entry as they lie on disk: hashed as bytes, read only when somebody asks.

    Attributes:
        salt: 16 random bytes.
        document: canonical JSON.
    """

    salt: bytes
    document: bytes

    @property
    def hash(self) -> str:
        """SHA-256 of salt || document, lower-case hex."""
        return sha256(self.salt + self.document).hexdigest()

    @property
    def facts(self) -> Mapping[str, JsonValue]:
        """The facts as JSON values."""
        return facts_of(self.document)

    @property
    def payload(self) -> Payload:
        """The facts as the ports know them."""
        return Payload(self.salt, self.facts)


def facts_of(document: bytes) -> dict[str, JsonValue]:
    """Return the JSON object of a stored document.

    Raises:
        ValueError: not a JSON object.
    """
    facts = loads(document)
    if not isinstance(facts, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  # a wrong document is a wrong value
    return facts
