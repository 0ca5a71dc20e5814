"""What a hub does with what is damaged, refused, erased or restored, and for whom it may speak."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from kiosk.errors import CentreRefusedError, InputError
from kiosk.journal.entry import EntryType
from sync.central.desk.accounts import Account, AccountRole
from sync.central.fleet.alarms import Alarm, alarms_of
from sync.central.fleet.condition_doors import keep_condition
from sync.central.fleet.kiosks import kiosks_of
from sync.central.schema import open_database
from sync.central.tables import conditions, entries, origins, payloads, relay, set_aside, streams
from sync.central.trust.entrusting import entrust
from sync.central.trust.revocation import revoke
from sync.protocol.conditions import Condition
from sync.protocol.wire_entries import batch_bytes
from sync.relay.conditions import PassOnConditions
from sync.relay.relay import NOT_BELIEVED_ABOVE, SET_ASIDE
from sync.relay.report import relayed_streams
from tests.fakes.centres import ORIGIN, Sent, drained
from tests.fakes.fleets import a_condition
from tests.fakes.hubs import CLERK, HUB, AHub, a_hub, rows
from tests.fakes.signed_requests import signed_request


@pytest.fixture
def databases(tmp_path: Path) -> tuple[str, str]:
    return f"sqlite:///{tmp_path / 'hub.db'}", f"sqlite:///{tmp_path / 'centre.db'}"


@pytest.fixture
def hub(tmp_path: Path, databases: tuple[str, str]) -> Iterator[AHub]:
    with a_hub(tmp_path, databases) as found:
        yield found


def incidents(hub: AHub, *, at_centre: bool = True) -> list[str]:
    """The incidents of the hub's journal, as text."""
    database = hub.databases[at_centre]
    numbers = {row.seq for row in rows(database, entries) if row.stream == HUB and row.type == EntryType.INCIDENT}
    return [row.facts for row in rows(database, payloads) if row.stream == HUB and row.seq in numbers]


def alarms_of_hub(hub: AHub) -> list[Alarm]:
    """What the hub's own page tells an administrator."""
    with hub.hub.context.engine.connect() as connection:
        return alarms_of(kiosks_of(connection, Account("chef", AccountRole.ADMINISTRATOR, ())), datetime.now(UTC))


def figures(hub: AHub) -> set[str]:
    """Lines of the hub's metrics."""
    return set(httpx.get(f"{hub.hub.url}/metrics", trust_env=False).text.splitlines())


def test_erased_facts_go_up_as_nothing(hub: AHub) -> None:
    """The entry verifies all the same."""
    drained(hub.drain())
    engine = open_database(hub.databases[0])
    with engine.begin() as connection:
        connection.execute(sa.delete(payloads).where(payloads.c.stream == ORIGIN, payloads.c.seq == 2))
    engine.dispose()
    hub.relayed()

    assert hub.held(at_centre=True) == hub.held(at_centre=False)
    assert 2 not in {row.seq for row in rows(hub.databases[1], payloads) if row.stream == ORIGIN}
    assert all(row.fault is None for row in rows(hub.databases[1], entries))


def test_what_is_not_authentic_stays_visible_at_both_ends_and_is_mended_at_both(hub: AHub) -> None:
    """A signature that was damaged on the way: set aside, told above, and replaced when the good one comes."""
    with hub.kiosk.store.reading() as unit:
        sent = list(unit.journal.entries_after(0, 100))
    bad = [(dataclasses.replace(entry, signature=bytes(64)), payload) if entry.seq == 3 else (entry, payload)
           for entry, payload in sent]  # fmt: skip

    def put(batch: list[Sent]) -> None:
        body = batch_bytes(batch)
        answer = signed_request("PUT", hub.hub.url, f"/v1/origins/{ORIGIN}/entries", body, origin=ORIGIN)
        assert answer.status_code == 200, answer.text

    put(bad)
    hub.relayed()
    faults = {row.seq for row in rows(hub.databases[1], entries) if row.fault is not None}
    put(sent)
    hub.relayed()

    assert faults == {3}
    assert {row.seq for row in rows(hub.databases[1], set_aside)} == {3}
    assert any(SET_ASIDE in facts for facts in incidents(hub))
    assert all(row.fault is None for row in rows(hub.databases[1], entries))
    assert hub.held(at_centre=True) == hub.held(at_centre=False)


def test_a_hub_speaks_only_for_its_own(hub: AHub) -> None:
    """Not for a kiosk of another département, not for one that is registered otherwise; then it is entrusted to it."""
    path = "/v1/origins/69-A1/entries"
    with hub.kiosk.store.reading() as unit:
        sent = list(unit.journal.entries_after(0, 100))
    foreign = signed_request("PUT", hub.centre.url, path, batch_bytes(sent), origin=HUB, signer=hub.hub.context.key)
    assert (foreign.status_code, foreign.json()["code"]) == (401, "unauthenticated")

    drained(hub.drain())
    hub.relayed()
    entrust(hub.centre.context, ORIGIN, None, by=CLERK)
    hub.kiosk.file(key="later")
    drained(hub.drain())
    with pytest.raises(CentreRefusedError, match=f"{HUB} does not speak for {ORIGIN}"):
        hub.relayed()
    refused = {stream.stream: stream.refusal for stream in relayed_streams(hub.hub.context.engine)}
    assert f"{HUB} does not speak" in str(refused[ORIGIN])
    assert [alarm.origin for alarm in alarms_of_hub(hub) if alarm.kind == "refused_above"] == [ORIGIN]
    assert {f'borne_hub_refused{{stream="{ORIGIN}"}} 1.0', f'borne_hub_refused{{stream="{HUB}"}} 0.0'} <= figures(hub)
    assert not any(line.startswith(f'borne_hub_owed_entries{{stream="{ORIGIN}"}} 0') for line in figures(hub))
    with pytest.raises(InputError, match="an enrolled hub"):
        entrust(hub.centre.context, ORIGIN, "HUB-99", by=CLERK)
    entrust(hub.centre.context, ORIGIN, HUB, by=CLERK)
    hub.relayed()

    assert hub.held(at_centre=True) == hub.held(at_centre=False)
    assert {stream.refusal for stream in relayed_streams(hub.hub.context.engine)} == {None}
    assert not [alarm for alarm in alarms_of_hub(hub) if alarm.kind == "refused_above"]
    assert f'borne_hub_owed_entries{{stream="{ORIGIN}"}} 0.0' in figures(hub)


