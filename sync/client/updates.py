"""Following what the centre orders: asked after every full drain, done in order, each once."""

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.moment import parse_instant
from kiosk.errors import InputError, NotOurCentreError
from kiosk.ports.centre import Centre, CentreUpdate
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from sync.protocol.signed_forms import canonical_form
from sync.protocol.updates import Update, is_genuine


class FollowUpdates:
    """Asks for the next orders and does them."""

    def __init__(self, reading: UnitOfWorkFactory, centre: Centre, apply: Callable[[CentreUpdate], str]) -> None:
        """Take what it works with.

        Args:
            reading: the store, which knows the last number.
            centre: whom to ask.
            apply: does one order.
        """
        self._reading = reading
        self._centre = centre
        self._apply = apply

    def __call__(self) -> int:
        """Do what was ordered since and return how many orders there were.

        Raises:
            CentreError: nothing could be asked; nothing was done.
            StoreError: an order could not be kept; it comes again.
        """
        with self._reading() as unit:
            latest = unit.updates.latest()
        found = self._centre.updates_after(latest)
        for update in found:
            self._apply(update)
        return len(found)


def checked_updates(
    found: Sequence[Update], origin: str, after: int, public_key: EllipticCurvePublicKey
) -> list[CentreUpdate]:
    """Return orders that this centre signed for this machine, in order and without gap.

    Raises:
        NotOurCentreError: anything else: replayed, left out, changed, or meant for another machine.
    """
    checked = []
    for rank, update in enumerate(found, after + 1):
        body = update.body
        try:
            is_signed = is_genuine(update, public_key)
            issued_at = parse_instant(body.issued_at)
        except (InputError, ValueError) as error:
            raise NotOurCentreError("an order that cannot be read") from error
        if not is_signed or (body.origin, body.number) != (origin, rank):
            raise NotOurCentreError(f"order {rank} is not one that our centre signed for us")
        document = canonical_form(update)
        checked.append(CentreUpdate(body.number, body.kind, issued_at, body.content, document))
    return checked
