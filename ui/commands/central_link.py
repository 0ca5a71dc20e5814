"""The first contact of a machine with its centre."""

from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from sync.protocol.enrolments import Enrolled
from ui.composition import Machine


def enrolled(machine: Machine, code: str) -> dict[str, JsonValue]:
    """Register a machine's key and return ``{origin, role, key_id, centre_key_id, centre_time}``.

    Raises:
        ConfigurationError: no centre is configured, or the code is no code.
        CentreError: the centre could not be reached, refused, or is not the one that made the code.
    """
    from sync.client.enrolling import enrol

    if not machine.settings.central.url:
        raise ConfigurationError("central.url", "the address of the centre; it is empty")
    answer = enrol(
        machine.settings.central,
        machine.site.origin,
        machine.signer,
        code,
        pin_file=machine.trust.pin_file,
        authority_file=machine.trust.authority_file,
    )
    return enrolment_report(answer)


def enrolment_report(answer: Enrolled) -> dict[str, JsonValue]:
    """Return what an enrolment says to whoever typed the code."""
    return {
        "origin": answer.origin,
        "role": answer.role,
        "key_id": answer.key_id,
        "centre_key_id": answer.centre.key_id,
        "centre_time": answer.centre_time,
    }
