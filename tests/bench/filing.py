"""From the confirmation to the disk: beside the same rows with plain SQLAlchemy Core, and as the store grows."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.name_keys import consonant_key
from kiosk.domain.reference import make_reference
from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.settings import Settings
from kiosk.store.store import DATABASE_NAME
from kiosk.store.tables import (
    counters,
    filings,
    journal_entries,
    journal_heads,
    metadata,
    payloads,
    places,
    print_jobs,
    requests,
)
from tests.bench.figures import Figure, Series, milliseconds
from tests.fakes.raw_databases import plain_engine, raw_connection
from ui.composition import Machine, keys_of, open_machine, prepared

TAPS = 300
FEW = 1_000
_SYLLABLES = ("ba", "di", "lo", "ma", "ne", "ra", "sou", "ti", "kou", "fe")
_LANGUAGES = ("fr", "ar", "en", "ta")
A_DAY = 900
ONE_UNCONFIRMED_IN = 5_000
MANY = 200_000
_ROWS: tuple[tuple[Table, str], ...] = (
    (journal_entries, "seq"),
    (payloads, "seq"),
    (requests, "request_id"),
    (filings, "filing_id"),
    (print_jobs, "print_job_id"),
    (places, "place_id"),
)


def contents(start: int = 0) -> Iterator[RequestContent]:
    """Requests of people who are all different."""
    for number in itertools.count(start):
        identity = Identity(f"DIALLO{number}", ("Aminata",), birth_date=PartialDate(1990, 4, 12), nationality="SN")
        yield RequestContent("REN-SALARIE", "fr", identity, foreigner_number=f"{number:010d}", documents=("passeport",))


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of filing."""
    plain = PlainRows(folder / "plain")
    with open_machine(Settings(), folder / "few") as machine, prepared(machine):
        people = contents()
        for _ in range(FEW):
            machine.visitors.file_request(next(people), machine.entropy.identifier())
        rows = StoredRows(folder / "few")
        ours, theirs = [], []
        for _ in range(TAPS):
            ours.append(tap(machine, next(people)))
            taken = rows.latest()
            theirs.append(milliseconds(lambda taken=taken: plain.commit(taken)))  # type: ignore[misc]
        alone = [tap(machine, next(people)) for _ in range(TAPS)]
    few = Series(f"confirmation to durable, at {FEW:,} requests", ours)
    yield Figure(few, "at most 2x the yardstick; p95 under 10 ms", Series("the same rows, plain Core, FULL", theirs))
    grow(folder / "few", folder / "many", MANY)
    with open_machine(Settings(), folder / "many") as machine:
        people = contents(10_000_000)
        later = [tap(machine, next(people)) for _ in range(TAPS)]
    yield Figure(
        Series(f"confirmation to durable, at {MANY:,} requests", later),
        f"under 1.2x the same at {FEW:,}",
        Series(f"the same, at {FEW:,} requests", alone),
    )


def tap(machine: Machine, content: RequestContent) -> float:
    """Return how long one confirmation took, in milliseconds."""
    key = machine.entropy.identifier()
    outcomes: list[FilingOutcome] = []
    return milliseconds(lambda: outcomes.append(machine.visitors.file_request(content, key)))


class StoredRows:
    """Reads back what a filing wrote."""

    def __init__(self, data_dir: Path) -> None:
        self._engine = plain_engine(data_dir / DATABASE_NAME, keys_of(Settings(), data_dir).store_key)

    def latest(self) -> dict[str, dict[str, Any]]:
        """Return the rows of the newest filing, by table."""
        with self._engine.connect() as connection:
            return {table.name: self._row(connection, table, column) for table, column in _ROWS}

    def _row(self, connection: Connection, table: Table, column: str) -> dict[str, Any]:
        newest = select(table).order_by(table.c[column].desc()).limit(1)
        return dict(connection.execute(newest).one()._mapping)


