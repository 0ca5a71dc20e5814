"""The link of a counter or a display to its hub: one exchange at a time, and since when there is none."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from kiosk.errors import (
    CentreUnreachableError,
    CodeNeededError,
    ConfigurationError,
    HubLostError,
    InputError,
    NotAllowedError,
    NotOurCentreError,
    NotSignedInError,
    PlaceMovedError,
    SignInRefusedError,
    StoreBusyError,
)
from kiosk.settings import HallSettings
from sync.client.answers import Answer, parsed
from sync.client.exchange import exchange
from sync.protocol.problems import Problem, ProblemCode

Message = TypeVar("Message", bound=BaseModel)
Understood = TypeVar("Understood")
_MOST_ANSWER_BYTES: Final = 16 << 20  # a whole hall of thousands
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class HubLink:
    """Asks a hub, and knows since when it does not answer; used from any thread."""

    def __init__(self, settings: HallSettings, now: Callable[[], datetime]) -> None:
        """Prepare a link.

        Args:
            settings: address, deadline, and the authority of the hub's certificate.
            now: this machine's clock, aware UTC.

        Raises:
            ConfigurationError: the address is no HTTPS address, nor one of this machine.
        """
        _require_private(settings.hub_url)
        self._settings, self._now = settings, now
        self._lock = threading.Lock()
        self._lost_since: datetime | None = None

    @property
    def lost_since(self) -> datetime | None:
        """Since when the hub does not answer; None while it does."""
        return self._lost_since

    def back(self) -> None:
        """Say that the hub answered, and what is shown is what it said."""
        with self._lock:
            self._lost_since = None

    def require(self) -> None:
        """Refuse to act on what may not be so any more.

        Raises:
            HubLostError: the hub does not answer, or nobody looked since it does again.
        """
        if self._lost_since is not None:
            raise HubLostError(self._lost_since)

    def ask(self, method: str, path: str, body: BaseModel | None = None, *, token: str = "") -> Answer:
        """Send a request and return the answer, whatever it says.

        Args:
            method: ``GET``, ``POST``, ``DELETE``.
            path: with its query.
            body: of the request.
            token: of a session.

        Raises:
            HubLostError: no whole answer in time, or something else answered.
        """
        headers: dict[str, str] = {} if body is None else {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            return exchange(
                method,
                self._settings.hub_url.rstrip("/") + path,
                deadline_s=self._settings.hub_deadline_s,
                body=b"" if body is None else body.model_dump_json().encode(),
                headers=headers,
                authority_file=self._settings.hub_authority_file,
                most_answer_bytes=_MOST_ANSWER_BYTES,
            )
        except CentreUnreachableError as error:
            may_be_done = method != "GET" and not isinstance(error.__cause__, _NEVER_SENT)
            raise self._lost(may_be_done=may_be_done) from error
        except NotOurCentreError as error:
            raise self._lost(may_be_done=False) from error

    def act(self, path: str, body: BaseModel | None, token: str) -> Answer:
        """Do something for somebody who is signed in, and return the answer, whatever it says.

        Raises:
            HubLostError: the hub does not answer, or nobody looked since it does again.
        """
        self.require()
        return self.ask("POST", path, body, token=token)

    def read(self, kind: type[Message], answer: Answer) -> Message:
        """Return the message of an answer.

        Raises:
            StaffError, InputError, StoreError: the hub said no.
            HubLostError: something else answered.
        """
        require_done(answer)
        try:
            return parsed(kind, answer.body)
        except NotOurCentreError as error:
            raise self._lost(may_be_done=True) from error

    def _lost(self, *, may_be_done: bool) -> HubLostError:
        with self._lock:
            self._lost_since = self._lost_since or self._now()
            return HubLostError(self._lost_since, may_be_done=may_be_done)


def require_done(answer: Answer) -> None:
    """Raise what an answer other than 2xx means, as a desk on this machine would have said it.

    Raises:
        StaffError, InputError, StoreError: the hub said no.
    """
    if 200 <= answer.status < 300:
        return
    match _code_of(answer):
        case ProblemCode.UNAUTHENTICATED:
            raise NotSignedInError("the hub does not know this session, or its counter is locked")
        case ProblemCode.FORBIDDEN:
            raise NotAllowedError("the hub says that the role does not allow this")
        case ProblemCode.PLACE_MOVED:
            raise PlaceMovedError(_detail_of(answer))
        case ProblemCode.SIGN_IN_REFUSED:
            raise SignInRefusedError
        case ProblemCode.CODE_NEEDED:
            raise CodeNeededError
        case ProblemCode.TOO_MANY:
            raise TooManyAtHubError(answer.retry_after_s)
        case ProblemCode.NOT_ACCEPTED:
            raise InputError(_detail_of(answer), "a value that the hub accepts")
        case _:
            raise StoreBusyError(f"the hub answered {answer.status}: nothing was done")


def require_let_through(answer: Answer) -> Answer:
    """Return an answer to a typed password; the hub's wait is the lock of a name.

    Raises:
        CodeNeededError: the account also asks for a code.
        SignInRefusedError: what was typed does not fit.
        StaffError, InputError, StoreError: the hub said no.
    """
    if answer.status == 400:
        raise SignInRefusedError  # in the form of no name or password
    try:
        require_done(answer)
    except TooManyAtHubError as error:
        raise SignInRefusedError(timedelta(seconds=error.wait_s or 60)) from error
    return answer


def understood(read: Callable[[Message], Understood], message: Message) -> Understood:
    """Return what a message means.

    Raises:
        StoreError: it has a word that this version does not know.
    """
    try:
        return read(message)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreBusyError("the hub says something that this version does not know: upgrade this machine") from error


class TooManyAtHubError(StoreBusyError):
    """The hub asks to wait.

    Attributes:
        wait_s: for how long; None when it did not say.
    """

    def __init__(self, wait_s: float | None) -> None:
        super().__init__("the hub asks to wait")
        self.wait_s = wait_s


def _code_of(answer: Answer) -> ProblemCode | None:
    try:
        return Problem.model_validate_json(answer.body).code
    except ValidationError:
        return None


def _detail_of(answer: Answer) -> str:
    return Problem.model_validate_json(answer.body).detail


def _require_private(url: str) -> None:
    """Refuse an address at which passwords and names would travel in clear."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return
    if parts.scheme != "http" or not _is_this_machine(host):
        raise ConfigurationError("hall.hub_url", f"https:// and a host (http:// on this machine alone), not {url!r}")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
