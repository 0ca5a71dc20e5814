from datetime import date

import pytest

from kiosk.domain.identity import PartialDate
from kiosk.domain.mrz import MrzField, MrzFormat, check_digit, read_mrz
from kiosk.errors import InputError

TODAY = date(2026, 11, 20)
# The specimens of ICAO 9303.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
VISA_A = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
VISA_B = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"


def a_card(
    *, number: str = "D23145890", names: str = "DIALLO<<AMINATA", birth: str = "900412", code: str = "IR"
) -> str:
    """A French residence permit with right check digits."""
    first = f"{code}FRA{number}{check_digit(number)}9912345678<<<<<"
    second = f"{birth}{check_digit(birth)}F270115{check_digit('270115')}SEN<<<<<<<<<<<"
    whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return f"{first}\n{second}{check_digit(whole)}\n{names.ljust(30, '<')}"


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        (PASSPORT, MrzFormat.TD3, "L898902C3"),
        (CARD, MrzFormat.TD1, "D23145890"),
        (TD2, MrzFormat.TD2, "D23145890"),
        (VISA_A, MrzFormat.MRV_A, "L8988901C"),
        (VISA_B, MrzFormat.MRV_B, "L8988901C"),
    ],
)
def test_the_specimens_of_the_standard_are_read(text: str, form: MrzFormat, number: str) -> None:
    """Every size of document, all checks valid."""
    reading = read_mrz(text, TODAY)

    assert (reading.format, reading.document_number) == (form, number)
    assert (reading.birth_name, reading.given_names) == ("ERIKSSON", ("ANNA", "MARIA"))
    assert reading.is_valid, reading.doubtful


def test_a_residence_permit_fills_what_the_kiosk_asks() -> None:
    """Name, birth, nationality, end of the permit, numéro étranger: one scan instead of five pages."""
    reading = read_mrz(a_card(), TODAY)

    assert reading.is_residence_permit
    assert (reading.birth_name, reading.given_names) == ("DIALLO", ("AMINATA",))
    assert (str(reading.birth_date), reading.nationality) == ("1990-04-12", "SEN")
    assert (reading.expires_on, reading.foreigner_number) == (date(2027, 1, 15), "9912345678")
    assert reading.doubtful == frozenset()


def test_the_expiry_of_another_document_is_not_that_of_a_permit() -> None:
    """A passport says nothing about the stay."""
    reading = read_mrz(PASSPORT, TODAY)

    assert not reading.is_residence_permit
    assert reading.foreigner_number is None


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("90<<<<", "1990-00-00"), ("9004<<", "1990-04-00"), ("050412", "2005-04-12"), ("270412", "1927-04-12")],
)
def test_unknown_parts_of_a_birth_date_stay_unknown(birth: str, expected: str) -> None:
    """And the century is the last one in which the person can have been born."""
    assert read_mrz(a_card(birth=birth), TODAY).birth_date == PartialDate.parse(expected)


def test_a_century_that_could_be_either_is_doubtful() -> None:
    """A newborn and a centenarian share two digits."""
    assert MrzField.BIRTH_CENTURY in read_mrz(a_card(birth="200412"), TODAY).doubtful
    assert MrzField.BIRTH_CENTURY not in read_mrz(a_card(birth="900412"), TODAY).doubtful


def test_a_person_with_one_name_has_one_name() -> None:
    """Nothing is invented for the other."""
    reading = read_mrz(a_card(names="RAMANATHAN"), TODAY)

    assert (reading.birth_name, reading.given_names) == ("RAMANATHAN", ())


def test_a_name_that_fills_the_line_may_go_on() -> None:
    """The person is asked to look."""
    assert MrzField.NAMES in read_mrz(a_card(names="RAJARATNAM<<SIVAKUMARAN<PRIYADA"[:30]), TODAY).doubtful


def test_a_number_of_more_than_nine_characters_goes_on_in_the_optional_data() -> None:
    """ICAO 9303 part 5."""
    number = "D23145890734"
    line = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    text = "\n".join([line, *CARD.splitlines()[1:]])

    reading = read_mrz(text, TODAY)
    assert reading.document_number == number
    assert MrzField.DOCUMENT_NUMBER not in reading.doubtful


@pytest.mark.parametrize(
    ("damaged", "field"),
    [
        (PASSPORT.replace("7408122F", "7408132F"), MrzField.BIRTH_DATE),
        (PASSPORT.replace("L898902C36", "L898902D36"), MrzField.DOCUMENT_NUMBER),
        (PASSPORT.replace("1204159ZE", "1205159ZE"), MrzField.EXPIRY_DATE),
        (PASSPORT.replace("ZE184226B", "ZE184227B"), MrzField.WHOLE),
    ],
)
def test_what_fails_its_check_is_doubtful_and_still_read(damaged: str, field: MrzField) -> None:
    """The person corrects one field and keeps the others."""
    reading = read_mrz(damaged, TODAY)

    assert field in reading.doubtful
    assert not reading.is_valid
    assert reading.birth_name == "ERIKSSON"


@pytest.mark.parametrize(
    "text",
    [
        PASSPORT.replace("\n", "\r\n"),
        PASSPORT.replace("\n", ""),
        PASSPORT.lower(),
        PASSPORT.replace("<", "«"),
        PASSPORT.replace("<<<<<<<<<<<<<<<<<<<\n", "<<<<<<<<<<<<<<<<<\n"),  # two fillers lost
        PASSPORT.replace("7408122F", "74O8I22F"),  # letters seen for digits
        f"\n{PASSPORT}\n\n",
    ],
)
def test_readers_differ_and_the_reading_is_the_same(text: str) -> None:
    """Line ends, layouts, lost fillers, letters for digits."""
    assert read_mrz(text, TODAY).is_valid


@pytest.mark.parametrize("text", ["", "BONJOUR", "38-A2-261120-0042-K", "P<UTO\nX", "é" * 88, "<" * 12, "A\nB\nC\nD"])
def test_what_is_no_zone_is_refused_in_words(text: str) -> None:
    """A ticket, a badge, a book: one message, no guess."""
    with pytest.raises(InputError) as caught:
        read_mrz(text, TODAY)

    assert caught.value.field == "scan"
