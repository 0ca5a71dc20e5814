"""How an instant with its civil day travels."""

from datetime import date

from kiosk.domain.moment import ClockQuality, Moment, instant_text, parse_instant
from sync.protocol.wire_message import WireMessage


class WireMoment(WireMessage):
    """An instant with its civil day; see :class:`kiosk.domain.moment.Moment`."""

    utc: str
    civil_date: str
    zone: str
    clock: str

    @classmethod
    def of(cls, moment: Moment) -> "WireMoment":
        """Return the message about a moment."""
        return cls(
            utc=instant_text(moment.utc),
            civil_date=moment.civil_date.isoformat(),
            zone=moment.zone,
            clock=moment.clock.value,
        )

    def moment(self) -> Moment:
        """Return the moment."""
        return Moment(parse_instant(self.utc), date.fromisoformat(self.civil_date), self.zone, ClockQuality(self.clock))
