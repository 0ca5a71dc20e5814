"""Texts in the language of the person: French source text plus a context, looked up in gettext catalogues.

Catalogues lie in ``resources/locale/<code>/LC_MESSAGES/<domain>.mo``, made from the ``.po`` beside them; the
domains are ``screens`` (everything on a screen) and ``ticket`` (everything on paper). French needs no catalogue.
"""

import gettext
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import babel.dates

from kiosk.errors import ConfigurationError
from kiosk.resource_files import resource_path

SOURCE_LANGUAGE = "fr"

# Left-to-right isolate and pop isolate (Unicode UAX 9): numbers and codes keep their order in Arabic text.
_LRI, _PDI = "\u2066", "\u2069"

_KEYBOARDS = ("latin", "arabic", "cyrillic")  # as in French


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a visitor can choose (``languages.toml``).

    Attributes:
        code: BCP 47, for example ``ar``.
        own_name: as its readers write it.
        is_right_to_left: whether layout is mirrored.
        locale: CLDR locale for dates in words.
        months: names of the twelve months where CLDR has none.
        weekdays: names of the days from Monday where CLDR has none.
        voice: of espeak-ng.
        date_pattern: CLDR pattern of a date in words where people write it otherwise than CLDR.
        keyboards: letters of the on-screen keyboard, the first ones shown first (``keyboards/*.toml``).
    """

    code: str
    own_name: str
    is_right_to_left: bool
    locale: str
    months: tuple[str, ...] = ()
    date_pattern: str = "long"
    voice: str = "fr"
    weekdays: tuple[str, ...] = ()
    keyboards: tuple[str, ...] = _KEYBOARDS

    @property
    def has_screens(self) -> bool:
        """Whether the screens can be shown in it; without, it is a language of the ticket only."""
        return self.code == SOURCE_LANGUAGE or _catalogue_path(self.code, TextDomain.SCREENS).exists()

    def day_in_words(self, day: date) -> str:
        """Return a day with its month in letters, Gregorian, in digits 0 to 9."""
        if self.months:
            return f"{day.day} {self.months[day.month - 1]} {day.year}"
        return str(babel.dates.format_date(day, self.date_pattern, locale=self.locale))

    def weekday_in_words(self, day: date) -> str:
        """Return the name of a day of the week, as it stands alone."""
        if self.weekdays:
            return self.weekdays[day.weekday()]
        return str(babel.dates.format_date(day, "cccc", locale=self.locale))

    def month_in_words(self, day: date) -> str:
        """Return month and year in words, of a date whose day is not known."""
        if self.months:
            return f"{self.months[day.month - 1]} {day.year}"
        return str(babel.dates.format_date(day, "MMMM y", locale=self.locale))


class TextDomain(StrEnum):
    """Which catalogue a text lives in."""

    SCREENS = "screens"
    TICKET = "ticket"


@cache
def languages() -> dict[str, Language]:
    """Return the languages by code, in the order of their buttons."""
    data = tomllib.loads(resource_path("languages.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: Language(
            row["code"],
            row["own_name"],
            row["direction"] == "rtl",
            row["locale"],
            tuple(row.get("months", ())),
            row.get("date_pattern", "long"),
            row["voice"],
            tuple(row.get("weekdays", ())),
            tuple(row.get("keyboards", _KEYBOARDS)),
        )
        for row in data["language"]
    }


class Translator:
    """Gives the texts of one language and one catalogue."""

    def __init__(self, language: Language, domain: TextDomain) -> None:
        self.language = language
        self._catalogue = _catalogue(language.code, domain)

    @classmethod
    def of(cls, code: str, domain: TextDomain) -> "Translator":
        """Return the translator of a language code.

        Raises:
            ConfigurationError: no such language.
        """
        if code not in languages():
            raise ConfigurationError("language", f"one of {', '.join(languages())}, not {code!r}")
        return cls(languages()[code], domain)

    def text(self, context: str, french: str) -> str:
        """Return the translation of a French text in a context, the French itself when there is none.

        Translate first, then format: ``tr.text("welcome", "Bonjour {name}").format(name=...)``.
        """
        if self.language.code == SOURCE_LANGUAGE:
            return french
        return self._catalogue.pgettext(context, french)

    def isolated(self, code: str) -> str:
        """Return a number or code that keeps its own left-to-right order inside right-to-left text."""
        return f"{_LRI}{code}{_PDI}" if self.language.is_right_to_left else code


def _catalogue_path(code: str, domain: TextDomain) -> Path:
    return resource_path("locale", code, "LC_MESSAGES", f"{domain}.mo")


@cache
def _catalogue(code: str, domain: TextDomain) -> gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    try:
        return gettext.translation(domain, str(resource_path("locale")), [code])
    except FileNotFoundError as error:
        raise ConfigurationError(f"language {code}", f"a catalogue {domain}.mo in resources/locale") from error
