"""The centre's API for counters, over HTTP, on SQLite and on PostgreSQL."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from kiosk.journal.entry import EntryType
from kiosk.journal.verification import verify_chain
from sync.central.desk.accounts import AccountRole, disable_account, reset_password
from sync.central.desk.projection import forget_people
from sync.central.tables import account_sessions, accounts, desk_requests, entries, payloads
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.clocks import FixedSigner
from tests.fakes.desks import A_PASSWORD, a_client, an_account
from tests.fakes.postgres import an_empty_database
from tests.fakes.requests import a_request_content

FILINGS = 5
OUT_OF_SCOPE = "75"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def link(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ALink]:
    """A centre that holds a kiosk's five requests, the last of them filed twice and printed."""
    folder = tmp_path_factory.mktemp("desk")
    database = f"sqlite:///{folder / 'centre.db'}"
    if request.param == "postgresql":
        database = an_empty_database(request.getfixturevalue("postgres"))
    with a_link(folder, database, filings=FILINGS - 1) as found:
        named = a_request_content(birth_name="Ōno-Benoît", usage_name="d'Arc", birth_date="1991-04-00")
        found.kiosk.file(named)
        again = found.kiosk.file(named)
        found.kiosk.print(again.filing.print_job_id)
        drained(found.drain())
        an_account(found.centre)
        yield found


def recorded(link: ALink, kind: EntryType) -> list[dict[str, object]]:
    """Return the facts of the centre's own entries of a type."""
    joined = sa.select(payloads.c.facts).join(
        entries, sa.and_(entries.c.stream == payloads.c.stream, entries.c.seq == payloads.c.seq)
    )
    query = joined.where(entries.c.stream == "CENTRE-00", entries.c.type == kind.value).order_by(entries.c.seq)
    with link.centre.context.engine.connect() as connection:
        return [json.loads(text) for text in connection.execute(query).scalars()]


