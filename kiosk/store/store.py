"""The kiosk's store: one SQLite file, encrypted unless told otherwise."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.request import OriginId
from kiosk.journal.canonical import LARGEST_WHOLE
from kiosk.journal.chain import EntrySigner
from kiosk.journal.entry import Entry
from kiosk.journal.verification import StepwiseVerification, UnreadableEntryError, VerificationReport, verify_chain
from kiosk.store.connections import READING, SEARCHING, WRITING, Connection, ConnectionPool, open_connection
from kiosk.store.journal_rows import next_witnesses, stored_entries, witnesses
from kiosk.store.stored_values import StoredFacts
from kiosk.store.unit_of_work import SqlUnitOfWork, WritersPlace
from kiosk.store.upgrade import SchemaState, migrate, schema_state

DATABASE_NAME = "borne.db"


class Store:
    """An open store; safe to use from several threads, and by several processes at once."""

    def __init__(
        self,
        writers: ConnectionPool,
        readers: ConnectionPool,
        origin: OriginId,
        signer: EntrySigner | None,
        busy_timeout_s: float,
        *,
        searchers: ConnectionPool,
    ) -> None:
        self._writers = writers
        self._readers = readers
        self._searchers = searchers
        self._origin = origin
        self._signer = signer
        self._place = WritersPlace(busy_timeout_s)

    def units(self) -> SqlUnitOfWork:
        """Return a unit of work that writes; a ``UnitOfWorkFactory``."""
        return SqlUnitOfWork(self._writers, self._origin, self._signer, self._place)

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work that sees one state of the store and never waits for a writer; it cannot write."""
        return SqlUnitOfWork(self._readers, self._origin, None, None)

    def searching(self) -> SqlUnitOfWork:
        """Return a unit of work as :meth:`reading` does, for reads from all over a large store."""
        return SqlUnitOfWork(self._searchers, self._origin, None, None)

    def verify_journal(
        self, public_keys: Iterable[EllipticCurvePublicKey], *, with_signatures: bool = True
    ) -> VerificationReport:
        """Check the whole journal from scratch while filing goes on; see :func:`verify_chain`."""
        with self._one_state() as connection:
            return verify_chain(
                stored_entries(connection),
                public_keys,
                origin=self._origin,
                with_signatures=with_signatures,
                witnesses=witnesses(connection, self._origin),
            )

    def verification(self, public_keys: Iterable[EllipticCurvePublicKey]) -> "StoredJournalPass":
        """Begin a verification that is done in pieces, and goes on as entries come."""
        return StoredJournalPass(self, StepwiseVerification(public_keys, origin=self._origin))

    def verify_further(self, verification: StepwiseVerification, at_most: int) -> bool:
        """Go on with a verification for some entries; tell whether it is at the end of the journal, or at a break."""
        head = verification.report.head
        after = (self._origin, head.seq) if head.seq else ("", 0)
        with self._one_state() as connection:
            entries, unreadable = _taken(islice(stored_entries(connection, after=after, batch=at_most), at_most))
            is_end = len(entries) < at_most and unreadable is None
            up_to = LARGEST_WHOLE if is_end or not entries else entries[-1][0].seq
            remembered = next_witnesses(connection, self._origin, head.seq, up_to)
            report = verification.take(_then(entries, unreadable), remembered, is_end=is_end)
        return is_end or not report.is_whole

    @contextmanager
    def _one_state(self) -> Iterator[Connection]:
        """Read one state of the store, however long that takes."""
        connection = self._readers.take()
        try:
            connection.run("BEGIN")
            yield connection
        finally:
            connection.run("ROLLBACK")
            self._readers.give_back(connection)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; for idle moments, so that no visitor waits for it."""
        connection = self._readers.take()
        try:
            connection.rows("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            self._readers.give_back(connection)

    def scrub(self) -> bool:
        """Leave no copy of what was erased in the write-ahead log; tell whether no reader stood in the way.

        The freed pages of the file were overwritten when they were freed (``secure_delete``).
        """
        connection = self._writers.take()
        try:
            ((is_busy, _, _),) = connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._writers.give_back(connection)
        return not is_busy

    def close(self) -> None:
        """Close all connections; the last one of the last process folds the log into the file."""
        self._searchers.close()
        self._readers.close()
        self._writers.close()


class StoredJournalPass:
    """A verification of a store's journal; see :class:`kiosk.services.verify_journal.JournalPass`."""

    def __init__(self, store: Store, verification: StepwiseVerification) -> None:
        self._store, self._verification = store, verification

    @property
    def report(self) -> VerificationReport:
        """What was found so far."""
        return self._verification.report

    def further(self, at_most: int) -> bool:
        """Check some more entries; tell whether the end, or a break, was reached."""
        return self._store.verify_further(self._verification, at_most)


_Stored = tuple[Entry, StoredFacts | None]


def _taken(piece: Iterator[_Stored]) -> tuple[list[_Stored], UnreadableEntryError | None]:
    """Read a piece to its end, or to the row that is no entry."""
    entries: list[_Stored] = []
    try:
        for each in piece:
            entries.append(each)  # noqa: PERF402  # what came before the error is kept
    except UnreadableEntryError as error:
        return entries, error
    return entries, None


def _then(entries: Iterable[_Stored], unreadable: UnreadableEntryError | None) -> Iterator[_Stored]:
    yield from entries
    if unreadable is not None:
        raise unreadable


def open_store(
    path: Path,
    key: bytes | None,
    signer: EntrySigner | None,
    origin: str,
    busy_timeout_s: float = 10.0,
) -> Store:
    """Open the store of a machine, create it or bring it to this version's schema.

    Args:
        path: the database file; its folder exists.
        key: raw key of 32 bytes, or None for a file that is not encrypted.
        signer: the machine's key; None opens a store that can be read and verified, not written.
        origin: the machine's identifier, for example ``38-A2``.
        busy_timeout_s: how long a writer waits for another one.

    Raises:
        NewerStoreError: written by a newer version; the file is left as it is.
        StoreUnreadableError: not a database, not ours, damaged, or another key.
        StoreFullError, StoreBusyError: creating or upgrading it failed; nothing was changed.
    """

    def connect(pragmas: tuple[str, ...], mode: str) -> Connection:
        return open_connection(path, key, pragmas, busy_timeout_s=busy_timeout_s, mode=mode)

    if schema_state(path, key, busy_timeout_s=busy_timeout_s) is not SchemaState.CURRENT:
        migrate(path, lambda: connect(WRITING, "rwc"))
    writers = ConnectionPool(lambda: connect(WRITING, "rw"))
    readers = ConnectionPool(lambda: connect(READING, "rw"))
    searchers = ConnectionPool(lambda: connect(SEARCHING, "rw"))
    return Store(writers, readers, OriginId(origin), signer, busy_timeout_s, searchers=searchers)
