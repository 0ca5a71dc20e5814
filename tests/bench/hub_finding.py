"""Finding and listing requests at a hub on PostgreSQL among very many, beside a bare look at one row there."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.domain.name_keys import consonant_key
from kiosk.domain.staff import Role
from kiosk.ports.finding import EVERYTHING, ListOrder, RequestFilter, RequestState
from sync.central.hall.search import HubSearch
from sync.central.receiving.writing import insert_rows
from sync.central.tables import desk_requests
from tests.bench import finding
from tests.bench.figures import Figure, Series, milliseconds
from tests.bench.filing import (
    A_DAY,
    grown_day,
    grown_foreigner_number,
    grown_name,
    grown_phone,
    grown_reference,
    request_id_of,
)
from tests.fakes.halls import AHall, a_hall
from tests.fakes.postgres import a_postgres, an_empty_database

PAGES: Final = 40
_AT_ONCE: Final = 10_000
_LANGUAGES: Final = ("fr", "ar", "pt", "en")


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the search of a hall."""
    many = finding.MANY
    with a_postgres() as server, a_hall(folder, an_empty_database(server)) as hall:
        _grow(hall, many)
        token, search = hall.sign_in("s.blanc", Role.SUPERVISOR), HubSearch(hall.bench)
        chosen = random.Random(20_261_120)  # the same in every run
        numbers = [chosen.randrange(1, many + 1) for _ in range(finding.ASKED)]
        bare = Series("one row by its primary key, bare SQL", [_bare_look(hall, number) for number in numbers])
        for name, text_of in finding.QUESTIONS.items():
            asked = [partial(search.find, token, text, EVERYTHING) for text in map(text_of, numbers)]
            asked[0]()  # the first question compiles what it asks with
            took = [milliseconds(ask) for ask in asked]
            yield Figure(Series(f"find at a hub by {name}, {many:,} requests", took), finding.TARGET, bare)
        for name, read in _pages(search, token).items():
            read()
            yield Figure(Series(f"{name} at a hub, {many:,} requests", [milliseconds(read) for _ in range(PAGES)]))


def _pages(search: HubSearch, token: str) -> dict[str, Callable[[], object]]:
    page = partial(search.page, token, order=ListOrder.NEWEST_FIRST)
    far = page(EVERYTHING, beyond=None).beyond
    for _ in range(PAGES):
        far = page(EVERYTHING, beyond=far).beyond
    return {
        "first page of the list": lambda: page(EVERYTHING, beyond=None),
        "a page far down the list": lambda: page(EVERYTHING, beyond=far),
        "a page of one language in four": lambda: page(RequestFilter(language="ar"), beyond=far),
        "a step of a filter that fits nobody": lambda: page(RequestFilter(state=RequestState.WITHDRAWN), beyond=None),
    }


def _grow(hall: AHall, many: int) -> None:
    """Let the index hold very many requests, as if they had come over years."""
    for start in range(1, many + 1, _AT_ONCE):
        rows = [_grown(number) for number in range(start, min(start + _AT_ONCE, many + 1))]
        with hall.centre.engine.begin() as connection:
            insert_rows(connection, desk_requests, rows)
    with hall.centre.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE desk_requests")


def _grown(number: int) -> dict[str, object]:
    day, name = grown_day(number), grown_name(number)
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(seconds=number % A_DAY * 20)
    return {
        "request_id": request_id_of(number),
        "stream": "38-A2",
        "seq": number,
        "origin": "38-A2",
        "departement": "38",
        "reference": grown_reference(number),
        "received_at": instant_text(at),
        "received_on": day.isoformat(),
        "procedure": "REN-SALARIE",
        "status": "filed",
        "filings": 1,
        "ticket": "confirmed",
        "birth_name": name.partition(" ")[0],
        "given_names": name.partition(" ")[2],
        "birth_date": "1990-04-12",
        "zone": "Europe/Paris",
        "clock": "synced",
        "language": _LANGUAGES[number % len(_LANGUAGES)],
        "service": "B",
        "search_name": name,
        "search_consonants": None if number % 5 else consonant_key(name),
        "foreigner_number": grown_foreigner_number(number),
        "phone": grown_phone(number),
    }


def _bare_look(hall: AHall, number: int) -> float:
    query = sa.select(desk_requests).where(desk_requests.c.request_id == request_id_of(number))
    with hall.centre.engine.connect() as connection:
        return milliseconds(lambda: connection.execute(query).all())
