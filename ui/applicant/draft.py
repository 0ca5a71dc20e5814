"""What the visitor has said so far: in memory only, wiped by one call."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.names import digits_only
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import Attempt, AttemptOutcome, RequestContent
from kiosk.workflows.visit import Question

# The years of a permit: « 27 » or « 0227 » is a slip of the finger, and no window can be counted from it.
_LIKELY_YEARS: Final = range(1950, 2150)
# Only a comma, Latin or Arabic, parts two given names: « Abdel Kader » is one.
_COMMAS: Final = re.compile("[,،]")


@dataclass
class DateParts:
    """A date as the visitor enters it: each part may be unknown."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not (self.day or self.month or self.year)

    def partial(self) -> PartialDate | None:
        """Return the birth date said, None when nothing was entered.

        Raises:
            InputError: a day that does not exist, or a day or month without its year.
        """
        if self.is_empty:
            return None
        return PartialDate.parse(f"{self.year.zfill(4)}-{self.month.zfill(2)}-{self.day.zfill(2)}")

    def whole(self) -> date | None:
        """Return the day when all three parts make one, with its year in full, else None."""
        if len(self.year) != 4 or not _LIKELY_YEARS.start <= int(self.year) < _LIKELY_YEARS.stop:
            return None
        try:
            return date(int(self.year), int(self.month), int(self.day))
        except ValueError:
            return None


@dataclass
class Draft:
    """Answers of one visit.

    Attributes:
        key: idempotency key of this visit's confirmation, so that a double tap is one filing.
        read: questions that a scanned document answered beyond doubt; None when nothing was scanned.
        is_read_in_part: whether something on that document is not sure.
    """

    language: str = "fr"
    key: str = ""
    group: str = ""
    procedure: Procedure | None = None
    documents: set[str] = field(default_factory=set)
    birth_name: str = ""
    given_names: str = ""
    usage_name: str = ""
    has_one_name: bool = False
    birth: DateParts = field(default_factory=DateParts)
    nationality: str | None = None
    permit: DateParts = field(default_factory=DateParts)
    foreigner_number: str = ""
    attempts: set[AttemptOutcome] = field(default_factory=set)
    phone: str = ""
    email: str = ""
    read: frozenset[Question] | None = None
    is_read_in_part: bool = False

    def content(self) -> RequestContent:
        """Return what is asked.

        Raises:
            ValueError: no procedure was chosen.
        """
        if self.procedure is None:
            raise ValueError("a request needs a procedure")
        given = () if self.has_one_name else tuple(filter(None, map(str.strip, _COMMAS.split(self.given_names))))
        return RequestContent(
            procedure=self.procedure.code,
            language=self.language,
            identity=Identity(
                birth_name=self.birth_name,
                given_names=given,
                usage_name=self.usage_name or None,
                birth_date=self.birth.partial(),
                nationality=self.nationality,
            ),
            foreigner_number=digits_only(self.foreigner_number) or None,
            permit_expires_on=self.permit.whole(),
            phone=self.phone or None,
            email=self.email or None,
            documents=tuple(d.code for d in self.procedure.documents if d.code in self.documents),
            attempts=tuple(Attempt(None, outcome) for outcome in AttemptOutcome if outcome in self.attempts),
        )
