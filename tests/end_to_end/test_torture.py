"""A bad network, killed kiosks, killed workers: each entry is at the centre exactly once."""

from pathlib import Path

from tests.fakes.backlogs import a_backlog
from tests.fakes.fault_proxy import FAULTS
from tests.fakes.postgres import a_postgres
from tests.fakes.torture import Cruelty, require_all_once, tortured, visits_of

# Small batches: enough requests for every kind of fault to come, in few seconds.
SMALL = Cruelty(
    batch=10,
    sender_every_s=1.0,
    worker_every_s=2.0,
    centre_every=99,
    good_share=0.4,
    deadline_s=1.0,
    longest_pause_s=0.3,
)


def test_each_entry_arrives_once_whatever_the_network_does_and_whoever_is_killed(tmp_path: Path) -> None:
    """Three kiosks with a backlog, PostgreSQL, two workers; every kind of fault happened, and nothing shows of it."""
    backlogs = [a_backlog(tmp_path, origin, 150) for origin in ("38-A2", "69-B1", "75-Z9")]

    with a_postgres() as database:
        suffered = tortured(tmp_path, database, backlogs, SMALL)
        held = require_all_once(database, backlogs, visits_of(backlogs))

    assert held == 450
    assert set(suffered.faults) >= set(FAULTS)
    assert suffered.kills["kiosks"] > 0
    assert suffered.kills["workers"] > 0
    assert "Traceback" not in suffered.said
