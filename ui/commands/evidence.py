"""Evidence from outside and for outside: time stamps, and the journal as an archive that anybody can check."""

from pathlib import Path

from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from ui.composition import open_machine, prepared


def stamp_now(settings: Settings, data_dir: Path) -> dict[str, JsonValue]:
    """Have the last entry stamped and return ``{seq, hash, stamped_at}`` of the newest token.

    Raises:
        ConfigurationError: no authority is configured.
        TimeStampError: it gave no token; nothing was recorded.
    """
    with open_machine(settings, data_dir) as machine:
        if machine.stamp_head is None:
            raise ConfigurationError("evidence.time_stamp_url", "the address of a time-stamp authority; it is empty")
        with prepared(machine):
            machine.stamp_head()
        with machine.store.reading() as unit:
            newest = unit.time_stamps.latest()
    if newest is None:
        return {"seq": 0, "hash": "", "stamped_at": None}
    return {"seq": newest.seq, "hash": newest.hash, "stamped_at": instant_text(newest.stamped_at)}
