"""People at the centre: accounts made by the real verb, browsers without a screen that sign in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from sync.central.desk.accounts import AccountRole, add_account
from sync.central.serve import RunningCentre
from tests.fakes.staff import quick_passwords

A_PASSWORD = "Trois-lacs-2026"


def an_account(
    centre: RunningCentre,
    name: str = "a.martin",
    role: AccountRole = AccountRole.AGENT,
    scopes: Sequence[str] = ("38",),
    password: str = A_PASSWORD,
) -> str:
    """Make an account and return its name."""
    return add_account(centre.context, name, role, scopes, password, by="test", passwords=quick_passwords()).name


@contextmanager
def a_client(centre: RunningCentre, name: str | None = None, password: str = A_PASSWORD) -> Iterator[httpx.Client]:
    """Somebody's client, signed in when a name is given."""
    with httpx.Client(base_url=centre.url, trust_env=False, timeout=20) as client:
        if name is not None:
            answer = client.post("/v1/desk/session", json={"name": name, "password": password})
            assert answer.status_code == 201, answer.text
        yield client
