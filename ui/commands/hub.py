"""A hub between kiosks and the centre: ``fleet join``, ``fleet relayed``; and at the centre ``fleet entrust``."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from ui.commands.central_process import upstream_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.relay.report import RelayedStream


def joined(
    settings: Settings, data_dir: Path, *, upstream: str, code: str, database: str | None, name: str
) -> dict[str, JsonValue]:
    """Register this hub at the centre above and return ``{origin, role, key_id, centre_key_id, centre_time}``.

    Raises:
        ConfigurationError: the name is not a hub's, the address or the code is wrong.
        CentreError: the centre above could not be reached, refused, or is not the one that made the code.
    """
    from sync.central.serve import CentreOptions, open_centre
    from ui.commands.central_link import enrolment_report
    from ui.commands.centre_database import database_url

    link = upstream_link(settings, data_dir, upstream, name)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_centre(CentreOptions(database_url(data_dir, database), data_dir, name)) as centre:
        return enrolment_report(link.enrolled(centre, code))


def relay_report(streams: "Sequence[RelayedStream]") -> dict[str, JsonValue]:
    """Return ``{pending, streams: [{stream, upstream, held_to, relayed_to, received_at, refusal}]}``."""
    return {
        "pending": sum(stream.held_to - stream.relayed_to for stream in streams),
        "streams": [dataclasses.asdict(stream) for stream in streams],
    }


def relay_lines(streams: "Sequence[RelayedStream]") -> str:
    """Return what a person reads of it."""
    return "\n".join(
        f"{stream.stream}  held to {stream.held_to}  relayed to {stream.relayed_to}"
        + (f" as {stream.upstream}" if stream.upstream not in (None, stream.stream) else "")
        + (f"  REFUSED: {stream.refusal}" if stream.refusal else "")
        for stream in streams
    )
