"""Orders of an administrator to the machines of a centre, from files and words of the command line."""

import tomllib
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.centre import UpdateKind
from kiosk.settings_loading import checked_centre_settings
from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.tables import origins, requests
from sync.central.trust.senders import KIOSK_ROLE
from sync.central.updates.orders import order

# Instead of a machine's name: every kiosk that the centre knows.
ALL: Final = "all"


def configured(centre: CentreContext, origin: str, file: Path, by: str) -> dict[str, JsonValue]:
    """Send settings (TOML) to one kiosk or to all, and return ``{kind, orders}``.

    Raises:
        ConfigurationError: a setting is unknown, wrong, or not the centre's to decide.
    """
    settings = _tables(file)
    checked_centre_settings(settings)
    return _sent(centre, origin, UpdateKind.CONFIGURATION, {"settings": settings}, by)


def catalogued(centre: CentreContext, origin: str, file: Path, by: str) -> dict[str, JsonValue]:
    """Send overrides of the procedures (TOML) to one kiosk or to all, and return ``{kind, orders}``.

    Raises:
        ConfigurationError: a kiosk could not read them.
    """
    from kiosk.store.catalogue_file import load_catalogue

    load_catalogue(overrides=file)
    return _sent(centre, origin, UpdateKind.CATALOGUE, {"procedures": file.read_text(encoding="utf-8")}, by)


def status_said(centre: CentreContext, reference: str, status: str, by: str) -> dict[str, JsonValue]:
    """Tell the kiosk of a request how far it is, and return ``{kind, orders}``.

    Raises:
        InputError: the centre holds no such request.
    """
    request_id, origin = _request(centre, reference)
    content: dict[str, JsonValue] = {
        "request_id": request_id,
        "status": status,
        "said_at": instant_text(centre.now()),
    }
    return _sent(centre, origin, UpdateKind.STATUS, content, by)


def reprint_ordered(centre: CentreContext, reference: str, reason: str, by: str) -> dict[str, JsonValue]:
    """Have a ticket printed again at the kiosk of its request, now, and return ``{kind, orders}``.

    Raises:
        InputError: the centre holds no such request.
    """
    _, origin = _request(centre, reference)
    content: dict[str, JsonValue] = {"reference": reference, "reason": reason, "agent": by}
    return _sent(centre, origin, UpdateKind.REPRINT, content, by)


def _sent(
    centre: CentreContext, origin: str, kind: UpdateKind, content: dict[str, JsonValue], by: str
) -> dict[str, JsonValue]:
    with centre.engine.begin() as connection:
        query = sa.select(origins.c.origin).where(origins.c.role == KIOSK_ROLE).order_by(origins.c.origin)
        receivers = connection.execute(query).scalars().all() if origin == ALL else [origin]
        orders: dict[str, JsonValue] = {
            receiver: order(centre, connection, receiver, kind, content, by=by) for receiver in receivers
        }
    return {"kind": kind.value, "orders": orders}


def _request(centre: CentreContext, reference: str) -> tuple[str, str]:
    with reading(centre.engine) as connection:
        query = sa.select(requests.c.request_id, requests.c.origin).where(requests.c.reference == reference)
        rows = connection.execute(query).all()
    if len(rows) != 1:
        raise InputError("reference", f"one request that this centre holds, not {reference!r}")
    return rows[0].request_id, rows[0].origin


def _tables(file: Path) -> dict[str, JsonValue]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(str(file), f"a TOML file that can be read ({error})") from error
