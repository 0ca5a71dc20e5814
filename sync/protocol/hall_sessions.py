"""How counters of a site sign in at their hub: ``docs/protocol.md`` and ``/openapi.json``."""

from typing import Annotated, Literal

from pydantic import Field

from kiosk.domain.staff import Role
from kiosk.ports.desk import StaffSession
from sync.protocol.wire_message import WireMessage

CounterName = Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[^\x00-\x1f\x7f]+$")]
Password = Annotated[str, Field(min_length=1, max_length=200)]
TypedCode = Annotated[str, Field(max_length=100)]


class CounterSignIn(WireMessage):
    """Body of ``POST /v1/hall/session``.

    Attributes:
        name: of the account.
        password: as typed.
        counter: where.
        code: of the telephone, or a recovery code, as typed; empty before it was asked for.
    """

    name: str = Field(min_length=1, max_length=100)
    password: Password
    counter: CounterName
    code: TypedCode = ""


class CounterSession(WireMessage):
    """Who is signed in at a counter.

    Attributes:
        account: name.
        role: what it may do.
        counter: where.
        must_change: nothing is allowed before the password was changed.
        must_enrol: nothing is allowed before the account has a second factor.
    """

    account: str
    role: Literal["agent", "supervisor", "administrator"]
    counter: str
    must_change: bool
    must_enrol: bool = False

    @classmethod
    def of(cls, session: StaffSession) -> "CounterSession":
        """Return the message about a session; its token is not in it."""
        return cls(
            account=session.name,
            role=session.role.value,
            counter=session.counter,
            must_change=session.must_change,
            must_enrol=session.must_enrol,
        )

    def session(self, token: str) -> StaffSession:
        """Return the session that has a token."""
        return StaffSession(token, self.account, Role(self.role), self.counter, self.must_change, self.must_enrol)


class OpenedSession(WireMessage):
    """Answer of ``POST /v1/hall/session``.

    Attributes:
        token: goes as ``Authorization: Bearer`` with everything that follows; told once.
        session: who is signed in.
    """

    token: str
    session: CounterSession


class TypedPassword(WireMessage):
    """Body of ``POST /v1/hall/session/unlock``.

    Attributes:
        password: as typed.
        code: of the telephone, or a recovery code, as typed; empty before it was asked for.
    """

    password: Password
    code: TypedCode = ""


class PasswordChange(WireMessage):
    """Body of ``POST /v1/hall/session/password``."""

    password: Password
    new_password: Password
