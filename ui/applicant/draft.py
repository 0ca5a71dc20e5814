"""What the visitor has said so far: in memory only, wiped by one call."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.names import digits_only
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    Guardian,
    GuardianTie,
    HelpChannel,
    HelpContact,
    RequestContent,
)
from kiosk.errors import InputError
from kiosk.workflows.visit import Filer, Question

# The years of a permit: « 27 » or « 0227 » is a slip of the finger, and no window can be counted from it.
_LIKELY_YEARS: Final = range(1950, 2150)
_YEARS_TO_GUESS: Final = 5  # a 29 February lies at most that far back
_DIGITS_OF_A_SHORT_YEAR: Final = 2
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
        return self._in_year(self.year.zfill(4))

    def known(self) -> PartialDate | None:
        """Return the birth date said, None also when it does not make one yet: the visitor is still typing."""
        with contextlib.suppress(InputError):
            return self.partial()
        return None

    def past(self, today: date) -> PartialDate | None:
        """Return a day, month or year that is over, None when nothing was entered.

        Of something that happened not long ago many people leave the year out: the latest year that fits is taken.

        Raises:
            InputError: a day that does not exist, or one that is still to come.
        """
        if self.is_empty:
            return None
        if self.year:
            return _not_after(self._in_year(_in_full(self.year)), today)
        for year in range(today.year, today.year - _YEARS_TO_GUESS, -1):
            with contextlib.suppress(InputError):
                return _not_after(self._in_year(str(year)), today)
        raise InputError("date", "a day that exists in the calendar")

    def _in_year(self, year: str) -> PartialDate:
        return PartialDate.parse(f"{year}-{self.month.zfill(2)}-{self.day.zfill(2)}")

    def whole(self) -> date | None:
        """Return the day when all three parts make one, with its year in full, else None."""
        if len(self.year) != 4 or not _LIKELY_YEARS.start <= int(self.year) < _LIKELY_YEARS.stop:
            return None
        try:
            return date(int(self.year), int(self.month), int(self.day))
        except ValueError:
            return None


def _in_full(year: str) -> str:
    return f"20{year}" if len(year) == _DIGITS_OF_A_SHORT_YEAR else year.zfill(4)


def _not_after(day: PartialDate, today: date) -> PartialDate:
    if date(day.year, day.month or 1, day.day or 1) > today:
        raise InputError("date", "a day that is not still to come")
    return day


def _whole(day: PartialDate | None) -> date | None:
    return day.latest if day is not None and day.day is not None else None


def _part(day: PartialDate | None) -> PartialDate | None:
    return day if _whole(day) is None else None


@dataclass
class When:
    """When something happened elsewhere, and under which number.

    Attributes:
        parts: as entered.
        said: what they mean, set when the page is left; None when nothing was entered.
        others: more days of the same thing, already taken.
        reference: of a call or message.
    """

    parts: DateParts = field(default_factory=DateParts)
    said: PartialDate | None = None
    others: list[PartialDate] = field(default_factory=list)
    reference: str = ""

    @property
    def days(self) -> tuple[PartialDate, ...]:
        """Everything that was said, each once, the earliest first."""
        said = [self.said] if self.said is not None else []
        return tuple(sorted({*self.others, *said}, key=lambda day: day.latest))


@dataclass
class Draft:
    """Answers of one visit.

    Attributes:
        key: idempotency key of this visit's confirmation, so that a double tap is one filing.
        read: questions that a scanned document answered beyond doubt; None when nothing was scanned.
        is_read_in_part: whether something on that document is not sure.
        search: words by which a procedure is looked for.
        filer: who stands here.
        helper_name: of a person or association; never the owner of the request.
        guardian_name: of the adult with a minor.
        guardian_tie: what that adult is to the minor.
        attempt_times: when each of the ticked things happened.
        help_times: where help was asked for, and when.
        evidence: what the person has with them.
        target: for what an appointment is wanted.
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
    search: str = ""
    filer: Filer = Filer.APPLICANT
    helper_name: str = ""
    guardian_name: str = ""
    guardian_tie: GuardianTie | None = None
    attempt_times: dict[AttemptOutcome, When] = field(default_factory=dict)
    help_times: dict[HelpChannel, When] = field(default_factory=dict)
    evidence: set[Evidence] = field(default_factory=set)
    target: Procedure | None = None

    @property
    def outcomes(self) -> tuple[AttemptOutcome, ...]:
        """What was ticked of what happened elsewhere, in the order of the list."""
        return tuple(outcome for outcome in AttemptOutcome if outcome in self.attempts)

    @property
    def help_channels(self) -> tuple[HelpChannel, ...]:
        """Where help was asked for, in the order of the list; nothing when nothing happened elsewhere."""
        return tuple(channel for channel in HelpChannel if channel in self.help_times and self.attempts)

    def when(self, outcome: AttemptOutcome) -> When:
        """Return when something happened, to be filled in."""
        return self.attempt_times.setdefault(outcome, When())

    def guardian(self) -> Guardian | None:
        """Return the adult who is there, None when nothing was said of one."""
        has_said = self.guardian_name or self.guardian_tie is not None
        return Guardian(self.guardian_name, self.guardian_tie) if has_said else None

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
            target_procedure=self.target.code if self.target and self.procedure.ask_target_procedure else None,
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
            attempts=self.declared_attempts,
            helper=self.helper_name if self.filer is Filer.HELPER else None,
            guardian=self.guardian(),
            help_contacts=self.declared_help,
            evidence=self.declared_evidence,
        )

    @property
    def declared_attempts(self) -> tuple[Attempt, ...]:
        """What happened elsewhere, once for each day."""
        return tuple(attempt for outcome in self.outcomes for attempt in self._attempts(outcome))

    @property
    def declared_help(self) -> tuple[HelpContact, ...]:
        """Help asked for elsewhere."""
        return tuple(self._help_contact(channel) for channel in self.help_channels)

    @property
    def declared_evidence(self) -> tuple[Evidence, ...]:
        """What shows it; nothing when nothing happened elsewhere."""
        return tuple(each for each in Evidence if each in self.evidence and self.attempts)

    def _attempts(self, outcome: AttemptOutcome) -> Iterator[Attempt]:
        for day in self.when(outcome).days or (None,):
            yield Attempt(_whole(day), outcome, around=_part(day))

    def _help_contact(self, channel: HelpChannel) -> HelpContact:
        when = self.help_times[channel]
        return HelpContact(channel, _whole(when.said), _part(when.said), when.reference or None)
