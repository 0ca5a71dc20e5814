"""How the link to the centre is, told by the process that sends to the staff screen and to ``sync status``."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.clock import Clock
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.store.told_file import ToldFile

LINK_NAME: Final = "link-condition.json"
# Beyond the next try and the longest exchange, nobody is sending any more.
_PATIENCE: Final = timedelta(minutes=6)


class LinkFile:
    """Written at every change and every try."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._file = ToldFile(data_dir / LINK_NAME)
        self._clock = clock

    def write(self, condition: LinkCondition) -> None:
        """Replace what the file says."""
        next_try = condition.next_try_at
        self._file.write(
            {
                "state": condition.state.value,
                "since": instant_text(condition.since),
                "next_try_at": instant_text(next_try) if next_try else None,
                "reason": condition.reason,
                "at": instant_text(self._clock.read().utc),
            }
        )

    def read(self) -> LinkCondition | None:
        """Return how the link is, None when nobody has told anything lately: no kiosk is running."""
        told = self._file.read()
        try:
            if told is None:
                return None
            next_try = told["next_try_at"]
            condition = LinkCondition(
                LinkState(str(told["state"])),
                parse_instant(str(told["since"])),
                parse_instant(str(next_try)) if next_try else None,
                str(told["reason"]),
            )
            at = parse_instant(str(told["at"]))
        except (ValueError, KeyError, TypeError):
            return None
        now = self._clock.read().utc
        latest = max(at, condition.next_try_at or at) + _PATIENCE
        return condition if at - _PATIENCE <= now <= latest else None
