"""The signed list of keys: what it says of each origin, and that nobody but the centre can have written it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.domain.moment import instant_text
from kiosk.journal.signature import load_public_pem
from sync.protocol.key_lists import KeyList, PublishedCentre, PublishedKey, are_genuine, public_key_of, signed_keys
from tests.fakes.centres import ORIGIN, a_link, drained
from tests.fakes.requests import A_MORNING
from tests.fakes.seal_vectors import CENTRE, KEYS, KIOSK, NOW, REVOKED, VALID_FROM, rows_of, stored_vectors
from tests.fakes.verification import a_verifying_centre, origins_of, revoke

CHANGES: dict[str, Callable[[KeyList], KeyList]] = {
    "a revocation taken out": lambda keys: _with_key(keys, 1, revoked_at=None),
    "another key": lambda keys: _with_key(keys, 0, public_key=keys.keys[1].public_key),
    "a key fewer": lambda keys: keys.model_copy(update={"keys": keys.keys[1:]}),
    "a later hour": lambda keys: keys.model_copy(update={"issued_at": "2030-01-01T00:00:00.000Z"}),
    "another centre": lambda keys: keys.model_copy(
        update={"centre": PublishedCentre(key_id="AAAA", public_key=keys.keys[0].public_key)}
    ),
    "no signature": lambda keys: keys.model_copy(update={"signature": ""}),
}


def _with_key(keys: KeyList, place: int, **changes: str | None) -> KeyList:
    changed = [*keys.keys]
    changed[place] = changed[place].model_copy(update=changes)
    return keys.model_copy(update={"keys": changed})


def published() -> KeyList:
    """Return the list of the vectors."""
    return KeyList.model_validate(stored_vectors()["key_list"])


def asked(url: str) -> KeyList:
    """Return the list that a centre publishes."""
    return KeyList.model_validate_json(httpx.get(f"{url}/keys", trust_env=False).content)


def test_the_list_says_which_key_is_whose_since_when_and_until_when(tmp_path: Path) -> None:
    """Sorted, signed, in the form that browsers take."""
    with a_verifying_centre(tmp_path) as centre:
        keys = asked(centre.url)

    assert [(key.origin, key.revoked_at) for key in keys.keys] == sorted(
        (origin, instant_text(revoked) if revoked else None) for origin, _, revoked in KEYS
    )
    assert {key.valid_from for key in keys.keys} == {instant_text(VALID_FROM)}
    assert public_key_of(keys.keys[0].public_key) == KIOSK.public_key
    assert are_genuine(keys, load_public_pem(centre.public_key))


def test_a_key_is_valid_from_its_first_entry(tmp_path: Path) -> None:
    """Not from the day on which the centre first heard of it: the tickets of a week without a link are good."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as link:
        drained(link.drain())
        keys = asked(link.centre.url)

    assert [(key.origin, key.valid_from) for key in keys.keys] == [(ORIGIN, instant_text(A_MORNING))]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_list_is_not_genuine(change: Callable[[KeyList], KeyList]) -> None:
    """Every member is signed."""
    assert are_genuine(published(), CENTRE.public_key)
    assert not are_genuine(change(published()), CENTRE.public_key)


def test_a_list_stays_the_same_bytes_for_an_hour() -> None:
    """So that readers need not load it again, and may still know an older one."""
    keys = [PublishedKey.model_validate(row.model_dump()) for row in published().keys]
    within, after = NOW + timedelta(minutes=59), NOW + timedelta(hours=1)
    lists = [signed_keys(keys, CENTRE.public_key, at, CENTRE.sign) for at in (NOW, within, after)]

    assert lists[0] == lists[1] == published()
    assert lists[2].issued_at > lists[1].issued_at


def test_the_list_may_be_kept_for_minutes_and_read_from_any_page(tmp_path: Path) -> None:
    """A revocation must not wait; other people's readers are welcome."""
    with a_verifying_centre(tmp_path) as centre:
        headers = httpx.get(f"{centre.url}/keys", trust_env=False).headers

    assert headers["cache-control"] == "public, max-age=300"
    assert headers["access-control-allow-origin"] == "*"


def test_a_revocation_changes_the_list_and_its_tag(tmp_path: Path) -> None:
    """Within the same hour too."""
    with a_verifying_centre(tmp_path) as centre:
        before = httpx.get(f"{centre.url}/keys", trust_env=False)
        with origins_of(f"sqlite:///{tmp_path / 'centre.db'}") as connection:
            revoke(connection, "38-A2", datetime(2025, 2, 1, tzinfo=UTC))
        after = httpx.get(f"{centre.url}/keys", headers={"If-None-Match": before.headers["etag"]}, trust_env=False)

    assert after.status_code == 200
    assert KeyList.model_validate_json(after.content).keys[0].revoked_at == "2025-02-01T00:00:00.000Z"


def test_the_vectors_hold_the_revoked_day() -> None:
    """What the page and the command say of it."""
    assert {row["revoked_at"] for row in rows_of("seals") if "revoked_at" in row} == {instant_text(REVOKED)}
