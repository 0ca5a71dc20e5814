"""Promise 6: history cannot be rewritten unnoticed, yet a person's data can be erased without breaking it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.journal.verification import BreakReason, VerificationReport
from kiosk.store.connections import Connection, open_connection
from kiosk.store.store import DATABASE_NAME
from kiosk.store.tables import APPEND_ONLY_TRIGGERS, journal_entries, payloads
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedSigner, a_signer
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.stores import A_STORE_KEY, reopened

LAST = 6


def a_day(folder: Path) -> AKiosk:
    """Return a kiosk with six entries: founding, three filings, one printed ticket (sending, confirmed)."""
    kiosk = a_kiosk(folder)
    outcomes = [kiosk.file(a_request_content(birth_name=name)) for name in ("DIALLO", "KEITA", "NGUYEN")]
    assert kiosk.print(outcomes[-1].filing.print_job_id) is PrintState.CONFIRMED
    return kiosk


@contextmanager
def forger(folder: Path) -> Iterator[Connection]:
    """Give what somebody with the database's key can do: no triggers, no foreign keys, no scruples."""
    connection = open_connection(folder / DATABASE_NAME, A_STORE_KEY, (), busy_timeout_s=5, mode="rw")
    connection.run("PRAGMA foreign_keys = OFF")
    connection.run("PRAGMA ignore_check_constraints = ON")
    for trigger in APPEND_ONLY_TRIGGERS:
        connection.run(f"DROP TRIGGER {trigger.split()[2]}")
    try:
        yield connection
    finally:
        connection.close()


def verified_after(folder: Path, forge: Callable[[Connection], object]) -> VerificationReport:
    """Forge, and verify as ``journal verify`` does; in small pieces, as beside a kiosk's work, the same is found."""
    with forger(folder) as connection:
        forge(connection)
    kiosk = AKiosk(reopened(folder))
    report, in_pieces = kiosk.verified(), kiosk.store.verification([a_signer().public_key])
    while not in_pieces.further(at_most=2):
        pass
    assert in_pieces.report == report
    return report


def flipped(value: Any, bit: int) -> Any:
    """Return a stored value with one bit changed, in the same type of the database."""
    if isinstance(value, int):
        return value ^ (1 << bit % 62)
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(data)


def test_an_untouched_journal_verifies(tmp_path: Path) -> None:
    """The control of all tests below."""
    a_day(tmp_path)

    report = verified_after(tmp_path, lambda _: None)

    assert (report.is_whole, report.entries, report.erased_payloads) == (True, LAST, 0)


@pytest.mark.parametrize("column", [column.name for column in journal_entries.columns])
def test_any_changed_bit_of_an_entry_is_found(column: str, tmp_path: Path) -> None:
    """One bit in any column of an entry, in the first, a middle and the last one."""
    a_day(tmp_path)
    is_text = column not in ("seq", "recorded_at_ms", "monotonic_ms", "signature")
    for seq, bit in ((1, 0), (3, 5), (4, 17), (LAST, 9)):
        with forger(tmp_path) as connection:
            ((value,),) = connection.rows(f"SELECT {column} FROM journal_entries WHERE seq = ?", (seq,))
            before = connection.rows("SELECT * FROM journal_entries WHERE seq = ?", (seq,))[0]
            if value is None:
                forged: Any = "x"
            else:
                forged = flipped(value, bit)
            cast = "CAST(? AS TEXT)" if is_text else "?"
            connection.run(f"UPDATE journal_entries SET {column} = {cast} WHERE seq = ?", (forged, seq))

            report = AKiosk(reopened(tmp_path)).verified()

            assert report.first_break is not None, (seq, bit)
            assert report.entries < seq or column in ("origin", "seq")
            connection.run(
                "DELETE FROM journal_entries WHERE seq = ? OR (seq = ? AND ? = 'seq')", (seq, forged, column)
            )
            marks = ", ".join("?" * len(before))
            connection.run(f"INSERT INTO journal_entries VALUES ({marks})", before)
            for trigger in APPEND_ONLY_TRIGGERS:
                connection.run(trigger)
            assert AKiosk(reopened(tmp_path)).verified().is_whole


@pytest.mark.parametrize(
    ("column", "forged"), [("civil_date", "20261120"), ("civil_date", "2026-W47-5"), ("type", "GENESIS")]
)
def test_another_way_of_writing_the_same_is_a_change(column: str, forged: str, tmp_path: Path) -> None:
    """What is stored has one form only: a day written otherwise was not written by us."""
    a_day(tmp_path)

    report = verified_after(
        tmp_path, lambda c: c.run(f"UPDATE journal_entries SET {column} = ? WHERE seq = 1", (forged,))
    )

    assert report.first_break is not None
    assert report.first_break.seq == 1


