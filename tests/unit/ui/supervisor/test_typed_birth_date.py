"""Staff type a birth date as it stands on a document."""

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.errors import InputError
from ui.supervisor.typed_birth_date import birth_date_said, typed_birth_date


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12/04/1990", "1990-04-12"),
        (" 12.4.1990 ", "1990-04-12"),
        ("12-04-1990", "1990-04-12"),
        ("12041990", "1990-04-12"),
        ("04/1990", "1990-04-00"),
        ("00/04/1990", "1990-04-00"),
        ("1990", "1990-00-00"),
    ],
)
def test_what_is_known_of_a_date_is_read(typed: str, read: str) -> None:
    """Day before month, as on every French document."""
    assert str(typed_birth_date(typed)) == read


@pytest.mark.parametrize("born", ["1990-04-12", "1990-04-00", "1990-00-00"])
def test_what_a_document_said_is_read_back(born: str) -> None:
    """It is written into the field as staff would type it."""
    assert str(typed_birth_date(birth_date_said(PartialDate.parse(born)))) == born
    assert birth_date_said(None) == ""


def test_nothing_typed_is_no_date() -> None:
    """Some people do not know theirs."""
    assert typed_birth_date("  ") is None


@pytest.mark.parametrize("typed", ["31/02/1990", "12/04/90", "hier", "1/2/3/1990", "04/12/", "٠٤/١٩٩٠", "99999999"])
def test_a_date_that_does_not_exist_is_refused(typed: str) -> None:
    """A slip of the finger must not become « l'identité ne correspond pas »."""
    with pytest.raises(InputError, match="birth_date"):
        typed_birth_date(typed)
