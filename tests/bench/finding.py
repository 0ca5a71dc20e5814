"""Finding a request among very many, beside a bare look at one row by its primary key, and the staff window there."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kiosk.settings import Settings
from kiosk.store.store import DATABASE_NAME
from tests.bench import staff_window
from tests.bench.figures import Figure, Series, milliseconds
from tests.bench.filing import (
    contents,
    grow,
    grown_foreigner_number,
    grown_name,
    grown_phone,
    grown_reference,
    request_id_of,
)
from tests.fakes.raw_databases import raw_connection
from ui.composition import Machine, keys_of, open_machine, prepared

MANY = 200_000
ASKED: Final = 300
TARGET: Final = "p95 under 20 ms"


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of finding."""
    with open_machine(Settings(), folder / "few") as machine, prepared(machine):
        machine.visitors.file_request(next(contents()), machine.entropy.identifier())
    grow(folder / "few", folder / "many", MANY)
    chosen = random.Random(20_261_120)  # the same in every run
    numbers = [chosen.randrange(1, MANY + 1) for _ in range(ASKED)]
    bare = _bare_looks(folder / "many", numbers)
    with open_machine(Settings(), folder / "many") as machine:
        machine.staff.find_requests(grown_reference(1))  # the first question compiles what it asks with
        for name, text_of in QUESTIONS.items():
            yield Figure(*_asked(machine, name, [text_of(number) for number in numbers]), bare)
    yield from staff_window.measure(folder, MANY)


def _asked(machine: Machine, name: str, texts: list[str]) -> tuple[Series, str]:
    found: list[int] = []
    took = [milliseconds(lambda text=text: found.append(len(machine.staff.find_requests(text)))) for text in texts]  # type: ignore[misc]
    if not all(found):
        raise RuntimeError(f"{name}: nothing was found for {texts[found.index(0)]!r}")
    return Series(f"find by {name}, {MANY:,} requests", took), TARGET


def _bare_looks(data_dir: Path, numbers: list[int]) -> Series:
    connection = raw_connection(data_dir / DATABASE_NAME, keys_of(Settings(), data_dir).store_key)
    try:

        def look(number: int) -> None:
            connection.execute("SELECT * FROM requests WHERE request_id = ?", (request_id_of(number),)).fetchall()

        look(1)
        return Series("one row by its primary key, bare SQL", [milliseconds(lambda n=n: look(n)) for n in numbers])  # type: ignore[misc]
    finally:
        connection.close()


def _mistyped(number: int) -> str:
    """Two neighbours swapped, or where they are the same the last digit of the sequence changed."""
    reference = grown_reference(number)
    swapped = f"{reference[:14]}{reference[15]}{reference[14]}{reference[16:]}"
    return swapped if swapped != reference else f"{reference[:16]}{(int(reference[16]) + 1) % 10}{reference[17:]}"


QUESTIONS: Final[dict[str, Callable[[int], str]]] = {
    "reference": grown_reference,
    "mistyped reference": _mistyped,
    "numéro étranger": grown_foreigner_number,
    "telephone": grown_phone,
    "whole name": grown_name,
    "first letters of a name": lambda number: grown_name(number)[:4],
    "consonants of a name": lambda number: grown_name(number - number % 5 + 5 if number < 6 else number - number % 5),
}