def test_an_agent_signs_in_with_a_cookie_that_no_script_reads(link: ALink) -> None:
    """And no other site sends; the sign-in is in the journal, the token is not in the database."""
    with a_client(link.centre) as client:
        answer = client.post("/v1/desk/session", json={"name": "a.martin", "password": A_PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert answer.json()["role"] == "agent"
        assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}
        assert client.get("/v1/desk/session").json()["scopes"] == ["38"]
        assert client.cookies["borne_session"] not in str(link.rows(account_sessions))
        assert client.delete("/v1/desk/session").status_code == 204
        assert client.get("/v1/desk/session").status_code == 401

    assert {"account": "a.martin"} in recorded(link, EntryType.AGENT_SIGNED_IN)
    assert {"account": "a.martin"} in recorded(link, EntryType.AGENT_SIGNED_OUT)


def test_over_tls_the_cookie_is_for_this_host_and_for_tls_alone(link: ALink) -> None:
    """A proxy on the same machine says that the browser came over TLS."""
    with a_client(link.centre) as client:
        wanted = {"name": "a.martin", "password": A_PASSWORD}
        answer = client.post("/v1/desk/session", json=wanted, headers={"X-Forwarded-Proto": "https"})

    assert answer.headers["set-cookie"].startswith("__Host-borne_session=")
    assert "; Secure" in answer.headers["set-cookie"]


def test_five_failures_lock_a_name_whether_it_exists_or_not(link: ALink) -> None:
    """The answers are the same; the journal names accounts, never what else was typed."""
    an_account(link.centre, "l.blanc")
    said = {}
    with a_client(link.centre) as client:
        for name in ("l.blanc", "nobody-of-this-name"):
            tries = [
                client.post("/v1/desk/session", json={"name": name, "password": f"wrong {n}"}, headers=_from(n))
                for n in range(6)
            ]
            said[name] = [(answer.status_code, answer.json()["code"]) for answer in tries]
            assert int(tries[-1].headers["retry-after"]) > 30
        right = client.post("/v1/desk/session", json={"name": "l.blanc", "password": A_PASSWORD}, headers=_from(9))

    assert said["l.blanc"] == said["nobody-of-this-name"] == [(401, "unauthenticated")] * 5 + [(429, "too_many")]
    assert right.status_code == 429
    failures = recorded(link, EntryType.SIGN_IN_FAILED)
    assert [fact["account"] for fact in failures] == ["l.blanc"] * 5 + [None] * 5
    assert [fact["locked"] for fact in failures] == ([False] * 4 + [True]) * 2


def test_a_new_password_ends_the_lock_and_every_session(link: ALink) -> None:
    """An administrator resets it at the centre's command line."""
    an_account(link.centre, "r.noir")
    with a_client(link.centre, "r.noir") as client:
        reset_password(link.centre.context, "r.noir", "Quatre-lacs-2027", by="test")
        assert client.get("/v1/desk/session").status_code == 401
        assert (
            client.post("/v1/desk/session", json={"name": "r.noir", "password": "Quatre-lacs-2027"}).status_code == 201
        )
        disable_account(link.centre.context, "r.noir", by="test")
        assert client.get("/v1/desk/session").status_code == 401
        again = client.post("/v1/desk/session", json={"name": "r.noir", "password": "Quatre-lacs-2027"})

    assert again.status_code == 401
    changes = recorded(link, EntryType.ACCOUNT_CHANGED)
    acts = [fact["act"] for fact in changes if fact["account"] == "r.noir"]
    assert acts == ["added", "password_reset", "disabled"]
    assert all(row.password_hash.startswith("$argon2id$") for row in link.rows(accounts))


SEARCHES: list[tuple[dict[str, str], int]] = [
    ({}, FILINGS),
    ({"name": "diallo"}, FILINGS - 1),
    ({"name": "ono ben"}, 1),
    ({"name": "D’ARC"}, 1),
    ({"birth_date": "1991-04-00"}, 1),
    ({"day": "2026-11-20"}, FILINGS),
    ({"day": "2026-11-21"}, 0),
    ({"procedure": "REN-SALARIE"}, FILINGS),
    ({"procedure": "ASILE"}, 0),
    ({"status": "filed_again"}, 1),
    ({"ticket": "confirmed"}, 1),
    ({"reference": "38-a2-261120-0003"}, 1),
    ({"reference": "38-A2", "status": "filed"}, FILINGS - 1),
]
NONSENSE: list[dict[str, str]] = [
    {"day": "2026-02-30"},
    {"nom": "DIALLO"},
    {"limit": "0"},
    {"status": "open"},
    {"name": "a\0b"},
    {"reference": "x"},
]


def test_requests_are_found_by_what_an_agent_knows(link: ALink) -> None:
    """Reference, name in any spelling, birth date, day, procedure, status; what means nothing is refused by name."""
    with a_client(link.centre, "a.martin") as client:
        answers = [client.get("/v1/desk/requests", params=query) for query, _ in SEARCHES]
        refused = [client.get("/v1/desk/requests", params=query) for query in NONSENSE]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    counts = [(query, len(answer.json()["requests"])) for (query, _), answer in zip(SEARCHES, answers, strict=True)]
    assert counts == SEARCHES
    assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(400, "bad_request")}
    for query, answer in zip(NONSENSE, refused, strict=True):
        assert next(iter(query)) in answer.json()["detail"]


