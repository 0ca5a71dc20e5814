"""What an account may see, in one place: nothing else at the centre reads the counters' index or the list of machines.

A test looks through the imports, so that no query can forget it.
"""

from typing import Any

import sqlalchemy as sa

from sync.central.desk.accounts import Account
from sync.central.tables import desk_requests, origins


def files_of(account: Account, *columns: sa.ColumnElement[Any]) -> sa.Select[tuple[object, ...]]:
    """Return a query over the files that an account may see.

    Args:
        account: who asks.
        columns: of :data:`FILE`; all of them when none is given.
    """
    query = sa.select(*(columns or tuple(desk_requests.c))).select_from(desk_requests)
    return query.where(_within(account, desk_requests.c.departement, desk_requests.c.origin))


def machines_of(account: Account, *columns: sa.ColumnElement[Any]) -> sa.Select[tuple[object, ...]]:
    """Return a query over the machines that an account may see; the centre itself is none.

    Args:
        account: who asks.
        columns: of :data:`MACHINE`; all of them when none is given.
    """
    query = sa.select(*(columns or tuple(origins.c))).select_from(origins).where(origins.c.role != "centre")
    return query.where(_within(account, origins.c.departement, origins.c.origin))


FILE = desk_requests.c
MACHINE = origins.c


def _within(
    account: Account, departement: sa.ColumnElement[str | None], origin: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    if account.sees_all:
        return sa.true()
    machines = [scope for scope in account.scopes if "-" in scope]
    departements = [scope for scope in account.scopes if "-" not in scope]
    allowed = [column.in_(values) for column, values in ((departement, departements), (origin, machines)) if values]
    return sa.or_(sa.false(), *allowed)
