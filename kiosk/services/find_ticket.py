"""What a person brings back: the code of a ticket, scanned, or its reference, typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.domain.reference import parse_reference
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import JudgedSeal, KnownKey, Verdict, has_mark, judged
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import FileUnits


@dataclass(frozen=True, slots=True)
class BroughtTicket:
    """What can be said of a ticket before anybody proves whose it is.

    Attributes:
        reference: of the request.
        may_be_here: whether this kiosk could hold the request. A typed reference of this kiosk always may: nobody
            learns by typing which references exist.
        verdict: on the seal; None when the reference was typed.
    """

    reference: str
    may_be_here: bool
    verdict: Verdict | None = None

    @property
    def is_proved(self) -> bool:
        """Whether the seal shows that a kiosk of ours printed the ticket."""
        return self.verdict in (Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE)


class FindTicket:
    """Reads what was scanned or typed, with the keys that this kiosk knows and no network."""

    def __init__(
        self, *, reading: FileUnits, clock: Clock, origin: str, keys: Callable[[], Sequence[KnownKey]]
    ) -> None:
        """Take what it reads with.

        Args:
            reading: gives units that only read.
            clock: to know a ticket of the future.
            origin: of this kiosk.
            keys: that seals are checked with; asked each time, as a key may be changed meanwhile.
        """
        self._reading = reading
        self._clock = clock
        self._origin = origin
        self._keys = keys

    def __call__(self, text: str) -> BroughtTicket:
        """Return what a scan or a typed reference is.

        Raises:
            InputError: no ticket of ours, altered, or a reference that was mistyped.
            StoreError: the store cannot be read.
        """
        scanned = seal_in(text)
        if not has_mark(scanned):
            return self._typed(text)
        found = judged(scanned, self._keys(), self._clock.read().utc)
        if found.seal is None or found.verdict is Verdict.ALTERED:
            raise InputError("seal", "the code of a ticket, whole and unchanged")
        return self._scanned(found)

    def _typed(self, text: str) -> BroughtTicket:
        parsed = parse_reference(text)
        return BroughtTicket(str(parsed), f"{parsed.departement}-{parsed.kiosk_id}" == self._origin)

    def _scanned(self, found: JudgedSeal) -> BroughtTicket:
        assert found.seal is not None, "judged before"
        reference = str(parse_reference(found.seal.reference))
        with self._reading() as unit:
            request_id = unit.requests.by_reference(reference)
            is_here = request_id is not None and not unit.erasures.is_erased(request_id)
        return BroughtTicket(reference, is_here, found.verdict)
