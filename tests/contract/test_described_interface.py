"""The centre does what its description says: every address, with what fits it and with what does not.

Schemathesis makes the requests from the OpenAPI document that the centre serves, and holds every answer against it.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import pytest
import requests
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sync.central.app import create_app
from sync.central.desk.sessions import COOKIE
from sync.central.rate_limits import Rate, RateLimits
from sync.central.tables import streams
from sync.protocol.request_signatures import signature_headers
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.clocks import a_signer
from tests.fakes.desks import a_client, an_account

ORIGIN: Final = "38-A2"
AGENT: Final = "a.martin"
EACH: Final = 8  # requests to each address, of each kind
NO_LIMITS: Final = RateLimits(*[Rate(1e6, 10**6)] * 3)
# « Understood, and not believed »: what a signature covers has no schema.
FITTING: Final = ["2xx", "401", "403", "404", "409", "422", "429"]
REFUSING: Final = ["400", "401", "403", "404", "405", "409", "413", "422"]
# A key in PEM has no schema either.
WITHOUT_FITTING: Final = ("POST /v1/enrolments",)

Prepare = Callable[[Any], Mapping[str, str]]
Who = Callable[[ALink], Prepare]
Operation = APIOperation[Any, Any, Any, Any]


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ALink]:
    """A kiosk whose entries the centre holds."""
    folder = tmp_path_factory.mktemp("described")
    with a_link(folder, f"sqlite:///{folder / 'centre.db'}") as link:
        drained(link.drain())
        an_account(link.centre, AGENT)
        yield link


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
    return lambda _case: session


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
        sent.body if isinstance(sent.body, bytes) else str(sent.body or "").encode(),
        origin=ORIGIN,
        signer=a_signer(),
        created=datetime.now(UTC),
        nonce=secrets.token_urlsafe(12),
    )


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
@pytest.mark.parametrize(("who", "where"), [(stranger, "/"), (kiosk, "/v1/origins"), (agent, "/v1/desk")])
def test_every_answer_is_as_described(link: ALink, who: Who, where: str, mode: GenerationMode) -> None:
    for operation in operations(link, where):
        takes = [parameter.location for parameter in operation.iter_parameters()]
        if mode is GenerationMode.POSITIVE or operation.body or set(takes) - {ParameterLocation.COOKIE}:
            ask(operation, who(link), mode)


def operations(link: ALink, where: str) -> Iterator[Operation]:
    """Yield the addresses that begin so, with each of their methods."""
    app = create_app(link.centre.context, limits=NO_LIMITS)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    schema.config.checks.positive_data_acceptance.expected_statuses = FITTING
    schema.config.checks.negative_data_rejection.expected_statuses = REFUSING
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found.err()
        if found.ok().path.startswith(where):
            yield found.ok()


def ask(operation: Operation, prepare: Prepare, mode: GenerationMode) -> None:
    """Ask one address many times."""
    beside = [positive_data_acceptance] if operation.label in WITHOUT_FITTING else []

    @settings(
        max_examples=EACH,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.body = in_canonical_form(case.body)
        assume(not is_without_session(case))
        case.call_and_validate(headers=prepare(case), excluded_checks=beside)

    asked()


def in_canonical_form(body: Any) -> Any:
    """Return a body without numbers like 25.0: whole to JSON Schema, and nothing that a canonical form has."""
    if isinstance(body, dict):
        return {name: in_canonical_form(one) for name, one in body.items()}
    if isinstance(body, list):
        return [in_canonical_form(one) for one in body]
    return int(body) if isinstance(body, float) and body.is_integer() else body


def is_without_session(case: Any) -> bool:
    """Whether the session was to be left out, which is brought all the same by who is signed in."""
    cookies = case.meta.components.get(ParameterLocation.COOKIE)
    return cookies is not None and cookies.mode is GenerationMode.NEGATIVE
