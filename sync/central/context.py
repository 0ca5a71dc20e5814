"""What every address of the centre works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sync.central.desk.factors import SealedFactors
from sync.central.hall.site import HallSite
from sync.central.journal import CentreJournal
from sync.central.trust.centre_key import CentreKey
from sync.central.trust.opening_keys import OpeningKeys


@dataclass(frozen=True, slots=True)
class CentreContext:
    """One centre or hub, joined.

    Attributes:
        engine: its database, at this version's schema.
        key: signs acknowledgements, key lists, updates and the centre's own journal.
        journal: records what staff and administrators do here.
        now: the centre's clock, aware UTC.
        name: origin of the centre's own journal, ``CENTRE-00`` or ``HUB-38``.
        opening_keys: open what is carried by hand; never sign.
        trust_first_use: whether an unknown kiosk is registered by its founding entry, without an enrolment.
        hall: the site whose counters work here; None where there are none.
    """

    engine: sa.Engine
    key: CentreKey
    journal: CentreJournal
    now: Callable[[], datetime]
    name: str
    opening_keys: OpeningKeys
    trust_first_use: bool
    hall: HallSite | None = None

    @property
    def factors(self) -> SealedFactors:
        """What opens and seals the second factors of accounts."""
        return SealedFactors(self.key)
