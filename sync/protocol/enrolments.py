"""How a machine is enrolled with a one-time code."""

from pydantic import Field

from sync.protocol.key_lists import PublishedCentre, PublishedEncryptionKey
from sync.protocol.wire_message import WireMessage


class Enrolment(WireMessage):
    """Body of ``POST /v1/enrolments``, signed with the key that it brings.

    Attributes:
        code: told once by an administrator.
        origin: the machine.
        public_key: PEM (SubjectPublicKeyInfo) of a P-256 key.
    """

    code: str = Field(min_length=8, max_length=64)
    origin: str
    public_key: str = Field(max_length=1000)


class Enrolled(WireMessage):
    """Answer 201 of an enrolment.

    Attributes:
        origin: the machine, as registered.
        role: ``kiosk`` or ``hub``.
        key_id: of the registered key.
        centre: the key that signs acknowledgements, to be pinned.
        certificate_authority: PEM of the authority that signs the centre's TLS certificate; null without one.
        centre_time: the centre's clock, UTC.
        encryption: the key to which carried entries are sealed.
    """

    origin: str
    role: str
    key_id: str
    centre: PublishedCentre
    certificate_authority: str | None
    centre_time: str
    encryption: PublishedEncryptionKey
