"""Every page as assistive technology is given it: roles, names in the visitor's language, order, states (AT-SPI)."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kiosk.translation import languages
from tests.fakes.page_walks import View, show_every_page
from ui.applicant.controls import controls_of
from ui.applicant.pages import PAGES
from ui.applicant.spoken import spoken_page
from ui.applicant.window import ApplicantWindow
from ui.kit.scrolling import ScrollColumn

UPRIGHT, SQUARE = (1080, 1920), (1280, 1024)
VIEW = View(UPRIGHT, languages=("fr", "ta"), beside=(View(SQUARE, languages=("ar",)),))
ROLES = {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.EditableText}
SCRIPTS = {"fr": "LATIN", "ar": "ARABIC", "ta": "TAMIL"}


# What is told --------------------------------------------------------------------------------------------------------


def interface(widget: QWidget) -> QAccessibleInterface:
    """Return what assistive technology is given of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what is on the screen, in the order in which it is told."""
    if not node.state().invisible:
        yield node
        for rank in range(node.childCount()):
            yield from nodes(node.child(rank))


def name_of(node: QAccessibleInterface) -> str:
    """Return what it is called."""
    return node.text(QAccessible.Text.Name)


def reached(window: ApplicantWindow) -> list[QAccessibleInterface]:
    """Return what a person can come to: of a message above the page, that alone."""
    told = nodes(interface(window.message_above or window))
    return [node for node in told if node.state().focusable and not node.state().disabled]


# The checks: each tells what is wrong on the page that is shown -------------------------------------------------------


def nameless(window: ApplicantWindow, language: str) -> Iterator[str]:
    """EN 301 549, 11.4.1.2 and 11.3.1.1: an unnamed button, or a French one on a Tamil page, helps nobody."""
    own_names = {each.own_name for each in languages().values()}
    for node in reached(window):
        name = name_of(node)
        scripts = {unicodedata.name(ch, "").split()[0] for ch in name if ch.isalpha()}
        if node.role() not in ROLES:
            yield f"{name!r} is a {node.role().name}"
        if not name.strip():
            yield f"{node.object().objectName()!r} has no name"
        elif language == window.journey.draft.language and SCRIPTS[language] not in scripts and name not in own_names:
            yield f"{name!r} is said in another language"


def keys_without_name(window: ApplicantWindow, language: str) -> Iterator[str]:
    """No focus comes to keys; a screen reader finds them by their place."""
    if window.keyboard is None:
        return
    for key in (key for row in window.keyboard.rows_of_keys() for key in row):
        node = interface(key)
        if node.role() is not QAccessible.Role.Button or not any(ch.isalnum() for ch in name_of(node)):
            yield f"{key.objectName()} is {name_of(node)!r}"


def tab_leads_elsewhere(window: ApplicantWindow, language: str) -> Iterator[str]:
    """EN 301 549, 11.1.3.2 and 11.2.4.3: the order of Tab, of the pad, and of what is told is one."""
    walked = []
    for _ in window.controls():
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    told: list[QObject | None] = [node.object() for node in reached(window)]
    start = told.index(walked[0]) if walked[0] in told else 0
    if told[start:] + told[:start] != walked:
        yield f"{names(walked)}, not {names(told)}"


def names(widgets: Sequence[QObject | None]) -> list[str]:
    return [widget.objectName() if widget is not None else "" for widget in widgets]


def not_as_seen(window: ApplicantWindow, language: str) -> Iterator[str]:
    """What is told of a page is told in the order of the eye: line by line, in the direction of the language."""
    if window.page.theme.is_wide:  # two columns are told one after the other
        return
    controls = controls_of(window.page)
    seen = sorted(controls, key=lambda control: place(control, window))
    if controls != seen:
        yield f"{names(controls)}, not {names(seen)}"


def place(widget: QWidget, window: ApplicantWindow) -> tuple[int, int, int]:
    """Return where something, or the list that holds it, begins; its line; its place in the line."""
    page = window.page
    holders = [area for area in page.findChildren(ScrollColumn) if area.isAncestorOf(widget)]
    top = (holders[0] if holders else widget).mapTo(page, QPoint(0, 0)).y()
    corner = widget.mapTo(page, QPoint(0, 0))
    mirrored = page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return top, corner.y(), -(corner.x() + widget.width()) if mirrored else corner.x()


def told_out_of_order(window: ApplicantWindow, language: str) -> Iterator[str]:
    """Texts are told from top to bottom where they stand in one column, and said as they are told."""
    told = [node.object() for node in nodes(interface(window.page))]
    labels = [each for each in told if isinstance(each, QLabel) and each.text()]
    labels = [label for label in labels if not isinstance(label.parentWidget(), QPushButton)]
    lines = [place(label, window)[:2] for label in labels]
    if lines != sorted(lines) and not window.page.theme.is_wide:
        yield f"{[label.text() for label in labels]}"
    said, place_now = spoken_page(window.page), 0
    for label in labels:
        place_now = said.find(" ".join(label.text().split()).strip("•ـ "), place_now)
        if place_now < 0:
            yield f"{label.text()!r} is not said in its place: {said}"
            break


def state_untold(window: ApplicantWindow, language: str) -> Iterator[str]:
    """EN 301 549, 11.4.1.3: whether something is ticked, also after it changed; what stands in a line."""
    for node in reached(window):
        widget = node.object()
        if isinstance(widget, QPushButton) and widget.isCheckable():
            for _ in range(2):  # and back: the walk goes on from here
                widget.setChecked(not widget.isChecked())
                if bool(interface(widget).state().checked) is not widget.isChecked():
                    yield f"{widget.objectName()} is ticked or not"
    for entry in (entry for entry in window.page.entries if entry.isVisible()):
        if interface(entry).text(QAccessible.Text.Value) != entry.text():
            yield f"{entry.objectName()} says {entry.text()!r}"


CHECKS: dict[str, Callable[[ApplicantWindow, str], Iterator[str]]] = {
    "nameless": nameless,
    "keys_without_name": keys_without_name,
    "state_untold": state_untold,
    "not_as_seen": not_as_seen,
    "told_out_of_order": told_out_of_order,
    "tab_leads_elsewhere": tab_leads_elsewhere,
}


@pytest.mark.timeout(300)  # some twenty seconds of work
def test_every_page_is_told_as_it_is(fonts: tuple[str, ...], tmp_path: Path) -> None:
    """Roles, names, states, and one order for eye, voice, pad, Tab and assistive technology."""
    pages: set[str] = set()
    faults: dict[str, list[str]] = {}

    def see(window: ApplicantWindow, page: str, language: str) -> None:
        window.setUpdatesEnabled(False)  # laid out, not painted: nobody looks
        window.activateWindow()
        QApplication.processEvents()
        pages.add(window.page.name)
        for name, check in CHECKS.items():
            if found := [f"{page} {language}: {fault}" for fault in check(window, language)]:
                faults.setdefault(name, []).extend(found)

    show_every_page(VIEW, see, tmp_path)

    assert faults == {}
    assert set(PAGES) - pages == set()