def test_a_hub_that_was_restored_from_an_old_copy_goes_on_under_another_name(hub: AHub) -> None:
    """Its own journal parted from what the centre holds; the kiosk's did not, and nothing is lost of either."""
    drained(hub.drain())
    hub.relayed()
    engine = hub.hub.context.engine
    with engine.begin() as connection:
        hub.hub.context.journal.append(connection, EntryType.INCIDENT, {"kind": "seen above"})
    hub.relayed()
    with engine.begin() as connection:
        last = connection.execute(sa.select(streams).where(streams.c.stream == HUB)).one()
        before = connection.execute(
            sa.select(entries).where(entries.c.stream == HUB, entries.c.seq == last.accepted_to - 1)
        ).one()
        for table in (entries, payloads):
            connection.execute(sa.delete(table).where(table.c.stream == HUB, table.c.seq == last.accepted_to))
        kept = {"accepted_to": before.seq, "head": before.hash}
        connection.execute(sa.update(streams).where(streams.c.stream == HUB).values(kept))
        connection.execute(sa.update(relay).where(relay.c.stream == HUB).values(kept))
        hub.hub.context.journal.append(connection, EntryType.INCIDENT, {"kind": "after the copy"})
    hub.relayed()

    above = {stream.stream: stream for stream in relayed_streams(engine)}[HUB]
    assert (above.upstream, above.held_to) == (f"{HUB}.2", above.relayed_to)
    told = [row.facts for row in rows(hub.databases[1], payloads) if row.stream.startswith(HUB)]
    assert any("seen above" in facts for facts in told)
    assert any("after the copy" in facts for facts in told)
    assert any("parted_from_centre" in facts for facts in told)


def test_what_is_not_believed_above_is_told_at_the_hub(hub: AHub) -> None:
    """The key was revoked at the centre, which the hub does not know yet: its staff read of it in their journal."""
    drained(hub.drain())
    hub.relayed()
    revoke(hub.centre.context, ORIGIN, reason="stolen", by=CLERK)
    hub.kiosk.file(key="later")
    drained(hub.drain())
    hub.relayed()

    assert any(NOT_BELIEVED_ABOVE in facts for facts in incidents(hub, at_centre=False))


def test_a_hub_is_never_registered_by_first_use(tmp_path: Path, databases: tuple[str, str]) -> None:
    """It speaks for others: only an enrolment makes one."""
    with a_hub(tmp_path, databases, trust_first_use=True, filings=1) as hub:
        with hub.hub.context.engine.connect() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(entries)).scalar_one() == 1
        drained(hub.drain())
        assert hub.relayed() > 0
        found = {row.origin: row.role for row in rows(hub.databases[1], origins)}
        assert (found[HUB], found[ORIGIN]) == ("hub", "kiosk")


def test_a_hall_that_hears_its_kiosks_often_does_not_tell_the_centre_as_often(hub: AHub) -> None:
    """Once a minute, and each change; without what only the staff of the site look at."""
    told: list[tuple[float, str | None]] = []
    now_s = [0.0]

    def teller(_origin: str) -> Callable[[Condition], object]:
        return lambda condition: told.append((now_s[0], condition.printer))

    pass_on = PassOnConditions(hub.hub.context.engine, teller, clock=lambda: now_s[0])
    for second in range(0, 105, 15):
        condition = a_condition(pending=second, printer="paper_out" if second > 60 else "ready")
        with hub.hub.context.engine.begin() as connection:
            at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC) + timedelta(seconds=second)
            keep_condition(connection, ORIGIN, condition, received_at=at, offset=None)
        now_s[0] = second
        pass_on()

    assert told == [(0, "ready"), (60, "ready"), (75, "paper_out")]


def test_how_a_kiosk_is_reaches_the_centre_too(hub: AHub) -> None:
    """Once a change, at most every few seconds; a word that was refused waits for the next."""
    told: list[tuple[str, int]] = []
    now_s = [0.0]

    def teller(origin: str) -> Callable[[Condition], None]:
        def tell(condition: Condition) -> None:
            told.append((origin, condition.pending))
            if condition.pending == 1:
                raise CentreRefusedError("not known yet")

        return tell

    pass_on = PassOnConditions(hub.hub.context.engine, teller, clock=lambda: now_s[0])
    for pending, minute in ((1, 0), (1, 0), (2, 1)):
        condition = a_condition(pending=pending)
        with hub.hub.context.engine.begin() as connection:
            at = datetime(2026, 11, 26, 9, minute, tzinfo=UTC)
            keep_condition(connection, ORIGIN, condition, received_at=at, offset=None)
        pass_on()
        pass_on()
        now_s[0] += 60

    assert told == [(ORIGIN, 1), (ORIGIN, 1), (ORIGIN, 2)]
    drained(hub.drain())
    hub.relayed()
    kept = {row.origin: row.pending for row in rows(hub.databases[1], conditions)}
    assert kept == {ORIGIN: 2}
