"""The centre does what its description says: every address, with what fits it and with what does not.

Schemathesis makes the requests from the OpenAPI document that the centre serves, and holds every answer against it.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import schemathesis
import sqlalchemy as sa
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kiosk.domain.staff import Role
from kiosk.store.system_clock import SystemClock
from sync.central.app import create_app
from sync.central.desk.sessions import COOKIE
from sync.central.hall.bench import hall_bench
from sync.central.hall.desk import HubDesk
from sync.central.rate_limits import Rate, RateLimits
from sync.central.tables import streams
from sync.protocol.problems import PROBLEM_TYPE
from sync.protocol.request_signatures import signature_headers
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.clocks import a_signer
from tests.fakes.desks import a_client, an_account
from tests.fakes.halls import A_HALL, an_account_at
from tests.fakes.invented_requests import always_the_same
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS, quick_passwords

ORIGIN: Final = "38-A2"
METHODS: Final = {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
AGENT: Final = "a.martin"
EACH: Final = 2  # requests to each address, of each kind
NO_LIMITS: Final = RateLimits(*[Rate(1e6, 10**6)] * 3)
# « Understood, and not believed »: what a signature covers has no schema.
FITTING: Final = ["2xx", "401", "403", "404", "409", "422", "429"]
REFUSING: Final = ["400", "401", "403", "404", "405", "409", "413", "422"]
# A key in PEM has no schema either.
WITHOUT_FITTING: Final = ("POST /v1/enrolments",)

AnOperation = APIOperation[Any, Any, Any, Any]
Prepare = Callable[[Any], Mapping[str, str]]
Who = Callable[[ALink], Prepare]


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ALink]:
    """A kiosk whose entries the centre holds."""
    folder = tmp_path_factory.mktemp("described")
    with a_link(folder, f"sqlite:///{folder / 'centre.db'}", hall=A_HALL) as link:
        link.kiosk.clock = SystemClock()  # today's hall has people too
        for number in range(3):
            link.kiosk.file(a_request_content(birth_name=f"N{number}", foreigner_number=None))
        drained(link.drain())
        an_account(link.centre, AGENT)
        yield link


def a_desk(link: ALink) -> HubDesk:
    """Return the desk of the site, in this process."""
    return HubDesk(hall_bench(link.centre.context, A_HALL, quick_passwords()))


def stranger(_link: ALink) -> Prepare:
    """Sign nothing."""
    return lambda _case: {}


def kiosk(link: ALink) -> Prepare:
    """Speak for itself, send what comes next, and sign the very bytes that go out."""
    return lambda case: signed(link, case)


def agent(link: ALink) -> Prepare:
    """Be signed in, anew at each address: at one of them, sessions end."""
    with a_client(link.centre, AGENT) as client:
        session = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    # A request whose fault is its session goes out with that fault.
    return lambda case: {} if case.meta.is_negative_at(ParameterLocation.COOKIE) else session


def counter(link: ALink) -> Prepare:
    """Be signed in at a counter, as somebody else at each address: wrong passwords lock a name. Mean real places."""
    desk, name = a_desk(link), f"c.{secrets.token_hex(4)}"
    an_account_at(link.centre.context, desk, name, Role.SUPERVISOR)
    token = desk.sign_in(name, A_PASSWORD, COUNTERS[0]).token
    places = desk.changes(token).order
    assert places

    def prepare(case: Any) -> Mapping[str, str]:
        if case.meta.generation.mode is GenerationMode.POSITIVE and "place_id" in case.path_parameters:
            case.path_parameters["place_id"] = secrets.choice(places)
        if case.meta.generation.mode is GenerationMode.POSITIVE and "origin" in case.path_parameters:
            case.path_parameters["origin"] = ORIGIN
        return {} if case.meta.is_negative_at(ParameterLocation.HEADER) else {"Authorization": f"Bearer {token}"}

    return prepare


def signed(link: ALink, case: Any) -> Mapping[str, str]:
    """Return the headers of a kiosk's request."""
    if case.meta.generation.mode is GenerationMode.POSITIVE:
        case.path_parameters.update({name: ORIGIN for name in ("origin", "stream") if name in case.path_parameters})
        if isinstance(case.body, dict) and "entries" in case.body:
            case.body["entries"] = in_place(case.body["entries"], accepted_to(link))
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    return signature_headers(
        str(sent.method),
        sent.path_url,
        bytes_of(sent.body),
        origin=ORIGIN,
        signer=a_signer(),
        created=datetime.now(UTC),
        nonce=secrets.token_urlsafe(12),
    )


