"""What a document's machine-readable zone answers; the zone itself is forgotten as soon as it is read."""

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.domain.mrz import MrzField, MrzReading, as_american, read_mrz
from kiosk.domain.place import Country
from kiosk.errors import InputError
from kiosk.workflows.visit import Question
from ui.applicant.draft import DateParts, Draft

_ABOUT: Final[Mapping[Question, frozenset[MrzField]]] = {
    Question.NAMES: frozenset({MrzField.NAMES}),
    Question.BIRTH_DATE: frozenset({MrzField.BIRTH_DATE, MrzField.BIRTH_CENTURY}),
    Question.NATIONALITY: frozenset(),
    Question.PERMIT: frozenset({MrzField.EXPIRY_DATE}),
    Question.NUMBER: frozenset(),
}


def read_document(text: str, today: date) -> MrzReading | None:
    """Return what a zone says, also when the machine took the reader's keys for those of another layout."""
    for candidate in (text, as_american(text)):
        with contextlib.suppress(InputError):
            return read_mrz(candidate, today)
    return None


def take_reading(draft: Draft, reading: MrzReading, countries: Mapping[str, Country]) -> None:
    """Put into the draft what was read, and note which questions it answers beyond doubt.

    What is doubtful is filled in as well and stays a question: damaged lines lead to typing with what was read.
    """
    found = set()
    if reading.birth_name:
        draft.birth_name, draft.given_names = reading.birth_name, ", ".join(reading.given_names)
        draft.has_one_name = not reading.given_names
        found.add(Question.NAMES)
    if reading.birth_date is not None:
        draft.birth = _parts(reading.birth_date)
        found.add(Question.BIRTH_DATE)
    nationality = _nationality(reading.nationality, countries)
    if nationality is not None:
        draft.nationality = nationality
        found.add(Question.NATIONALITY)
    found |= _permit(draft, reading)
    draft.read = frozenset(question for question in found if not _ABOUT[question] & reading.doubtful)
    if MrzField.WHOLE in reading.doubtful:  # something is wrong and nobody knows what
        draft.read = frozenset()
    draft.is_read_in_part = bool(reading.doubtful) or nationality is None


def _permit(draft: Draft, reading: MrzReading) -> set[Question]:
    """Take what only a titre de séjour can say: a passport's end is nobody's business here."""
    found = set()
    if reading.is_residence_permit and reading.expires_on is not None:
        day = reading.expires_on
        draft.permit = DateParts(f"{day.day:02d}", f"{day.month:02d}", str(day.year))
        found.add(Question.PERMIT)
    if reading.foreigner_number is not None:
        draft.foreigner_number = reading.foreigner_number
        found.add(Question.NUMBER)
    return found


def _parts(day: PartialDate) -> DateParts:
    return DateParts(
        f"{day.day:02d}" if day.day is not None else "",
        f"{day.month:02d}" if day.month is not None else "",
        str(day.year),
    )


def _nationality(code: str, countries: Mapping[str, Country]) -> str | None:
    """Return the alpha-2 code of a nationality as zones write it."""
    return next((country.alpha2 for country in countries.values() if country.mrz_code == code), None)
