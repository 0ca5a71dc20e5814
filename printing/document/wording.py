"""Sentences of the ticket in one language: translated first, then filled; dates and codes kept in their own order."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import babel.dates

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality, Moment
from kiosk.translation import SOURCE_LANGUAGE, TextDomain, Translator
from printing.document import texts
from printing.document.blocks import Direction, Speech
from printing.document.texts import Message

# First strong isolate and pop isolate (Unicode UAX 9): a name keeps the direction of its own letters.
_FSI, _PDI = "\u2068", "\u2069"


class Wording:
    """Says the sentences of the ticket in one language."""

    def __init__(self, language: str) -> None:
        self._translator = Translator.of(language, TextDomain.TICKET)
        chosen = self._translator.language
        direction = Direction.RIGHT_TO_LEFT if chosen.is_right_to_left else Direction.LEFT_TO_RIGHT
        self.speech = Speech(chosen.code, direction)
        self._language = chosen
        self._locale = chosen.locale

    @property
    def is_french(self) -> bool:
        """Whether this is the authentic text."""
        return self.speech.language == SOURCE_LANGUAGE

    def say(self, message: Message, **values: str) -> str:
        """Return a sentence with its values; codes must come isolated (:meth:`code`)."""
        sentence = self._translator.text(message.context, message.french)
        return sentence.format(**values) if values else sentence

    def code(self, text: str) -> str:
        """Return a number, code or French name that keeps its own order inside this language."""
        return self._translator.isolated(text)

    def name(self, text: str) -> str:
        """Return a person's name, which may be in any script."""
        return self.inside(text) if not text.isascii() else text

    @staticmethod
    def inside(text: str) -> str:
        """Return a text that keeps the direction of its own letters inside a line of another language."""
        return f"{_FSI}{text}{_PDI}"

    def date(self, day: date) -> str:
        """Return a day: DD/MM/YYYY in French, with the month in letters elsewhere; always digits 0 to 9."""
        if self.is_french:
            return day.strftime("%d/%m/%Y")
        # A date is read as one word: no line break inside.
        return self._language.day_in_words(day).replace(" ", "\u00a0")

    def birth_date(self, day: PartialDate | None) -> str:
        """Return a birth date of which parts may be unknown, in words as far as it goes."""
        if day is None:
            return self.say(texts.BIRTH_DATE_UNKNOWN)
        if day.month is None:
            return str(day.year)
        if day.day is None:
            return self._language.month_in_words(day.latest)
        return self.date(day.latest)

    def instant(self, moment: Moment) -> str:
        """Return day and time in legal time, with summer or winter time when the hour happens twice."""
        local = moment.utc.astimezone(ZoneInfo(moment.zone))
        text = self.say(texts.INSTANT, date=self.date(moment.civil_date), time=self.code(local.strftime("%H:%M")))
        if _happens_twice(local):
            season = texts.SUMMER_TIME if local.dst() else texts.WINTER_TIME
            text = f"{text} ({self.say(season)})"
        return text

    def legal_time(self, moment: Moment) -> str:
        """Return which legal time the instant is given in, with its distance from UTC."""
        city = babel.dates.get_timezone_location(moment.zone, locale=self._locale, return_city=True)
        return self.say(texts.LEGAL_TIME, city=city, offset=self.code(_offset_text(moment.local)))

    def warnings_of(self, moment: Moment) -> tuple[str, ...]:
        """Return what must be said about a clock that cannot be trusted."""
        return (self.say(texts.CLOCK_SUSPECT),) if moment.clock is ClockQuality.SUSPECT else ()

    def ordinal(self, number: int) -> str:
        """Return the rank of a visit; French and English have endings, other languages the bare number."""
        if self.is_french:
            return "1er" if number == 1 else f"{number}e"
        if self.speech.language == "en":
            return f"{number}{_english_ending(number)}"
        return self.code(str(number))


def _happens_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _offset_text(local: datetime) -> str:
    offset = local.utcoffset()
    assert offset is not None, "a local time has a zone"
    minutes = int(offset.total_seconds()) // 60
    sign, minutes = ("+", minutes) if minutes >= 0 else ("−", -minutes)
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02d}" if minutes % 60 else "")


def _english_ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