def bytes_of(body: object) -> bytes:
    """Return a body as it goes out."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    assert isinstance(body, bytes), "a body that is streamed cannot be signed"
    return body


def in_place(entries: Sequence[Mapping[str, Any]], after: int) -> list[dict[str, Any]]:
    """Return entries numbered as the centre expects them, so that they get past its first look."""
    return [
        {**wire, "entry": {**wire["entry"], "origin": ORIGIN, "seq": after + rank}}
        for rank, wire in enumerate(entries, 1)
    ]


def accepted_to(link: ALink) -> int:
    """Return the last entry that the centre holds."""
    with link.centre.context.engine.connect() as connection:
        query = sa.select(streams.c.accepted_to).where(streams.c.stream == ORIGIN)
        return int(connection.execute(query).scalar_one())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize(
    ("who", "where"),
    [(stranger, "/"), (kiosk, "/v1/origins"), (agent, "/v1/desk"), (counter, "/v1/hall")],
)
def test_every_answer_is_as_described(link: ALink, who: Who, where: str, mode: GenerationMode) -> None:
    for operation in operations(link, where):
        takes_something = any(True for _ in operation.iter_parameters()) or operation.body
        if mode is GenerationMode.POSITIVE or takes_something:
            ask(operation, who(link), mode)


def test_every_address_names_its_methods_to_who_comes_with_another(link: ALink) -> None:
    """RFC 9110, 15.5.6; the check unsupported_method, for every method and not for one of them."""
    with a_client(link.centre) as client:
        for path, described in client.get("/openapi.json").json()["paths"].items():
            named = re.sub(r"\{(origin|stream|request_id|place_id|export_id)\}", ORIGIN, path)
            address = re.sub(r"\{(seq|number)\}", "1", named)
            for method in METHODS - {name.upper() for name in described}:
                answer = client.request(method, address)
                if (method, path) != ("HEAD", "/keys"):
                    assert answer.status_code == 405, (method, path)
                    assert {name.lower() for name in answer.headers["allow"].split(", ")} == described.keys()
                    assert answer.headers["content-type"] == PROBLEM_TYPE


def operations(link: ALink, where: str) -> Iterator[AnOperation]:
    """Yield the addresses that begin so, with each of their methods."""
    app = create_app(link.centre.context, limits=NO_LIMITS)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    few_at_once(schema.raw_schema["components"]["schemas"])
    schema.config.checks.positive_data_acceptance.expected_statuses = FITTING
    schema.config.checks.negative_data_rejection.expected_statuses = REFUSING
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), "an address that is not described well"
        if found.ok().path.startswith(where):
            yield found.ok()


def few_at_once(forms: dict[str, Any]) -> None:
    """Make batches of one or two entries: thousands take a minute to invent and say nothing more."""
    forms["Batch"]["properties"]["entries"]["maxItems"] = 2
    forms["KeyIntroduction"]["properties"]["rotations"]["maxItems"] = 2


def ask(operation: AnOperation, prepare: Prepare, mode: GenerationMode) -> None:
    """Ask one address many times."""
    beside = [positive_data_acceptance] if operation.label in WITHOUT_FITTING else []

    @always_the_same(EACH)
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.body = in_canonical_form(case.body)
        headers = prepare(case)
        answer = case.call_and_validate(headers=headers, excluded_checks=beside)
        if "Signature" in headers and mode is GenerationMode.POSITIVE:
            assert answer.status_code != 401, "a request that is signed well gets past the door"
        # No scheme of OpenAPI stands for signatures, so that ignored_auth does not look at them.
        assert headers or not operation.path.startswith("/v1/origins") or answer.status_code >= 400

    asked()


def in_canonical_form(body: Any) -> Any:
    """Return a body without numbers like 25.0: whole to JSON Schema, and nothing that a canonical form has."""
    if isinstance(body, dict):
        return {name: in_canonical_form(one) for name, one in body.items()}
    if isinstance(body, list):
        return [in_canonical_form(one) for one in body]
    return int(body) if isinstance(body, float) and body.is_integer() else body


def test_the_page_of_the_protocol_names_every_address_and_no_other(link: ALink) -> None:
    """docs/protocol.md; ``.../word`` stands for an address beside or below the one before it."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    served = set(create_app(link.centre.context).openapi()["paths"])
    named: set[str] = set()
    for line in page.splitlines():
        base = ""
        for said in re.findall(r"`((?:[A-Z]+ )?(?:/|\.\.\./)[^`?]*)", line):
            address = said.split()[-1].partition("?")[0]
            base = base if address.startswith("...") else address
            above = [base.rsplit("/", cut)[0] for cut in range(base.count("/"))]
            below = [f"{place}{address[3:]}" for place in above] if address.startswith("...") else [address]
            named |= {next((each for each in below if each in served), address)}

    assert served - named == set()
    assert set(re.findall(r"`(?:GET|PUT|POST|DELETE) (/v1/[^`?]*)", page)) - served == set()
