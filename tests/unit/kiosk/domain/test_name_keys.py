"""A name is found by the letters of a French keyboard, whatever script it was typed in."""

import pytest

from kiosk.domain.identity import Identity
from kiosk.domain.name_keys import consonant_key, latin_key, search_consonants_of, search_name_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("DIALLO", "diallo"),
        ("Ben Ali", "benali"),
        ("N'Guessan-Béné", "nguessanbene"),
        ("Đặng", "dang"),
        ("Çelik Işık", "celikisik"),
        ("Straße", "strasse"),
        ("Иванов", "ivanov"),
        ("ராஜா", "raja"),
        ("王小明", "wangxiaoming"),
        ("محمد", "mhmd"),
        ("", ""),
    ],
)
def test_every_script_has_latin_letters(name: str, key: str) -> None:
    """Without accents, punctuation and spaces."""
    assert latin_key(name) == key


def test_a_script_that_nobody_transliterates_keeps_its_letters() -> None:
    """A name is never lost because it is unknown: Adlam, for one, is young."""
    assert latin_key("𞤢𞤣𞤤𞤢𞤥") != ""


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("محمد", "Mohamed"),
        ("محمد", "Mohammed"),
        ("فاطمة", "Fatima"),
        ("عبد الرحمن", "Abderrahmane"),
        ("عبد القادر", "Abdelkader"),
        ("عبد الله", "Abdallah"),
        ("الحسن", "El Hassan"),
        ("خالد", "Khaled"),
        ("شريف", "Cherif"),
        ("يوسف", "Youssef"),
        ("حسين", "Hussein"),
        ("بن علي", "Ben Ali"),
        ("جمال", "Djamel"),
        ("قاسم", "Kacem"),
        ("نور الدين", "Noureddine"),
        ("گل محمد", "Gul Mohammad"),
    ],
)
def test_what_one_script_does_not_write_and_the_other_spells_in_many_ways_is_left_out(written: str, spelt: str) -> None:
    """The spellings are those of French registries."""
    assert consonant_key(written) == consonant_key(spelt) != ""


def test_one_consonant_is_too_little_to_find_anybody_by() -> None:
    """Every « Ali » would otherwise be every « Leïla »."""
    assert consonant_key("Ali") == ""


def test_only_names_in_scripts_without_vowels_have_consonants_beside_their_letters() -> None:
    """The others cost no place in the index."""
    assert search_consonants_of(Identity("DIALLO", ("Aminata",))) is None
    assert search_consonants_of(Identity("حسين", ("محمد",))) == "hsn mhmd"


def test_birth_name_and_given_names_are_one_key() -> None:
    """A prefix of the birth name is a prefix of it; nobody has none."""
    assert search_name_of(Identity("Ben Ali", ("Aminata", "Fatou"))) == "benali aminata fatou"
    assert search_name_of(Identity("")) == ""
