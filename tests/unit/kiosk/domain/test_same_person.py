"""Two requests are probably of one person when names, birth dates and numbers fit."""

from dataclasses import dataclass

import pytest

from kiosk.domain.request import RequestContent
from kiosk.domain.same_person import is_probably_same_person
from tests.fakes.requests import a_request_content


@dataclass(frozen=True)
class Who:
    """What one request says of a person."""

    name: str = "Diallo"
    given: tuple[str, ...] = ("Aminata",)
    born: str | None = "1990-04-12"
    number: str | None = None

    @property
    def content(self) -> RequestContent:
        return a_request_content(
            birth_name=self.name, given_names=self.given, birth_date=self.born, foreigner_number=self.number
        )


SAME = [
    Who("DIALLO"),
    Who("Diall\u00f2"),
    Who("Dialo"),
    Who("DIALLO", ("Aminata", "Fatou")),
    Who("Diallo", ()),
    Who("Aminata", ("Diallo",)),
    Who(born="1990-04-00"),
    Who(born="1990-00-00"),
    Who(number="9912345678"),
]
OTHERS = [
    Who("Keita"),
    Who(given=("Awa",)),  # twins
    Who(born="1990-04-13"),
    Who(born="1991-00-00"),
    Who(born=None),
    Who(name="", given=()),
]


@pytest.mark.parametrize("other", SAME, ids=str)
def test_the_same_person_typed_otherwise(other: Who) -> None:
    """Accents, one letter for two, fields the wrong way round, a birth date known in part."""
    assert is_probably_same_person(Who().content, other.content)
    assert is_probably_same_person(other.content, Who().content)


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_another_person(other: Who) -> None:
    """A brother or sister, another day, nobody at all."""
    assert not is_probably_same_person(Who().content, other.content)
    assert not is_probably_same_person(other.content, Who().content)


def test_two_numbers_are_two_people() -> None:
    """Whatever else fits."""
    assert not is_probably_same_person(Who(number="9912345678").content, Who(number="9900000000").content)


def test_scripts_meet_in_their_consonants() -> None:
    """The same name in Arabic and as French registries write it."""
    latin, arabic = Who("Mohamed", ("Ahmed",)), Who("محمد", ("أحمد",))

    assert is_probably_same_person(latin.content, arabic.content)
