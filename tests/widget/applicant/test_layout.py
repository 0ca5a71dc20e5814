"""Every page, in every language and at both sizes: nothing clipped, everything large enough, mirrored, named."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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

from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.errors import StoreError
from kiosk.services.file_request import FileRequest
from kiosk.translation import languages
from printing.render.fonts import missing_glyphs
from tests.fakes.other_ways import look_at_other_ways
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.speaking import Heard
from tests.fakes.visits import RETURNING, AScreen, a_screen, walk, walk_back
from ui.kit.buttons import WrappingButton
from ui.kit.comfort import USUAL, Comfort, Contrast, TextSize
from ui.kit.scrolling import PageScroll
from ui.kit.theme import PALETTES, Colours, contrast_ratio

# Pixels per millimetre: 1080 x 1920 on 32 inches upright, 1280 x 1024 on 19 inches.
DENSITIES = {(1080, 1920): 2.7, (1280, 1024): 3.4}
ELSEWHERE = "38-B1-261120-0042-X"
TARGET_MM, KEY_MM = 20.0, 18.0
LARGEST = Comfort(TextSize.LARGEST, Contrast.STRONG, is_low=True)
CASES = [(language, size, USUAL) for language in languages() for size in DENSITIES]
CASES += [(language, size, LARGEST) for language in ("fr", "ar", "ta") for size in DENSITIES]


def case_name(case: tuple[str, tuple[int, int], Comfort]) -> str:
    """For example ``ar-1080x1920-largest``."""
    language, (width, height), comfort = case
    return f"{language}-{width}x{height}-{comfort.text_size}"


@dataclass
class Findings:
    """What is wrong on which page."""

    pages: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(params=CASES, ids=case_name, scope="module")
def findings(
    request: pytest.FixtureRequest, fonts: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Findings]:
    """Every check on every page of one walk: pages are made once."""
    language, size, comfort = request.param
    found = {name: Findings() for name in CHECKS}

    def look(page: str, window: QWidget) -> None:
        for _ in range(3):  # shown, given its style, laid out
            QApplication.processEvents()
        for name, check in CHECKS.items():
            found[name].pages.append(page)
            found[name].faults += [f"{page}: {fault}" for fault in check(window, language)]

    visits = (_without_paper, _another_service, _other_ways, _back_with_a_ticket, _not_recognised)
    for number, visit in enumerate(visits):
        folder = tmp_path_factory.mktemp(f"visit-{number}")
        visit(folder, language, View(size, comfort), look)
    return found


Look = Callable[[str, QWidget], None]


@dataclass(frozen=True)
class View:
    """How the pages are looked at."""

    size: tuple[int, int]
    comfort: Comfort = USUAL


def _without_paper(folder: Path, language: str, view: View, look: Look) -> None:
    """Every page of a visit; the disk refuses a first time, and then the printer says nothing."""
    service: list[Callable[[RequestContent, str], FilingOutcome]] = []

    def refused_once(content: RequestContent, key: str) -> FilingOutcome:
        if not service:
            service.append(FileRequest(**screen.kiosk.parts, catalogue=screen.kiosk.catalogue))
            raise StoreError("the disk is full")
        return service[0](content, key)

    printer = ScriptedPrinter(PrinterMood.LOSE_THE_ANSWER)
    screen = _sized(a_screen(folder, printer=printer, file_request=refused_once, speech=Heard()), view)
    walk(screen, language, seen=look)
    screen.until_page("not_saved")
    look("not_saved", screen.window)
    screen.tap("retry")
    screen.until_page("ticket_shown")
    look("ticket_shown", screen.window)
    _end(screen)


def _another_service(folder: Path, language: str, view: View, look: Look) -> None:
    """Guidance, attempts, every question refused a first time, and at last a ticket."""
    screen = _sized(a_screen(folder, speech=Heard()), view)
    journey = screen.window.journey
    journey.choose_language(language)
    journey.read_notice()
    procedures = screen.kiosk.catalogue.procedures
    for code in ("ASILE", "NATURALISATION"):
        journey.choose_procedure(procedures[code])
        journey.hand_off()
        look(f"guidance {code}", screen.window)
        journey.go_back()
    journey.choose_procedure(next(p for p in procedures.values() if p.ask_evidence))
    journey.begin_telling()
    screen.tap("continue")
    look("names refused", screen.window)
    journey.draft.birth_name = "O"
    journey.answer()
    screen.type_in("year", "1")
    screen.tap("continue")
    look("birth_date refused", screen.window)
    journey.draft.birth.year = ""
    while screen.window.page.name != "attempts":
        journey.answer()
    look("attempts", screen.window)
    while screen.window.page.name != "review":
        journey.answer()
    screen.tap("confirm")
    screen.until_page("ticket_out")
    look("ticket_out", screen.window)
    screen.tap("agent")
    look("agent_called", screen.window)
    _end(screen)


def _other_ways(folder: Path, language: str, view: View, look: Look) -> None:
    """The pages that not every visit comes by."""
    screen = _sized(a_screen(folder), view)
    look_at_other_ways(screen, language, look)
    _end(screen)


def _back_with_a_ticket(folder: Path, language: str, view: View, look: Look) -> None:
    """Every page of a return, with every act; nothing comes out of the printer."""
    screen = _sized(a_screen(folder, printer=ScriptedPrinter(PrinterMood.REFUSE)), view)
    seen: set[str] = set()

    def look_once(page: str, window: QWidget) -> None:
        if page not in seen or page in ("your_request", "act_done"):
            look(f"back: {page}", window)
        seen.add(page)

    walk_back(screen, language, seen=look_once)
    _end(screen)


def _not_recognised(folder: Path, language: str, view: View, look: Look) -> None:
    """A ticket of another kiosk, a slip of the finger, three wrong answers, and the pages of the other corrections."""
    screen = _sized(a_screen(folder, has_scanner=True), view)
    journey = screen.window.journey
    journey.choose_language(language)
    journey.read_notice()
    journey.come_back()
    look("find_ticket", screen.window)
    screen.tap("type_reference")
    for reference, page in (("38-A2-261120-0042-J", "type_reference"), (ELSEWHERE, "request_elsewhere")):
        screen.type_in("reference", reference)
        screen.tap("continue")
        screen.until(lambda page=page: screen.window.page.name == page and journey.returning is not None)  # type: ignore[misc]
        screen.until(lambda: journey.returning is not None and not journey.returning.is_asking)
        look(f"{page} refused", screen.window)
    journey.go_back()
    screen.tap("type_reference")
    screen.type_in("reference", screen.kiosk.file(RETURNING).request.reference)
    screen.tap("continue")
    screen.until_page("prove_birth_date")
    for part, value in (("day", "1"), ("month", "1"), ("year", "1999")):
        screen.type_in(part, value)
    screen.tap("continue")
    screen.until(lambda: journey.returning is not None and journey.returning.is_wrong)
    look("prove_birth_date refused", screen.window)
    screen.tap("no_birth_date")
    screen.type_in("birth_name", "DIALLO")
    screen.tap("continue")
    screen.until(lambda: journey.returning is not None and journey.returning.is_wrong)
    look("prove_name refused", screen.window)
    screen.tap("continue")
    screen.until_page("agent_needed")
    look("agent_needed", screen.window)
    _end(screen)


def _sized(screen: AScreen, view: View) -> AScreen:
    screen.window.resize(*view.size)
    screen.window.journey.choose_comfort(view.comfort)
    QApplication.processEvents()
    return screen


def _end(screen: AScreen) -> None:
    screen.window.close()
    screen.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# The checks: each tells what is wrong on the page that is shown -------------------------------------------------------


def visible(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    """Widgets of a kind that are shown, below the fold of a scrolled list too."""
    return (widget for widget in window.findChildren(kind) if widget.isVisibleTo(window))


def too_large(window: QWidget, language: str) -> Iterator[str]:
    """The frame needs more than the window has."""
    frame = window._frame  # type: ignore[attr-defined]
    needed = frame.layout().minimumSize()
    if frame.layout().hasHeightForWidth():
        needed = QSize(needed.width(), frame.layout().minimumHeightForWidth(window.width()))
    if needed.width() > window.width() or needed.height() > window.height():
        yield f"needs {needed.width()}x{needed.height()}"
    if window.journey.comfort == USUAL:  # type: ignore[attr-defined]
        areas = [area for area in visible(window, PageScroll) if isinstance(area, QScrollArea)]
        yield from (f"scrolls by {area.verticalScrollBar().maximum()}" for area in areas if _has_more(area))


def clipped(window: QWidget, language: str) -> Iterator[str]:
    """A text has less room than it needs, or lies outside of what holds it."""
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        if label.text() and not label.pixmap().width():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"label {label.text()!r}: {label.height()} of {label.heightForWidth(label.width())} px"
            if _widest_word(label) > label.contentsRect().width():
                yield f"label {label.text()!r}: a word is wider"
    for button in visible(window, QPushButton):
        assert isinstance(button, QPushButton)
        text = button.text().replace("&&", "&")
        metrics, room = QFontMetrics(button.font()), _room(button)
        lines = text.split("\n")
        if text and max(map(metrics.horizontalAdvance, lines)) + _extra(button) > room.width():
            yield f"button {text!r}: {room.width()} px"
        if len(lines) * metrics.lineSpacing() > room.height() + 1:
            yield f"button {text!r}: {room.height()} px high"
    for area in visible(window, QScrollArea):
        assert isinstance(area, QScrollArea)
        inner = area.widget()
        if inner is not None and inner.width() > area.viewport().width():
            yield f"{area.objectName()} is wider than its place: {inner.width()} of {area.viewport().width()} px"


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


def too_small(window: QWidget, language: str) -> Iterator[str]:
    """A finger could miss it."""
    density = DENSITIES[window.width(), window.height()]
    for widget in (*visible(window, QPushButton), *visible(window, QLineEdit)):
        least = KEY_MM if widget.property("role") == "key" else TARGET_MM
        height, width = widget.height() / density, widget.width() / density
        if min(height, width) < least:
            yield f"{widget.objectName()} is {width:.1f} x {height:.1f} mm"


def outside(window: QWidget, language: str) -> Iterator[str]:
    """A button that is not in a scrolled list must be in the window; two never overlap."""
    shown = [button for button in visible(window, QPushButton) if not _is_scrolled(button)]
    for button in shown:
        place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        if not window.rect().contains(place):
            yield f"{button.objectName()} at {place}"


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None:
        return False
    scrolls = isinstance(parent, QScrollArea) and (not isinstance(parent, PageScroll) or _has_more(parent))
    return scrolls or _is_scrolled(parent)


def _has_more(area: QScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def unnamed(window: QWidget, language: str) -> Iterator[str]:
    """Whoever cannot see it, or walks by script, must know what it is."""
    names = [widget.objectName() for widget in (*visible(window, QPushButton), *visible(window, QLineEdit))]
    yield from (f"{name} stands twice" for name in set(names) if names.count(name) > 1)
    for widget in (*visible(window, QPushButton), *visible(window, QLineEdit)):
        if not widget.objectName() or not widget.accessibleName():
            yield f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"


def not_mirrored(window: QWidget, language: str) -> Iterator[str]:
    """Arabic begins at the right, and so does everything on its screens."""
    page = window.page  # type: ignore[attr-defined]
    is_right_to_left = languages()[language].is_right_to_left and page.name != "welcome"
    wanted = Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
    if page.layoutDirection() is not wanted:
        yield "the page has the other direction"
    places = {button.objectName(): button.geometry() for button in visible(window, QPushButton)}
    leave, first = places["erase_and_leave"], places["agent"]
    if first.y() != leave.y():  # large letters: the agent has a line of its own
        first = places.get("back", leave)
    if first != leave and (first.x() > leave.x()) is not is_right_to_left:
        yield "the ways out stand the other way round"
    for label in visible(page, QLabel):
        assert isinstance(label, QLabel)
        if is_right_to_left and not label.alignment() & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignRight):
            yield f"{label.text()!r} does not begin at the right"


def without_glyph(window: QWidget, language: str) -> Iterator[str]:
    """A character that no bundled font can draw would be an empty box."""
    texts = {widget.text() for kind in (QLabel, QPushButton, QLineEdit) for widget in visible(window, kind)}  # type: ignore[attr-defined]
    lacking = missing_glyphs(re.sub(r"\s", "", "".join(sorted(texts))))
    if lacking:
        yield f"no glyph for {lacking!r}"


CHECKS: dict[str, Callable[[QWidget, str], Iterator[str]]] = {
    "too_large": too_large,
    "clipped": clipped,
    "too_small": too_small,
    "outside": outside,
    "unnamed": unnamed,
    "not_mirrored": not_mirrored,
    "without_glyph": without_glyph,
}


@pytest.mark.parametrize("check", list(CHECKS))
def test_nothing_is_wrong_on_any_page(findings: dict[str, Findings], check: str) -> None:
    """Fits, is whole, can be hit, can be named, is mirrored, can be drawn."""
    assert findings[check].faults == []
    assert len(findings[check].pages) >= 42


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
    screen = _sized(a_screen(tmp_path), View((1280, 1024)))
    walk(screen, "fr", until="procedures")
    QApplication.processEvents()
    long = max(screen.window.findChildren(WrappingButton), key=lambda card: len(card.accessibleName()))

    assert long.caption.height() > 1.5 * QFontMetrics(long.caption.font()).height()
    _end(screen)
