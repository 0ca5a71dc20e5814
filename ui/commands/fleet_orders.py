"""What an administrator orders of a centre's machines, on the centre's database."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from sync.central.context import CentreContext
from sync.central.trust.enrolments import ROLES, invite
from sync.central.trust.registered import RegisteredMachine
from sync.central.trust.revocation import revoke
from sync.central.trust.senders import ORIGIN_PATTERN


def invited(centre: CentreContext, origin: str, *, role: str, departement: str | None, by: str) -> dict[str, JsonValue]:
    """Make a code and return ``{origin, code, expires_at}``.

    Raises:
        ConfigurationError: no such role, or no name for a machine.
    """
    if role not in ROLES:
        raise ConfigurationError("--role", f"{' or '.join(ROLES)}, not {role!r}")
    if not re.fullmatch(ORIGIN_PATTERN, origin):
        raise ConfigurationError("ORIGIN", f"département and machine, for example 38-A2, not {origin!r}")
    made = invite(centre, origin, role=role, departement=departement, by=by)
    return {"origin": made.origin, "code": made.code, "expires_at": made.expires_at}


def fleet_report(machines: Sequence[RegisteredMachine]) -> dict[str, JsonValue]:
    """Return ``{machines: [{origin, role, keys, streams, ...}]}``."""
    return {"machines": [dataclasses.asdict(machine) for machine in machines]}


def fleet_lines(machines: Sequence[RegisteredMachine]) -> str:
    """Return what a person reads of the fleet."""
    return "\n".join(line for machine in machines for line in _lines(machine))


def revoked(centre: CentreContext, origin: str, *, key_id: str | None, reason: str, by: str) -> dict[str, JsonValue]:
    """Revoke and return ``{origin, revoked_keys}``.

    Raises:
        InputError: there is no such key, or it was revoked before.
    """
    return {"origin": origin, "revoked_keys": list(revoke(centre, origin, key_id=key_id, reason=reason, by=by))}


def _lines(machine: RegisteredMachine) -> Iterator[str]:
    yield f"{machine.origin}  {machine.role}  registered by {machine.registered_by}"
    for key in machine.keys:
        yield f"  key {key.key_id}  " + (
            f"revoked {key.revoked_at}" if key.revoked_at else f"from entry {key.from_seq}"
        )
    for stream in machine.streams:
        yield f"  {stream.stream}  held to {stream.accepted_to}  last {stream.received_at or '-'}"
