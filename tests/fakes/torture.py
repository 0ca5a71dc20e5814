"""Everything at once: a bad network, kiosks and workers that are killed, and a count afterwards of what arrived."""

import contextlib
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil
import sqlalchemy as sa

from kiosk.journal.entry import EMPTY_CHAIN, Entry, Payload, entry_from_json, entry_hash
from kiosk.journal.signature import is_signed_by
from sync.central.schema import open_database
from sync.central.tables import entries, origin_keys, payloads, requests, set_aside, streams
from sync.central.trust.senders import keys_of
from tests.fakes.backlogs import ABacklog, site_settings
from tests.fakes.fault_proxy import Fault, a_fault_proxy
from tests.fakes.programs import MAIN, accepts, command_line, environment, free_port
from ui.composition import open_machine


@dataclass(frozen=True, slots=True)
class Cruelty:
    """How bad it gets.

    Attributes:
        seed: of everything that is left to chance.
        batch: entries in one batch at most.
        sender_every_s: mean time between two kills of a kiosk.
        worker_every_s: mean time between two kills of a worker of the centre.
        centre_every: each so-many-th of these takes the whole centre.
        good_share: of requests that nothing happens to.
        deadline_s: for one exchange of a kiosk.
        longest_pause_s: of a kiosk between two tries.
    """

    seed: int = 20_261_126
    batch: int = 500
    sender_every_s: float = 1.0
    worker_every_s: float = 4.0
    centre_every: int = 5
    good_share: float = 0.5
    deadline_s: float = 2.0
    longest_pause_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Suffered:
    """What happened meanwhile.

    Attributes:
        seconds: from the first request to the last acknowledgement.
        faults: of the network, by kind.
        kills: of ``kiosks``, ``workers`` and ``centres``.
        said: what the centre wrote to standard error.
    """

    seconds: float
    faults: Counter[Fault]
    kills: Counter[str]
    said: str


@dataclass
class KilledCentre:
    """A centre with two workers, one of which dies now and then."""

    port: int
    folder: Path
    database: str
    cruelty: Cruelty
    kills: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._kill_now_and_then, name="killer")
        self._log = self.folder.with_suffix(".log")
        self._centre = self._start()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._kill_parent()

    @property
    def said(self) -> str:
        """What the centre wrote to standard error, one process after the other."""
        return self._log.read_text(encoding="utf-8")

    def _start(self) -> subprocess.Popen[bytes]:
        listen = ("--listen", f"127.0.0.1:{self.port}", "--data-dir", self.folder)
        command = command_line(["central", *listen, "--database", self.database, "--workers", "2"])
        with self._log.open("ab") as log:
            centre = subprocess.Popen(command, stdout=log, stderr=log, env=environment())
        while not accepts(self.port):
            if centre.poll() is not None:
                raise AssertionError(self.said)
            time.sleep(0.02)
        return centre

    def _kill_now_and_then(self) -> None:
        chance = random.Random(self.cruelty.seed)
        while not self._stopping.wait(chance.expovariate(1 / self.cruelty.worker_every_s)):
            if (self.kills["workers"] + self.kills["centres"] + 1) % self.cruelty.centre_every == 0:
                self._kill_all()
            else:
                self._kill_one(chance)

    def _kill_one(self, chance: random.Random) -> None:
        workers = psutil.Process(self._centre.pid).children()
        if workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                chance.choice(workers).kill()
                self.kills["workers"] += 1

    def _kill_all(self) -> None:
        self._kill_parent()
        self.kills["centres"] += 1
        self._centre = self._start()

    def _kill_parent(self) -> None:
        """Kill the parent alone: its workers end by themselves, and leave the port to the next centre."""
        workers = psutil.Process(self._centre.pid).children()
        self._centre.kill()
        self._centre.wait(30)
        _, alive = psutil.wait_procs(workers, timeout=60)
        if alive:
            raise AssertionError("workers go on without their parent")


def tortured(folder: Path, database: str, backlogs: Sequence[ABacklog], cruelty: Cruelty) -> Suffered:
    """Let kiosks send everything through a bad network to a centre, both killed at random; return when all is sent."""
    port = free_port()
    with (
        KilledCentre(port, folder / "centre", database, cruelty) as centre,
        a_fault_proxy(port, seed=cruelty.seed, good_share=cruelty.good_share) as proxy,
    ):
        done = send_all(
            proxy.url,
            backlogs,
            batch=cruelty.batch,
            kill_every_s=cruelty.sender_every_s,
            seed=cruelty.seed,
            deadline_s=cruelty.deadline_s,
            longest_pause_s=cruelty.longest_pause_s,
        )
    kills = centre.kills + Counter({"kiosks": done["kills"]})
    return Suffered(done["seconds"], proxy.counts, kills, centre.said)


