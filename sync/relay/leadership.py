"""Of several processes of one hub, one relays; when it ends, another takes over."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

_RELAY_LOCK: Final = 0x72656C6179  # PostgreSQL advisory lock: "relay"


class Leadership:
    """An advisory lock that is held as long as its connection; SQLite has one process anyway."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._held: sa.Connection | None = None

    def is_ours(self) -> bool:
        """Tell whether this process relays; take the place if it is free."""
        if self._engine.dialect.name != "postgresql":
            return True
        if self._held is not None:
            try:
                self._held.execute(sa.select(1))
                self._held.commit()
            except SQLAlchemyError:
                self.end()  # the server restarted: the lock went with the connection
            else:
                return True
        connection = self._engine.connect()
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_RELAY_LOCK))).scalar_one():
            connection.commit()
            self._held = connection
            return True
        connection.close()
        return False

    def end(self) -> None:
        """Give the place up."""
        if self._held is None:
            return
        try:
            self._held.execute(sa.select(sa.func.pg_advisory_unlock(_RELAY_LOCK)))
            self._held.commit()
        except SQLAlchemyError:
            self._held.invalidate()  # it is gone, and the lock with it
        self._held.close()
        self._held = None
