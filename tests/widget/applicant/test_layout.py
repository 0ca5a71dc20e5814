"""Every page, every language, both sizes: it fits, nothing is clipped, a finger and a screen reader find it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from printing.render.fonts import missing_glyphs
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.visits import PERSONS, AScreen, walk
from tests.widget.applicant.conftest import MakeScreen
from ui.kit.theme import COLOURS, contrast_ratio

# Sizes of the window with the dots per millimetre of the screens they stand for: 32 inches upright, 19 inches.
SIZES = {(1080, 1920): 2.71, (1280, 1024): 3.40}
SMALLEST_TARGET_MM = 20.0
SMALLEST_KEY_MM = 18.0


def needed(frame: QWidget, width: int) -> QSize:
    layout = frame.layout()
    assert layout is not None
    if layout.hasHeightForWidth():
        return QSize(layout.minimumSize().width(), layout.minimumHeightForWidth(width))
    return layout.minimumSize()


def clipped(window: QWidget) -> Iterator[str]:
    """Labels and buttons whose text needs more room than they have."""
    for label in window.findChildren(QLabel):
        if label.isVisibleTo(window) and label.text():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"{label.objectName()}: {label.text()}"
            longest = max(label.text().split(), key=len)
            if label.fontMetrics().horizontalAdvance(longest) > label.width():
                yield f"{label.objectName()}: {longest}"
    for button in window.findChildren(QPushButton):
        if button.isVisibleTo(window) and button.text():
            room = button.width() - 8
            if button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&")) > room:
                yield f"{button.objectName()}: {button.text()}"


def check(screen: AScreen, size: tuple[int, int], dots_per_mm: float) -> None:
    window = screen.window
    frame = window._frame
    assert frame is not None
    where = (window.page.name, window.journey.draft.language, size)
    need = needed(frame, size[0])
    assert need.width() <= size[0], (where, need)
    assert need.height() <= size[1], (where, need)
    assert list(clipped(window)) == [], where
    for control in window.findChildren(QPushButton):
        if control.isVisibleTo(window):
            least = SMALLEST_KEY_MM if control.property("role") == "key" else SMALLEST_TARGET_MM
            assert control.height() / dots_per_mm >= least, (where, control.objectName(), control.height())
            assert control.width() / dots_per_mm >= least, (where, control.objectName(), control.width())
            assert control.objectName(), where
            assert control.accessibleName(), (where, control.objectName())
    for entry in window.findChildren(QLineEdit):
        assert entry.objectName(), where
        assert entry.accessibleName(), (where, entry.objectName())
    shown = "".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))
    assert missing_glyphs(shown) == [], where


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", PERSONS)
def test_every_page_fits_and_can_be_used(make_screen: MakeScreen, language: str, size: tuple[int, int]) -> None:
    """From the welcome to the ticket in the tray."""
    screen = make_screen()
    screen.window.resize(*size)

    def look(_name: str, _window: QWidget) -> None:
        QApplication.processEvents()
        check(screen, size, SIZES[size])

    walk(screen, language, seen=look)
    screen.until_page("ticket_out")
    QApplication.processEvents()
    check(screen, size, SIZES[size])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", PERSONS)
def test_the_ticket_on_the_screen_fits_and_its_code_is_whole(
    make_screen: MakeScreen, language: str, size: tuple[int, int]
) -> None:
    """It is all that the person takes home."""
    screen = make_screen(printer=ScriptedPrinter(PrinterMood.REFUSE))
    screen.window.resize(*size)
    walk(screen, language)
    screen.until_page("ticket_shown")
    QApplication.processEvents()
    code = screen.window.findChild(QLabel, "seal")

    check(screen, size, SIZES[size])
    assert code is not None
    assert code.pixmap().size() == code.size()
    assert screen.window.rect().contains(code.mapTo(screen.window, code.rect().bottomRight()))


def test_arabic_is_mirrored_and_numbers_are_not(make_screen: MakeScreen) -> None:
    """Layout and arrows turn; codes keep their order."""
    screen = make_screen()
    walk(screen, "ar", until="names")
    window = screen.window
    back, leave = screen.control("back"), screen.control("erase_and_leave")

    assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert back.mapTo(window, back.rect().center()).x() > leave.mapTo(window, leave.rect().center()).x()


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (COLOURS.ink, COLOURS.ground),
        (COLOURS.ink, COLOURS.surface),
        (COLOURS.ink, COLOURS.chosen),
        (COLOURS.quiet_ink, COLOURS.ground),
        (COLOURS.quiet_ink, COLOURS.surface),
        (COLOURS.on_primary, COLOURS.primary),
        (COLOURS.on_primary, COLOURS.primary_pressed),
        (COLOURS.warning_ink, COLOURS.warning_ground),
        (COLOURS.primary, COLOURS.ground),
        ("#8f0f0f", COLOURS.ground),
    ],
)
def test_text_has_a_contrast_of_seven_to_one(text: str, ground: str) -> None:
    """EN 301 549, 11.1.4.3, and more."""
    assert contrast_ratio(text, ground) >= 7


def test_focus_and_frames_can_be_seen() -> None:
    """EN 301 549, 11.1.4.11: three to one for what is not text."""
    assert contrast_ratio(COLOURS.focus, COLOURS.surface) >= 3
    assert contrast_ratio(COLOURS.focus, COLOURS.ground) >= 3
