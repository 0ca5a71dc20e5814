"""The journal checked from scratch, from disk: hashes and links, and with every signature."""

import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.domain.moment import Moment
from kiosk.journal.entry import EntryDraft, EntryType, Payload
from kiosk.settings import Settings
from tests.bench.figures import Figure, Series
from ui.composition import Machine, open_machine, prepared

ENTRIES = 10_000
RUNS = 3


def fill(machine: Machine, count: int) -> None:
    """Append entries as large as those of a filing, in a few transactions."""
    facts = {"birth_name": "DIALLO", "given_names": ["Aminata"], "procedure": "REN-SALARIE", "language": "fr"}
    for _ in range(count // 1000):
        with machine.store.units() as unit:
            for _ in range(1000):
                reading = machine.clock.read()
                moment = Moment.of(reading.utc, "Europe/Paris", reading.quality)
                payload = Payload(machine.entropy.salt(16), facts)
                unit.journal.append(EntryDraft(EntryType.AGENT_CALLED, moment, reading, payload))
            unit.commit()


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of verification."""
    with open_machine(Settings(), folder / "evidence") as machine, prepared(machine):
        fill(machine, ENTRIES)
        for with_signatures, target in ((False, "50,000 entries/s"), (True, "12,000 entries/s a core")):
            rates = [rate(machine, with_signatures=with_signatures) for _ in range(RUNS)]
            name = "with every signature" if with_signatures else "hashes and links"
            yield Figure(Series(f"journal verify, {name}", rates, "entries/s"), target)


def rate(machine: Machine, *, with_signatures: bool) -> float:
    """Return entries verified in a second."""
    began = time.perf_counter()
    report = machine.store.verify_journal([machine.signer.public_key], with_signatures=with_signatures)
    if not report.is_whole:
        raise AssertionError(report)
    return report.entries / (time.perf_counter() - began)
