import pytest
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import QApplication

from printing.document.sampler import every_sentence
from printing.render.fonts import FAMILIES, load_fonts, missing_glyphs


def test_loading_twice_gives_the_same_families(qapp: QApplication) -> None:
    """The fonts are loaded once, whoever asks."""
    assert load_fonts() == load_fonts() == FAMILIES


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_sentence_of_the_ticket_has_its_glyphs(qapp: QApplication, language: str) -> None:
    """Design page 12: a missing glyph is a box on paper."""
    assert missing_glyphs(every_sentence(language).words) == []


@pytest.mark.parametrize(
    "name",
    [
        "Éloïse Œuvrard-Ngô Đặng Ðórr Ångström Ž ș ğ İ ɓ ɗ ɛ ŋ ƙ",
        "Ελένη Δήμου",
        "Наталія Їжакевич Ж ҫ ұ",
        "محمد پښتو گل ۓ ے ڈ ٹ",
        "বেগম তাসনিম",
        "தமிழ்ச்செல்வி",
        "श्रेष्ठ क्षेत्री",
        "אברהם",
        "ქეთევან",
        "Հայկական",
        "ኢትዮጵያ",
        "ประยุทธ์",
        "王珺 喆 欧阳",
        "සිංහල ਸਿੰਘ પટેલ తెలుగు മലയാളം",
        "ខ្មែរ ລາວ မြန်မာ ⵜⵉⴼⵉⵏⴰⵖ ߒߞߏ",
    ],
)
def test_names_in_many_scripts_have_their_glyphs(qapp: QApplication, name: str) -> None:
    """Promise 7: an odd name is printed as it is written."""
    assert missing_glyphs(name) == []


def test_what_no_bundled_font_has_is_reported_once(qapp: QApplication) -> None:
    """A font of the machine does not count: the next machine would not have it."""
    assert missing_glyphs("a𞤀b한𞤀") == ["𞤀", "한"]


def test_the_bundled_font_is_used_and_not_the_machines(qapp: QApplication) -> None:
    """Same dots on every machine, even one with the full Noto fonts."""
    load_fonts()
    bundled = QRawFont.fromFont(QFont(FAMILIES[0]))

    assert bundled.familyName() == FAMILIES[0]
    assert bundled.supportsCharacter(ord("ṩ"))
    assert not bundled.supportsCharacter(0x1D00), "the full font has this one, the subset has not"