class PlainRows:
    """The yardstick: the same rows in the same kind of file, inserted and committed, nothing else."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._engine = plain_engine(folder / DATABASE_NAME, bytes(32))
        metadata.create_all(self._engine)
        self._number = itertools.count(1)

    def commit(self, rows: dict[str, dict[str, Any]]) -> None:
        """Insert one row in each table and the counters, durably."""
        number = next(self._number)
        with self._engine.begin() as connection:
            for table, _ in _ROWS:
                connection.execute(insert(table), rows[table.name])
            entry = rows[journal_entries.name]
            head = {name: entry[name] for name in ("seq", "hash", "civil_date", "recorded_at_ms")}
            self._put(connection, journal_heads, {"origin": entry["origin"]}, head)
            for kind in ("reference", "call A"):
                self._put(connection, counters, {"civil_date": entry["civil_date"], "kind": kind}, {"value": number})

    def _put(self, connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        condition = [table.c[name] == value for name, value in key.items()]
        if connection.execute(table.update().where(*condition).values(values)).rowcount == 0:
            connection.execute(insert(table), key | values)


def grow(source: Path, target: Path, count: int) -> None:
    """Make a store with ``count`` more requests than its source, without filing them one by one.

    The rows are real in number, size and keys; their hashes are not those of a chain, which filing never reads.
    """
    target.mkdir()
    keys = target.with_name(f"{target.name}.keys")
    keys.mkdir(mode=0o700)
    for path in source.with_name(f"{source.name}.keys").iterdir():
        (keys / path.name).write_bytes(path.read_bytes())
        (keys / path.name).chmod(0o600)
    (target / DATABASE_NAME).write_bytes((source / DATABASE_NAME).read_bytes())
    latest = StoredRows(target).latest()
    connection = raw_connection(target / DATABASE_NAME, keys_of(Settings(), target).store_key)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table, _ in _ROWS:
            names = [column.name for column in table.columns]
            marks = ", ".join("?" * len(names))
            rows = (tuple(_grown(latest, table, number).values()) for number in range(1, count + 1))
            connection.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", rows)
        seq = latest["journal_entries"]["seq"] + count
        connection.execute("UPDATE journal_heads SET seq = ?, hash = ?", (seq, f"{count:064x}"))
        connection.execute("COMMIT")
    finally:
        connection.close()


def _grown(latest: dict[str, dict[str, Any]], table: Table, number: int) -> dict[str, Any]:
    row = {column.name: latest[table.name][column.name] for column in table.columns}
    seq = latest["journal_entries"]["seq"] + number
    day = grown_day(number)
    at_ms = int(datetime(day.year, day.month, day.day, 8, tzinfo=UTC).timestamp()) * 1000 + number % A_DAY * 20_000
    changes: dict[str, Any] = {
        "seq": seq,
        "journal_seq": seq,
        "hash": f"{number:064x}",
        "entry_hash": f"{number:064x}",
        "request_id": request_id_of(number),
        "filing_id": f"{_prefix(number)}-f",
        "print_job_id": f"{_prefix(number)}-p",
        "place_id": f"{_prefix(number)}-f",
        "arrival": seq,
        "subject": request_id_of(number),
        "person": f"person {number}",
        "foreigner_number": grown_foreigner_number(number),
        "civil_date": day.isoformat(),
        "filed_on": day.isoformat(),
        "received_on": day.isoformat(),
        "recorded_at_ms": at_ms,
        "filed_at_ms": at_ms,
        "received_at_ms": at_ms,
        "language": _LANGUAGES[number % len(_LANGUAGES)],
        "call_number": f"B{number:06d}",
        "idempotency_key": _prefix(number),
        "state": "confirmed" if number % ONE_UNCONFIRMED_IN else "unconfirmed",
    }
    if table is requests:
        changes |= {"reference": grown_reference(number), "phone": grown_phone(number), **_grown_names(number)}
    if table is places:
        changes |= {"state": "finished"}
    row.update({name: value for name, value in changes.items() if name in row})
    return row


def grown_reference(number: int) -> str:
    """The reference of a grown request: 900 a day, with its check character."""
    return make_reference("38", "A2", grown_day(number), number % A_DAY + 1)


def grown_day(number: int) -> date:
    """The day on which a grown request was filed."""
    return date(2020, 1, 1) + timedelta(days=number // A_DAY)


def grown_foreigner_number(number: int) -> str:
    """Ten digits, in no order."""
    return f"9{number * 7_654_321 % 1_000_000_007:09d}"


def grown_phone(number: int) -> str:
    """Ten digits, in no order."""
    return f"06{number * 1_234_577 % 100_000_007:08d}"


def grown_name(number: int) -> str:
    """Ten thousand birth names, a thousand of them with each two first syllables; ten given names."""
    mixed = number * 7_919 % 100_003
    return "".join(_SYLLABLES[int(digit)] for digit in f"{mixed % 10_000:04d}") + f" {_SYLLABLES[number % 10]}ta"


def _grown_names(number: int) -> dict[str, str | None]:
    """One in five has typed the name in a script without vowels."""
    name = grown_name(number)
    return {"search_name": name, "search_consonants": None if number % 5 else consonant_key(name)}


def request_id_of(number: int) -> str:
    """The identifier of a grown request."""
    return f"{_prefix(number)}-r"


def _prefix(number: int) -> str:
    """An identifier of the right length that sorts by time, before today's."""
    return f"0180{number:08x}-7000-7000-8000-000000000000"[:36]