def test_pages_hold_everything_once(link: ALink) -> None:
    """A page is cut by the last row of the one before; a cursor of somebody's own making is refused."""
    seen, cursor = [], None
    with a_client(link.centre, "a.martin") as client:
        while True:
            page = client.get("/v1/desk/requests", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
            seen += [(row["received_at"], row["reference"]) for row in page["requests"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        refused = [client.get("/v1/desk/requests", params={"cursor": made}) for made in ("W10", "____", "WzEsMiwzXQ")]

    assert len(seen) == len(set(seen)) == FILINGS
    assert [at for at, _ in seen] == sorted((at for at, _ in seen), reverse=True)
    assert {answer.status_code for answer in refused} == {404}


def test_who_opened_a_file_is_an_entry_about_it(link: ALink) -> None:
    """In the centre's own chain, which verifies; the salt of the seal stays here."""
    with a_client(link.centre, "a.martin") as client:
        found = client.get("/v1/desk/requests", params={"name": "Ono"}).json()["requests"][0]
        file = client.get(f"/v1/desk/requests/{found['request_id']}").json()

    assert file["request"] == found
    assert file["filed"]["content"]["birth_name"] == "Ōno-Benoît"
    assert "identity_salt" not in file["filed"]
    told = [entry["type"] for entry in file["timeline"]]
    assert told == ["request_filed", "filing_repeated", "ticket_sending", "ticket_confirmed"]
    assert recorded(link, EntryType.FILE_OPENED)[-1] == {"account": "a.martin", "reference": found["reference"]}
    assert _centre_chain_is_whole(link)


def test_a_file_out_of_scope_does_not_exist(link: ALink) -> None:
    """404, not 403; not in a search, and nothing is written about it."""
    an_account(link.centre, "p.durand", scopes=[OUT_OF_SCOPE])
    an_account(link.centre, "k.petit", scopes=["38-B1"])
    an_account(link.centre, "z.kiosk", scopes=["38-A2"])
    an_account(link.centre, "chef", AccountRole.ADMINISTRATOR, scopes=[])
    request_id = link.rows(desk_requests)[0].request_id
    before = len(recorded(link, EntryType.FILE_OPENED))
    seen = {}
    for name in ("p.durand", "k.petit", "z.kiosk", "chef"):
        with a_client(link.centre, name) as client:
            count = len(client.get("/v1/desk/requests").json()["requests"])
            seen[name] = (count, client.get(f"/v1/desk/requests/{request_id}").status_code)

    assert seen == {
        "p.durand": (0, 404),
        "k.petit": (0, 404),
        "z.kiosk": (FILINGS, 200),
        "chef": (FILINGS, 200),
    }
    assert len(recorded(link, EntryType.FILE_OPENED)) == before + 2


def test_without_a_session_nothing_is_said(link: ALink) -> None:
    """No cookie, or one that was never given out."""
    with a_client(link.centre) as client:
        addresses = ("/v1/desk/session", "/v1/desk/requests", "/v1/desk/requests/x")
        plain = [client.get(address).status_code for address in addresses]
        client.cookies.set("borne_session", "made-up")
        made_up = [client.get(address).status_code for address in addresses]

    assert plain == made_up == [401, 401, 401]


def test_after_an_erasure_the_index_knows_nobody(link: ALink) -> None:
    """The file is still there, without the person."""
    everyone = [row.request_id for row in link.rows(desk_requests)]
    with link.centre.context.engine.begin() as connection:
        forget_people(connection, everyone)
    with a_client(link.centre, "a.martin") as client:
        assert client.get("/v1/desk/requests", params={"name": "DIALLO"}).json()["requests"] == []
        assert len(client.get("/v1/desk/requests").json()["requests"]) == FILINGS


def test_a_method_that_an_address_does_not_have_is_refused_with_those_that_it_has(link: ALink) -> None:
    """RFC 9110, 15.5.6: all of them."""
    with a_client(link.centre) as client:
        answer = client.options("/v1/desk/session")

    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, GET, POST")


def _from(number: int) -> dict[str, str]:
    """Come from another address, so that only the name's own lock counts."""
    return {"X-Forwarded-For": f"192.0.2.{number}"}


def _centre_chain_is_whole(link: ALink) -> bool:
    from kiosk.journal.entry import entry_from_json  # noqa: PLC0415

    query = sa.select(entries.c.document).where(entries.c.stream == "CENTRE-00").order_by(entries.c.seq)
    with link.centre.context.engine.connect() as connection:
        own = [(entry_from_json(json.loads(text)), None) for text in connection.execute(query).scalars()]
    report = verify_chain(own, [link.centre.context.key.public_key])
    assert not isinstance(link.centre.context.key, FixedSigner)
    return report.is_whole and report.entries == len(own)
