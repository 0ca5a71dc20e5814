"""How many requests came, by day and procedure."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

import sqlalchemy as sa

from kiosk.resource_files import resource_path
from sync.central.desk.accounts import Account
from sync.central.desk.scope import FILE, files_of
from sync.central.fleet.french import LEGAL_TIME

DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests of some days.

    Attributes:
        days: oldest first.
        by_procedure: for each procedure that came at all, most frequent first: its label and a count for each day.
    """

    days: Sequence[date]
    by_procedure: Sequence[tuple[str, Sequence[int]]]

    @property
    def by_day(self) -> list[int]:
        """All procedures together, a count for each day."""
        return [sum(counts[rank] for _, counts in self.by_procedure) for rank in range(len(self.days))]

    @property
    def total(self) -> int:
        """Requests of all the days."""
        return sum(self.by_day)


def figures_of(connection: sa.Connection, account: Account, now: datetime) -> Figures:
    """Count the requests that an account may see, by legal day of the filing, for the last fortnight.

    Args:
        connection: to the centre's database.
        account: who asks.
        now: the centre's clock.
    """
    today = now.astimezone(LEGAL_TIME).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    query = (
        files_of(account, FILE.received_on, FILE.procedure, sa.func.count().label("number"))
        # The index is by instant; a day more covers every time zone of the Republic.
        .where(FILE.received_at >= (days[0] - timedelta(days=1)).isoformat())
        .where(FILE.received_on.between(days[0].isoformat(), today.isoformat()))
        .group_by(FILE.received_on, FILE.procedure)
    )
    counts: dict[str, Counter[str]] = {}
    for row in connection.execute(query):
        counts.setdefault(row.procedure, Counter())[row.received_on] += row.number
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    labels = procedure_labels()
    return Figures(
        days, [(labels.get(code, code), [by_day[day.isoformat()] for day in days]) for code, by_day in ordered]
    )


@cache
def procedure_labels() -> Mapping[str, str]:
    """Return the French name of each procedure, by code."""
    rows = tomllib.loads(resource_path("procedures.toml").read_text(encoding="utf-8"))["procedure"]
    return {row["code"]: row["label_fr"] for row in rows}
