"""Who a person says they are: any script, one name or many, a birth date known in part or not at all."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from kiosk.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A birth date of which the day, or the day and the month, may be unknown (written ``00``).

    Attributes:
        year: four digits, Gregorian.
        month: 1 to 12, or None when unknown.
        day: 1 to 31, or None when unknown; always None without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1850 <= self.year <= 9999:
            raise InputError("birth_date", "a year of four digits from 1850 on")
        if self.month is None and self.day is not None:
            raise InputError("birth_date", "a day needs a month")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise InputError("birth_date", "a day that exists in the calendar") from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date written ``YYYY-MM-DD``, with ``00`` for an unknown month or day.

        Raises:
            InputError: another form, or a day that does not exist.
        """
        parts = text.strip().split("-")
        if [len(part) for part in parts] != [4, 2, 2] or not all(p.isascii() and p.isdigit() for p in parts):
            raise InputError("birth_date", "YYYY-MM-DD, with 00 for an unknown month or day")
        year, month, day = map(int, parts)
        return cls(year, month or None, day or None)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month or 0:02d}-{self.day or 0:02d}"

    @property
    def latest(self) -> date:
        """The last day that this date can mean: the one that makes the person youngest."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            nxt = date(self.year + self.month // 12, self.month % 12 + 1, 1)
            return date.fromordinal(nxt.toordinal() - 1)
        return date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a person declared of themselves; nothing here was verified.

    Attributes:
        birth_name: nom de naissance; the only name of people who have one. Never empty.
        given_names: prénoms in the order said; empty for people with one name.
        usage_name: nom d'usage, if any.
        birth_date: possibly partial, None when not known at all.
        nationality: alpha-2 code of ``countries.csv``, None when not said.
    """

    birth_name: str
    given_names: tuple[str, ...] = ()
    usage_name: str | None = None
    birth_date: PartialDate | None = None
    nationality: str | None = None


def folded_name(name: str) -> str:
    """Return a name without case, accents, punctuation or spacing, for comparing, in any script.

    Latin accents fall away (``É`` = ``E``); Arabic vowel signs too; every other letter stays itself.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = (ch for ch in decomposed if unicodedata.category(ch)[0] in "LN" or unicodedata.category(ch) == "Mc")
    return unicodedata.normalize("NFC", "".join(kept))


def sealed_identity(birth_name: str, birth_date: PartialDate | None) -> dict[str, str]:
    """Return the canonical identity that the seal's hash covers: what a third party can type again."""
    return {"birth_date": str(birth_date) if birth_date else "", "birth_name": folded_name(birth_name)}
