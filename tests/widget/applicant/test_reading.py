"""What a person reads and types: in their language at any time, whole, and not over their shoulder."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from kiosk.domain.request import RequestContent
from tests.fakes.visits import AScreen, a_screen, walk
from tests.widget.applicant.conftest import MakeScreen
from ui.kit.text_entry import TextEntry

# Pixels per millimetre: 1080 x 1920 on 32 inches upright, 1280 x 1024 on 19 inches.
SCREENS = [(QSize(1080, 1920), 2.7), (QSize(1280, 1024), 3.4)]
LARGEST_NAME_MM = 6.0


def shown(screen: AScreen, kind: type[QWidget], name: str) -> QWidget:
    """Return what can be seen, by name."""
    QApplication.processEvents()
    return next(each for each in screen.window.findChildren(kind, name) if each.isVisibleTo(screen.window))


def strike(screen: AScreen, *keys: str) -> None:
    """Type on the keyboard of the screen."""
    for key in keys:
        button = shown(screen, QPushButton, f"key_{key}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("size", "pixels_per_mm"), SCREENS)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_name_is_never_written_in_large_letters(
    screen: AScreen, language: str, size: QSize, pixels_per_mm: float
) -> None:
    """Nobody in the queue reads it: no capital above 6 mm, where it is typed and where it is reviewed."""
    screen.window.resize(size)
    walk(screen, language, until="birth_date")
    screen.tap("back")
    typed = [shown(screen, TextEntry, name) for name in ("birth_name", "given_names")]
    heights = [QFontMetrics(entry.font()).capHeight() / pixels_per_mm for entry in typed]
    screen.window.journey.answer()
    while screen.window.page.name != "review":
        screen.window.journey.answer()
    heights.append(QFontMetrics(shown(screen, QLabel, "review_names").font()).capHeight() / pixels_per_mm)

    assert 0 < max(heights) <= LARGEST_NAME_MM


@pytest.mark.parametrize("size", [size for size, _ in SCREENS])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_held_review_is_read_without_scrolling(screen: AScreen, language: str, size: QSize) -> None:
    """The finger is on the button."""
    screen.window.resize(size)
    walk(screen, language, until="review")
    bar = shown(screen, QScrollArea, "review_list").verticalScrollBar()  # type: ignore[attr-defined]  # it scrolls
    hold = screen.control("hold_to_read")
    QApplication.processEvents()
    hidden = bar.maximum()
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert (hidden, bar.maximum()) == (0, 0)


@pytest.mark.parametrize(
    ("year", "sentence"),
    [("2029", "C'est un peu tôt"), ("2026", "C'est le bon moment"), ("2020", "La période a fini")],
)
def test_the_review_says_kindly_where_today_falls(screen: AScreen, year: str, sentence: str) -> None:
    """As soon as the end of the permit is known; nobody is refused."""
    walk(screen, "fr", until="permit")
    for part, value in (("day", "31"), ("month", "12"), ("year", year)):
        screen.type_in(part, value)
    while screen.window.page.name != "review":
        screen.window.journey.answer()
    label = shown(screen, QLabel, "window_sentence")

    assert isinstance(label, QLabel)
    assert label.text().startswith(sentence)
    assert screen.control("confirm").isEnabled()


@pytest.mark.parametrize("page", ["names", "review", "ticket_out"])
def test_the_language_can_be_changed_in_the_middle(screen: AScreen, page: str) -> None:
    """Whoever took the wrong language loses nothing."""
    walk(screen, "fr", until=page)
    screen.until_page(page)
    screen.tap("language")
    screen.tap("language_ar")
    QApplication.processEvents()

    assert screen.window.page.name == page
    assert screen.window.page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert screen.control("erase_and_leave").accessibleName() == "مسح ومغادرة"


def test_the_question_of_the_language_can_be_left(screen: AScreen) -> None:
    """Back changes nothing."""
    walk(screen, "fr", until="names")
    screen.tap("language")
    screen.tap("languages_close")

    assert screen.window.journey.draft.language == "fr"
    assert not any(each.isVisibleTo(screen.window) for each in screen.window.findChildren(QWidget, "languages"))


@pytest.mark.parametrize(
    ("language", "keys", "names"),
    [("fr", ("a", ",", "m"), ("A", "M")), ("ar", ("م", "،", "س"), ("م", "س"))],
)
def test_a_comma_on_the_keyboard_parts_two_given_names(
    screen: AScreen, language: str, keys: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """The page asks for it, so every script has it; the Arabic one counts as well."""
    walk(screen, language, until="birth_date")
    screen.tap("back")
    screen.type_in("given_names", "")
    strike(screen, *keys)
    content: RequestContent = screen.window.journey.draft.content()

    assert tuple(name.upper() for name in content.identity.given_names) == names


def test_figures_are_all_that_a_date_takes(screen: AScreen) -> None:
    """Also when a reader of codes writes."""
    walk(screen, "fr", until="birth_date")
    entry = shown(screen, TextEntry, "year")
    assert isinstance(entry, TextEntry)
    entry.type_in("1990")
    entry.type_in("x")

    assert entry.text() == "1990"
    keys = screen.window.findChildren(QPushButton, "key_layout")
    assert [key for key in keys if key.isVisibleTo(screen.window)] == []


def test_a_telephone_number_from_abroad_can_be_typed(screen: AScreen) -> None:
    """It begins with a plus."""
    walk(screen, "fr", until="contact")
    strike(screen, "+", "2", "1", "3")

    assert screen.window.journey.draft.phone == "+213"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_bar_never_goes_back_on_the_way_on(screen: AScreen, language: str) -> None:
    """Progress is progress."""
    seen: list[float] = []

    def look(_: str, __: QWidget) -> None:
        done, total = screen.window.journey.progress
        seen.append(done / total)

    walk(screen, language, seen=look)

    assert all(before < after for before, after in pairwise(seen))


def test_one_language_needs_no_choice(make_screen: MakeScreen, tmp_path: Path) -> None:
    """A site that speaks one language shows no button that does nothing."""
    (tmp_path / "one").mkdir()
    settings = make_screen().window.page.services.settings.model_copy(update={"languages": ("fr",), "double_tap_ms": 0})
    screen = a_screen(tmp_path / "one", settings=settings)
    walk(screen, "fr", until="groups")
    QApplication.processEvents()

    assert screen.window.findChildren(QPushButton, "language") == []
    screen.window.close()
    screen.window.deleteLater()
