"""The centre's key list, kept at a kiosk: tickets of the others are checked without a link, and revoked keys known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import NotOurCentreError
from kiosk.journal.seal import make_seal
from kiosk.journal.seal_verdict import Verdict, judged
from kiosk.settings import CentreSettings
from sync.central.serve import background_centre
from sync.central.trust.revocation import revoke
from sync.client.centre_pin import CentrePin
from sync.client.key_list import KeptKeyList
from tests.fakes.centres import ORIGIN, ALink, a_link, drained
from tests.fakes.clocks import a_signer


class Hours:
    """The centre's clock and the kiosk's monotonic one."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def utc(self) -> datetime:
        return datetime.now(UTC) + self.passed

    def monotonic(self) -> float:
        return self.passed.total_seconds()


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def link(tmp_path: Path, database: str, hours: Hours) -> Iterator[ALink]:
    """A centre that knows one kiosk."""
    with a_link(tmp_path, database, filings=1, centre_now=hours.utc) as found:
        drained(found.drain())
        yield found


def kept(link: ALink, hours: Hours, *, settings: CentreSettings | None = None) -> KeptKeyList:
    """The list of another kiosk, which pinned the same centre."""
    chosen = settings or link.settings
    pin = CentrePin(chosen, link.folder / "centre.pem")
    return KeptKeyList(chosen, pin, link.folder / "keys" / "centre.keys.json", monotonic=hours.monotonic)


def a_seal(link: ALink) -> str:
    """Of a ticket that the kiosk printed."""
    outcome = link.kiosk.file()
    return make_seal(outcome.request, outcome.filing, ORIGIN, a_signer())


def test_a_ticket_of_another_kiosk_is_checked_without_a_link(link: ALink, hours: Hours) -> None:
    seal = a_seal(link)
    assert kept(link, hours).keys() == ()
    kept(link, hours).learn()

    without_link = kept(link, hours, settings=CentreSettings(url="http://127.0.0.1:9"))

    assert judged(seal, without_link.keys(), datetime.now(UTC)).verdict is Verdict.AUTHENTIC


def test_a_revoked_key_is_known_an_hour_later(link: ALink, hours: Hours) -> None:
    """Asked for once an hour, and an unreachable centre leaves what is here."""
    seal, keys = a_seal(link), kept(link, hours)
    keys.learn_if_due()
    hours.passed += timedelta(hours=2)
    revoke(link.centre.context, ORIGIN, reason="stolen", by="Mme Faure")
    keys.learn_if_due()

    assert judged(seal, keys.keys(), hours.utc()).verdict is Verdict.REVOKED_KEY


def test_an_older_list_does_not_hide_a_revocation(link: ALink, hours: Hours) -> None:
    keys = kept(link, hours)
    hours.passed += timedelta(hours=5)
    keys.learn()
    newest = (link.folder / "keys" / "centre.keys.json").read_bytes()
    hours.passed -= timedelta(hours=5)

    keys.learn()

    assert (link.folder / "keys" / "centre.keys.json").read_bytes() == newest


def test_a_list_that_another_centre_signed_is_not_kept(link: ALink, hours: Hours, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with background_centre(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other") as stranger:
        keys = kept(link, hours, settings=CentreSettings(url=stranger.url))
        with pytest.raises(NotOurCentreError):
            keys.learn()

    assert keys.keys() == ()


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-9], lambda text: text.replace(b"38-A2", b"38-B2"), lambda _: b""]
)
def test_a_list_that_was_changed_on_the_disk_is_no_list(link: ALink, hours: Hours, damage: object) -> None:
    keys, file = kept(link, hours), link.folder / "keys" / "centre.keys.json"
    keys.learn()
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))

    assert keys.keys() == ()


def test_a_centre_that_does_not_answer_is_asked_again_an_hour_later(link: ALink, hours: Hours) -> None:
    """Nothing is raised: the link has other things to do."""
    keys = kept(link, hours)
    keys.learn()
    silent = kept(link, hours, settings=CentreSettings(url="http://127.0.0.1:9", deadline_s=1.0))

    silent.learn_if_due()
    silent.learn_if_due()

    assert len(silent.keys()) == len(keys.keys()) > 0
