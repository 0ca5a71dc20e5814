"""A bundle is taken the same on every database that a centre runs on."""

from pathlib import Path

import pytest

from sync.central.tables import entries, payloads, requests
from sync.client import carry_out
from tests.fakes.carrying import carried_out, taken
from tests.fakes.centres import a_link, drained, kiosk_rows


def test_entries_that_come_by_hand_and_by_wire_lie_there_once(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half by hand, half by wire, and then all of it by hand again."""
    monkeypatch.setattr(carry_out, "PART_ENTRIES", 2)
    with a_link(tmp_path, database) as link:
        first = taken(link.centre.context, carried_out(link.kiosk, link.centre.context, tmp_path).file)
        link.kiosk.file()
        drained(link.drain())
        everything = carried_out(link.kiosk, link.centre.context, tmp_path, from_seq=1)
        again = taken(link.centre.context, everything.file)

        assert (first.new, again.new) == (7, 1)
        assert [row.seq for row in kiosk_rows(link, entries)] == list(range(1, len(link.entries()) + 1))
        assert len(kiosk_rows(link, requests)) == 6
        assert len([row for row in link.rows(payloads) if row.stream == "38-A2"]) == len(link.entries())
