"""Journals as long as weeks without a network make them, written in bulk: every entry hashed, linked and signed."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.domain.moment import Moment
from kiosk.domain.request import OriginId
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.chain import head_after, next_entry
from kiosk.journal.entry import ChainHead, EntryDraft, EntryType, Payload
from kiosk.settings import Settings
from kiosk.store.journal_rows import _entry_row, _head_row
from kiosk.store.store import DATABASE_NAME
from kiosk.store.tables import journal_entries, journal_heads, payloads
from tests.fakes.raw_databases import raw_connection
from ui.composition import Machine, keys_of, open_machine, prepared

_CHUNK: Final = 5_000
_PRINTING: Final = (EntryType.TICKET_SENDING, EntryType.TICKET_CONFIRMED)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ABacklog:
    """A kiosk that has not spoken to its centre yet.

    Attributes:
        folder: its data directory; its name is the origin.
        origin: of the machine.
        head: of its journal.
    """

    folder: Path
    origin: str
    head: ChainHead


def site_settings(origin: str) -> Settings:
    """Return the settings of a machine with a name."""
    settings = Settings()
    departement, kiosk_id = origin.split("-")
    site = settings.site.model_copy(update={"departement": departement, "kiosk_id": kiosk_id})
    return settings.model_copy(update={"site": site})


def a_backlog(parent: Path, origin: str, entries: int) -> ABacklog:
    """Found a machine under a folder, and give it so many entries: visits of a filing and its ticket."""
    folder = parent / origin
    settings = site_settings(origin)
    with open_machine(settings, folder) as machine, prepared(machine):
        with machine.store.units() as unit:
            head = unit.journal.head()
        head = _written(machine, settings, head, entries)
    return ABacklog(folder, origin, head)


def _written(machine: Machine, settings: Settings, head: ChainHead, count: int) -> ChainHead:
    connection = raw_connection(machine.data_dir / DATABASE_NAME, keys_of(settings, machine.data_dir).store_key)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        drafts = itertools.islice(_visits(machine), count - head.seq)
        while chunk := list(itertools.islice(drafts, _CHUNK)):
            rows: list[Row] = []
            beside: list[Row] = []
            for draft in chunk:
                entry = next_entry(head, draft, origin=OriginId(machine.site.origin), signer=machine.signer)
                head = head_after(entry)
                rows.append(_entry_row(entry))
                facts = canonical_bytes(draft.payload.facts)
                beside.append({"origin": entry.origin, "seq": entry.seq, "salt": draft.payload.salt, "facts": facts})
            connection.execute("BEGIN IMMEDIATE")
            _insert(connection, journal_entries.name, rows)
            _insert(connection, payloads.name, beside)
            _insert(connection, journal_heads.name, [_head_row(machine.site.origin, head)])
            connection.execute("COMMIT")
    finally:
        connection.close()
    return head


def _visits(machine: Machine) -> Iterator[EntryDraft]:
    reading = machine.clock.read()
    moment = Moment.of(reading.utc, "Europe/Paris", reading.quality)
    for number in itertools.count():
        request_id = machine.entropy.identifier()
        payload = Payload(machine.entropy.salt(16), _filing(machine.site.origin, number))
        yield EntryDraft(EntryType.REQUEST_FILED, moment, reading, payload, request_id)
        for kind in _PRINTING:
            printed: dict[str, JsonValue] = {"print_job_id": request_id, "reprint": 0}
            yield EntryDraft(kind, moment, reading, Payload(machine.entropy.salt(16), printed), request_id)


def _filing(origin: str, number: int) -> dict[str, JsonValue]:
    """Return facts as large as those of a real filing."""
    return {
        "call_number": f"A{number % 1000:03d}",
        "catalogue": "d529acb90d62",
        "clock": "holdover",
        "content": {
            "birth_date": "1990-04-12",
            "birth_name": f"DIALLO{number}",
            "documents": ["passeport"],
            "foreigner_number": f"{number:010d}",
            "given_names": ["Aminata"],
            "language": "fr",
            "nationality": "SN",
            "procedure": "REN-SALARIE",
        },
        "filed_at": "2026-11-26T16:27:07.326Z",
        "filed_on": "2026-11-26",
        "filing_id": "01a218ae-a0be-7f3c-8973-1fb9cf1fae5c",
        "identity_salt": "0e5cc56e8bfe8659233d38fc42fb134f",
        "ordinal": 1,
        "print_job_id": "01a218ae-a0be-7f79-944f-3d94d22243bd",
        "received_at": "2026-11-26T16:27:07.326Z",
        "received_on": "2026-11-26",
        "reference": f"{origin}-261126-{number:07d}",
        "zone": "Europe/Paris",
    }


def _insert(connection: Any, table: str, rows: list[Row]) -> None:
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    statement = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks})"
    connection.executemany(statement, (tuple(row.values()) for row in rows))