@pytest.mark.parametrize("column", ["salt", "facts"])
def test_any_changed_bit_of_the_facts_is_found(column: str, tmp_path: Path) -> None:
    """Names, dates, numbers: what was recorded of a filing is bound by the entry's payload hash."""
    a_day(tmp_path)
    with forger(tmp_path) as connection:
        ((value,),) = connection.rows(f"SELECT {column} FROM payloads WHERE seq = 3")
        for bit in range(0, 8 * len(value), 101):
            connection.run(f"UPDATE payloads SET {column} = ? WHERE seq = 3", (flipped(value, bit),))

            found = AKiosk(reopened(tmp_path)).verified().first_break

            assert found is not None
            assert (found.seq, found.reason) == (3, BreakReason.PAYLOAD)


@pytest.mark.parametrize("seq", range(1, LAST + 1))
def test_a_missing_entry_is_found(seq: int, tmp_path: Path) -> None:
    """The first, one in the middle, the last: the end of a chain cannot be cut off either."""
    a_day(tmp_path)

    report = verified_after(tmp_path, lambda c: c.run("DELETE FROM journal_entries WHERE seq = ?", (seq,)))

    assert report.first_break is not None
    assert report.first_break.seq == seq
    assert report.first_break.reason in (BreakReason.MISSING, BreakReason.WITNESS)


def test_swapped_entries_are_found(tmp_path: Path) -> None:
    """Two entries that change places."""
    a_day(tmp_path)

    def swap(connection: Connection) -> None:
        for old, new in ((2, 100), (3, 2), (100, 3)):
            connection.run("UPDATE journal_entries SET seq = ? WHERE seq = ?", (new, old))

    found = verified_after(tmp_path, swap).first_break

    assert found is not None
    assert found.seq == 2


@pytest.mark.parametrize(("seq", "origin"), [(LAST + 1, "38-A2"), (3, "38-A1"), (3, "99-ZZ"), (0, "38-A2")])
def test_an_added_entry_is_found(seq: int, origin: str, tmp_path: Path) -> None:
    """A copy of an entry at the end, before the beginning, or under another origin."""
    a_day(tmp_path)
    names = [column.name for column in journal_entries.columns]
    others = ", ".join(name for name in names if name not in ("origin", "seq"))

    report = verified_after(
        tmp_path,
        lambda c: c.run(
            f"INSERT INTO journal_entries (origin, seq, {others}) "
            f"SELECT ?, ?, {others} FROM journal_entries WHERE seq = 3",
            (origin, seq),
        ),
    )

    assert report.first_break is not None


def test_a_journal_signed_with_another_key_is_found(tmp_path: Path) -> None:
    """Who rewrites and signs everything again with a key of their own does not have the kiosk's."""
    a_day(tmp_path)
    report = reopened(tmp_path).verify_journal([FixedSigner(7).public_key])

    assert report.first_break is not None
    assert report.first_break.reason is BreakReason.UNKNOWN_KEY


def test_erased_facts_leave_the_journal_whole(tmp_path: Path) -> None:
    """A person's salt and facts are gone, and every entry still verifies; nothing can be guessed from the hash."""
    kiosk = a_day(tmp_path)

    writer = kiosk.store._writers.take()
    writer.run("DELETE FROM payloads WHERE seq = 3")  # allowed: the triggers refuse change, not erasure
    kiosk.store._writers.give_back(writer)

    report = kiosk.verified()
    assert (report.is_whole, report.erased_payloads) == (True, 1)
    with kiosk.store.reading() as unit:
        request = unit.requests.filed_on(kiosk.file().filing.filed.civil_date)[1]
    assert request.content.identity.birth_name == ""
    assert request.content.procedure == "REN-SALARIE"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entries SET type = 'stopped' WHERE seq = 2",
        "DELETE FROM journal_entries WHERE seq = 2",
        "DELETE FROM journal_entries",
        "INSERT OR REPLACE INTO journal_entries SELECT * FROM journal_entries WHERE seq = 2",
        "UPDATE payloads SET facts = x'7b7d' WHERE seq = 2",
    ],
)
def test_the_database_itself_refuses_to_change_history(statement: str, tmp_path: Path) -> None:
    """A bug of ours cannot rewrite the journal: the triggers stand below."""
    kiosk = a_day(tmp_path)
    writer = kiosk.store._writers.take()

    with pytest.raises(sqlcipher.IntegrityError, match=r"append-only|never changed"):
        writer.run(statement)

    writer.close()
    assert kiosk.verified().is_whole


def test_every_column_of_the_evidence_is_under_test() -> None:
    """A column added later must be covered by a hash, and by this file."""
    assert {column.name for column in payloads.columns} == {"origin", "seq", "salt", "facts"}
