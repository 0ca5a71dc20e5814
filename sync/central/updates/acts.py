"""Telling a kiosk what counters at its hub did with one of its requests, and forgetting what that said of a person."""

import json
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import Entry
from kiosk.ports.centre import UpdateKind
from kiosk.services.follow_hub import FOLLOWED
from sync.central.context import CentreContext
from sync.central.tables import updates
from sync.central.updates.orders import order
from sync.protocol.signed_forms import canonical_form
from sync.protocol.updates import Update, signed_update

_NOTHING: Final[dict[str, JsonValue]] = {}


def tell_kiosk(
    centre: CentreContext, connection: sa.Connection, origin: str, entry: Entry, facts: Mapping[str, JsonValue]
) -> None:
    """Order of a kiosk to follow an act, if it is one that a kiosk must know of; in the transaction of the act.

    Args:
        centre: key, clock, journal.
        connection: of the transaction.
        origin: the kiosk.
        entry: of the act, in the hub's own journal.
        facts: beside it.
    """
    if entry.type not in FOLLOWED:
        return
    content: dict[str, JsonValue] = {
        "request_id": entry.subject,
        "type": entry.type,
        "facts": {**facts},
        "entry": {"origin": entry.origin, "seq": entry.seq},
    }
    order(centre, connection, origin, UpdateKind.ACT, content, by=str(facts.get("by", "")))


def forget_acts(centre: CentreContext, connection: sa.Connection, request_id: str, origin: str) -> None:
    """Take what acts said of the person of a request out of its kiosk's queue, for an erasure.

    The order keeps its number, so that the queue has no gap, and is signed again; a kiosk that has not fetched it yet
    refuses it, for it says nothing.
    """
    acts = (updates.c.subject == request_id, updates.c.origin == origin, updates.c.kind == UpdateKind.ACT.value)
    for row in connection.execute(sa.select(updates).where(*acts)).all():
        body = Update.model_validate(json.loads(row.document)).body
        left = {name: value for name, value in body.content.items() if name != "facts"} | {"facts": _NOTHING}
        update = signed_update(body.model_copy(update={"content": left}), centre.key.sign)
        mine = (updates.c.origin == origin, updates.c.number == row.number)
        document = canonical_form(update).decode()
        connection.execute(sa.update(updates).where(*mine).values(document=document))
