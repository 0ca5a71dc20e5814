"""A hundred thousand entries of twenty kiosks through a bad network, with kiosks and workers killed throughout."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.draining import ENTRIES, ORIGINS
from tests.bench.figures import Figure, Series
from tests.bench.links import postgresql
from tests.fakes.backlogs import ABacklog, a_backlog
from tests.fakes.fault_proxy import FAULTS
from tests.fakes.torture import Cruelty, Suffered, require_all_once, tortured, visits_of

CRUELTY: Final = Cruelty(batch=250, sender_every_s=1.0, worker_every_s=4.0, centre_every=6, deadline_s=5.0)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield how long it took and what happened meanwhile; fails when one entry is missing, doubled or set aside."""
    with postgresql(folder / "postgresql") as url:
        if url is None:
            return
        backlogs = [a_backlog(folder, origin, ENTRIES // len(ORIGINS)) for origin in ORIGINS]
        suffered = tortured(folder, url, backlogs, CRUELTY)
        began = time.perf_counter()
        held = require_all_once(url, backlogs, visits_of(backlogs))
        checked_s = time.perf_counter() - began
    yield from figures(suffered, backlogs, held, checked_s)


def figures(suffered: Suffered, backlogs: list[ABacklog], held: int, checked_s: float) -> Iterator[Figure]:
    """Yield what is worth saying of it."""
    missing = [fault for fault in FAULTS if not suffered.faults[fault]]
    if missing or "Traceback" in suffered.said:
        raise AssertionError(f"never happened: {missing}\n{suffered.said[-3000:]}")
    happened = ", ".join(f"{fault} {suffered.faults[fault]}" for fault in FAULTS)
    killed = ", ".join(f"{count} {kind}" for kind, count in sorted(suffered.kills.items()))
    yield Figure(
        Series(f"{held:,} entries of {len(backlogs)} kiosks, tortured", [suffered.seconds], "s"),
        "each entry exactly once, chains intact, both ends agree, nothing set aside",
        remark=f"killed: {killed}; network: {happened}",
    )
    yield Figure(Series("the same checked at the centre, every hash and signature", [held / checked_s], "entries/s"))
