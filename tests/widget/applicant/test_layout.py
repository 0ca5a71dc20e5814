"""Every page, in every language, at every size of screen and letters: whole, large enough, mirrored, named."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from kiosk.translation import languages
from printing.render.fonts import missing_glyphs
from tests.fakes.page_walks import View, show_every_page
from tests.fakes.visits import a_screen, walk
from ui.applicant.window import ApplicantWindow
from ui.kit.buttons import WrappingButton
from ui.kit.comfort import USUAL, Comfort, Contrast, TextSize
from ui.kit.scrolling import PageScroll, ScrollColumn
from ui.kit.theme import PALETTES, Colours, contrast_ratio

# Pixels per millimetre: 1080 x 1920 on 32 inches upright, 1280 x 1024 on 19 inches, 1920 x 1080 on 24 inches.
DENSITIES = {(1080, 1920): 2.7, (1280, 1024): 3.4, (1920, 1080): 3.6}
TARGET_MM, KEY_MM = 20.0, 18.0
LARGE = Comfort(TextSize.LARGE)
LARGEST = Comfort(TextSize.LARGEST, Contrast.STRONG, is_low=True)
UPRIGHT, SQUARE, WIDE = DENSITIES
# Every language where most people look; elsewhere those with the longest words and highest lines. The wide
# screen has more of every step of the grid than the square one: what fits there fits here.
LONG = ("fr-x-falc", "ar", "ru", "ta", "fa")
VIEWS = [
    View(UPRIGHT, beside=(View(UPRIGHT, LARGEST, ("ar", "ru", "ta")),)),
    # Letters between the two others where there is least room.
    View(SQUARE, languages=("fr", "bn", "pt", *LONG), beside=(View(SQUARE, LARGE, ("ta", "ru")),)),
    View(WIDE, USUAL, ("ta", "ar"), beside=(View(WIDE, LARGEST, ("ta", "ar")), View(SQUARE, LARGEST, LONG))),
]


def _seen_as(window: ApplicantWindow) -> str:
    return f"{window.width()}x{window.height()} {window.journey.comfort.text_size}"


# The checks: each tells what is wrong on the page that is shown -------------------------------------------------------


class Shown:
    """What can be seen of a window, below the fold of a scrolled list too; looked up once for all checks."""

    def __init__(self, window: ApplicantWindow) -> None:
        self.window, self.page = window, window.page
        self.labels = [label for label in window.findChildren(QLabel) if label.isVisibleTo(window)]
        self.buttons = [button for button in window.findChildren(QPushButton) if button.isVisibleTo(window)]
        self.entries = [entry for entry in window.findChildren(QLineEdit) if entry.isVisibleTo(window)]
        self.areas = [area for area in window.findChildren(QScrollArea) if area.isVisibleTo(window)]

    @property
    def targets(self) -> list[QPushButton | QLineEdit]:
        """What is tapped."""
        return [*self.buttons, *self.entries]


def too_large(shown: Shown) -> Iterator[str]:
    """The frame needs more than the window has."""
    window = shown.window
    layout = window._frame.layout() if window._frame is not None else None
    assert layout is not None
    needed = layout.minimumSize()
    if layout.hasHeightForWidth():
        needed = QSize(needed.width(), layout.minimumHeightForWidth(window.width()))
    if needed.width() > window.width() or needed.height() > window.height():
        yield f"needs {needed.width()}x{needed.height()}"
    if window.journey.comfort == USUAL:
        pages = [area for area in shown.areas if isinstance(area, PageScroll)]
        yield from (f"scrolls by {area.verticalScrollBar().maximum()}" for area in pages if _has_more(area))


def not_at_once(shown: Shown) -> Iterator[str]:
    """What is confirmed, or can be done, is seen whole by whoever reads letters of the usual size."""
    if shown.window.journey.comfort == USUAL and shown.page.name in ("review", "your_request"):
        lists = shown.page.findChildren(ScrollColumn)
        yield from (
            f"{each.objectName()} scrolls by {each.verticalScrollBar().maximum()}" for each in lists if _has_more(each)
        )


def clipped(shown: Shown) -> Iterator[str]:
    """A text has less room than it needs, or lies outside of what holds it."""
    for label in shown.labels:
        if label.text() and not label.pixmap().width():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"label {label.text()!r}: {label.height()} of {label.heightForWidth(label.width())} px"
            if _widest_word(label) > label.contentsRect().width():
                yield f"label {label.text()!r}: a word is wider"
    for button in shown.buttons:
        text = button.text().replace("&&", "&")
        metrics, room = QFontMetrics(button.font()), _room(button)
        lines = text.split("\n")
        if text and max(map(metrics.horizontalAdvance, lines)) + _extra(button) > room.width():
            yield f"button {text!r}: {room.width()} px"
        if len(lines) * metrics.lineSpacing() > room.height() + 1:
            yield f"button {text!r}: {room.height()} px high"
    for area in shown.areas:
        inner = area.widget()
        if inner is not None and inner.width() > area.viewport().width():
            yield f"{area.objectName()} is wider than its place: {inner.width()} of {area.viewport().width()} px"


def cut(shown: Shown) -> Iterator[str]:
    """Something with words reaches beyond what holds it, and no list can be moved to show the rest."""
    for widget in (*shown.labels, *shown.targets):
        held, parent = widget.rect(), widget.parentWidget()
        child: QWidget = widget
        while parent is not None and child is not shown.window and not isinstance(parent.parentWidget(), QScrollArea):
            held.translate(child.pos())
            if not parent.rect().contains(held):
                said = widget.property("text") or widget.objectName()
                yield f"{said!r} reaches {held} of {parent.objectName() or type(parent).__name__} {parent.rect()}"
                break
            child, parent = parent, parent.parentWidget()


def _widest_word(label: QLabel) -> int:
    metrics = QFontMetrics(label.font())
    # Chinese is written without spaces and breaks after every sign.
    words = re.split(r"\s|(?<=[\u3000-\u9fff\uff00-\uffef])", label.text())
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


def _extra(button: QPushButton) -> int:
    return button.iconSize().width() + 4 if not button.icon().isNull() else 0


def _room(button: QPushButton) -> QRect:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)


def too_small(shown: Shown) -> Iterator[str]:
    """A finger could miss it."""
    density = DENSITIES[shown.window.width(), shown.window.height()]
    for widget in shown.targets:
        least = KEY_MM if widget.property("role") == "key" else TARGET_MM
        height, width = widget.height() / density, widget.width() / density
        if min(height, width) < least:
            yield f"{widget.objectName()} is {width:.1f} x {height:.1f} mm"


def outside(shown: Shown) -> Iterator[str]:
    """A button that is not in a scrolled list must be in the window; two never overlap."""
    for button in shown.buttons:
        place = QRect(button.mapTo(shown.window, QPoint(0, 0)), button.size())
        if not shown.window.rect().contains(place) and not _is_scrolled(button):
            yield f"{button.objectName()} at {place}"


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None:
        return False
    scrolls = isinstance(parent, QScrollArea) and (not isinstance(parent, PageScroll) or _has_more(parent))
    return scrolls or _is_scrolled(parent)


def _has_more(area: QScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def unnamed(shown: Shown) -> Iterator[str]:
    """Whoever cannot see it, or walks by script, must know what it is."""
    names = [widget.objectName() for widget in shown.targets]
    yield from (f"{name} stands twice" for name in set(names) if names.count(name) > 1)
    for widget in shown.targets:
        if not widget.objectName() or not widget.accessibleName():
            yield f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"


def not_mirrored(shown: Shown) -> Iterator[str]:
    """Arabic begins at the right, and so does everything on its screens."""
    language = languages()[shown.window.journey.draft.language]
    is_right_to_left = language.is_right_to_left and shown.page.name != "welcome"
    wanted = Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
    if shown.page.layoutDirection() is not wanted:
        yield "the page has the other direction"
    places = {button.objectName(): button.geometry() for button in shown.buttons}
    leave, first = places["erase_and_leave"], places["agent"]
    if first.y() != leave.y():  # large letters: the agent has a line of its own
        first = places.get("back", leave)
    if first != leave and (first.x() > leave.x()) is not is_right_to_left:
        yield "the ways out stand the other way round"
    for label in shown.page.findChildren(QLabel) if is_right_to_left else ():
        if not label.alignment() & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignRight):
            yield f"{label.text()!r} does not begin at the right"


def without_glyph(shown: Shown) -> Iterator[str]:
    """A character that no bundled font can draw would be an empty box."""
    texts = {widget.text() for widget in (*shown.labels, *shown.targets)}
    lacking = missing_glyphs(re.sub(r"\s", "", "".join(sorted(texts))))
    if lacking:
        yield f"no glyph for {lacking!r}"


CHECKS: dict[str, Callable[[Shown], Iterator[str]]] = {
    "too_large": too_large,
    "not_at_once": not_at_once,
    "clipped": clipped,
    "cut": cut,
    "too_small": too_small,
    "outside": outside,
    "unnamed": unnamed,
    "not_mirrored": not_mirrored,
    "without_glyph": without_glyph,
}


@pytest.mark.timeout(300)  # some forty seconds of work for the view of all languages
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_nothing_is_wrong_on_any_page(view: View, fonts: tuple[str, ...], tmp_path: Path) -> None:
    """Fits, is whole, can be hit, can be named, is mirrored, can be drawn; languages change as a visitor can."""
    pages: set[str] = set()
    faults: dict[str, list[str]] = {}

    def see(window: ApplicantWindow, page: str, language: str) -> None:
        window.setUpdatesEnabled(False)  # laid out, not painted: nobody looks
        pages.add(page)
        shown = Shown(window)
        for name, check in CHECKS.items():
            if found := [f"{page} {language} {_seen_as(window)}: {fault}" for fault in check(shown)]:
                faults.setdefault(name, []).extend(found)

    show_every_page(view, see, tmp_path)

    assert faults == {}
    assert len(pages) >= 60


TEXT_ON_GROUND = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "chosen"),
    ("quiet_ink", "ground"),
    ("quiet_ink", "surface"),
    ("on_primary", "primary"),
    ("on_primary", "primary_pressed"),
    ("warning_ink", "warning_ground"),
    ("primary", "ground"),
    ("good", "ground"),
    ("error", "ground"),
]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_texts_can_be_read_by_weak_eyes(text: str, ground: str, palette: Colours) -> None:
    """EN 301 549, 11.1.4.6: 7:1, in both palettes."""
    colours = dataclasses.asdict(palette)

    assert contrast_ratio(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_the_focus_can_be_seen(palette: Colours) -> None:
    """EN 301 549, 11.1.4.11: 3:1 against what lies around it."""
    assert min(contrast_ratio(palette.focus, ground) for ground in (palette.ground, palette.surface)) >= 3


def test_black_on_white_is_the_greatest_contrast() -> None:
    """The measure itself (WCAG 2.2)."""
    assert round(contrast_ratio("#000000", "#ffffff"), 2) == 21
    assert contrast_ratio("#777777", "#777777") == 1


def test_cards_are_wrapping_buttons(fonts: tuple[str, ...], tmp_path: Path) -> None:
    """A long label takes a second line instead of running out of its card."""
    screen = a_screen(tmp_path)
    screen.window.resize(*SQUARE)
    walk(screen, "fr", until="procedures")
    QApplication.processEvents()
    long = max(screen.window.findChildren(WrappingButton), key=lambda card: len(card.accessibleName()))

    assert long.caption.height() > 1.5 * QFontMetrics(long.caption.font()).height()
    screen.window.close()
    screen.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