def send_all(
    url: str,
    backlogs: Sequence[ABacklog],
    *,
    batch: int,
    kill_every_s: float = 0.0,
    seed: int = 1,
    deadline_s: float = 20.0,
    longest_pause_s: float = 1.0,
) -> dict[str, float]:
    """Run a process for each kiosk until all have sent everything; return how long it took and how many were killed."""
    command = [sys.executable, "-m", "tests.fakes.killed_senders", url, *(str(one.folder) for one in backlogs)]
    options = {
        "--every": kill_every_s,
        "--seed": seed,
        "--batch": batch,
        "--deadline": deadline_s,
        "--longest-pause": longest_pause_s,
    }
    command += [part for name, value in options.items() for part in (name, str(value))]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=MAIN.parent, env=environment(), timeout=900
    )
    if done.returncode != 0:
        raise AssertionError(f"{done.stdout}{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def require_all_once(database: str, backlogs: Sequence[ABacklog], filings: int) -> int:
    """Check that the centre holds each entry exactly once, chained and signed, as the kiosks do; return how many.

    Raises:
        AssertionError: it does not.
    """
    total = 0
    with _looking(database) as connection:
        for backlog in backlogs:
            total += _require_stream(connection, backlog)
        named = set(connection.execute(sa.select(streams.c.stream)).scalars())
        assert named - {"CENTRE-00"} == {backlog.origin for backlog in backlogs}, "a stream that nobody asked for"
        aside = connection.execute(sa.select(set_aside.c.stream, set_aside.c.seq, set_aside.c.reason)).all()
        assert aside == [], f"set aside without a reason: {aside[:3]}"
        assert connection.execute(sa.select(sa.func.count()).select_from(requests)).scalar_one() == filings
        assert connection.execute(sa.select(sa.func.count()).select_from(origin_keys)).scalar_one() == len(backlogs) + 1
    return total


def _require_stream(connection: sa.Connection, backlog: ABacklog) -> int:
    """Follow one stream from its first entry to its head, from what the centre stored."""
    keys = keys_of(connection, backlog.origin)
    query = (
        sa.select(entries.c.document, entries.c.fault, payloads.c.salt, payloads.c.facts)
        .join_from(
            entries, payloads, (entries.c.stream == payloads.c.stream) & (entries.c.seq == payloads.c.seq), isouter=True
        )
        .where(entries.c.stream == backlog.origin)
        .order_by(entries.c.seq)
    )
    seq, head = EMPTY_CHAIN.seq, EMPTY_CHAIN.hash
    held: list[tuple[int, str]] = []
    for document, fault, salt, facts in connection.execute(query):
        entry = entry_from_json(json.loads(document))
        assert (fault, entry.seq, entry.previous_hash) == (None, seq + 1, head), f"broken at {backlog.origin} {seq + 1}"
        assert entry.hash == entry_hash(entry)
        assert is_signed_by(keys[entry.key_id].public_key, entry.signature, bytes.fromhex(entry.hash))
        assert Payload(salt, json.loads(facts)).hash == entry.payload_hash
        seq, head = entry.seq, entry.hash
        held.append((seq, head))
    row = connection.execute(sa.select(streams).where(streams.c.stream == backlog.origin)).one()
    assert (row.accepted_to, row.head) == (seq, head)
    _require_agreement(backlog, held)
    return seq


def _require_agreement(backlog: ABacklog, held: Sequence[tuple[int, str]]) -> None:
    """What the centre holds is what the kiosk wrote, and the kiosk knows it."""
    with open_machine(site_settings(backlog.origin), backlog.folder) as machine, machine.store.reading() as unit:
        written: list[tuple[int, str]] = []
        while page := unit.journal.entries_after(len(written), 2_000):
            written += [_mark(entry) for entry, _ in page]
        latest = unit.acknowledgements.latest()
    assert latest is not None
    assert list(held) == written
    assert (latest.accepted_to, latest.head) == written[-1] == (backlog.head.seq, backlog.head.hash)


def _mark(entry: Entry) -> tuple[int, str]:
    return entry.seq, entry.hash


@contextmanager
def _looking(database: str) -> Iterator[sa.Connection]:
    engine = open_database(database)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def visits_of(backlogs: Sequence[ABacklog]) -> int:
    """Return how many requests were filed in them: the founding entry comes first, then three entries for a visit."""
    return sum(-(-(backlog.head.seq - 1) // 3) for backlog in backlogs)
