"""Every page as assistive technology is given it: roles, names in the visitor's language, order, states (AT-SPI)."""

import unicodedata
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.fakes.speaking import Heard
from tests.fakes.visits import AScreen, a_screen
from ui.applicant.controls import controls_of
from ui.applicant.journey import Journey
from ui.applicant.spoken import spoken_page
from ui.applicant.window import PAGES
from ui.kit.scrolling import ScrollColumn

ROLES = {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.EditableText}
SCRIPTS = {"fr": "LATIN", "ar": "ARABIC", "ta": "TAMIL"}
# Its languages are written by their own readers, and nobody has chosen one yet.
SPEAKS_EVERY_LANGUAGE = "welcome"


Case = tuple[str, tuple[int, int]]  # language, size of the screen
UPRIGHT, WIDE = (1080, 1920), (1280, 1024)
CASES: list[Case] = [("fr", UPRIGHT), ("ar", UPRIGHT), ("ta", UPRIGHT), ("ar", WIDE)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1][0]}", scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    made: Case = request.param
    return made


@pytest.fixture
def language(case: Case) -> str:
    return case[0]


@pytest.fixture(scope="module")
def visited(case: Case, fonts: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[AScreen]:
    """A screen on which a visit came to its end, so that every page has something to show; walked once."""
    made = a_screen(tmp_path_factory.mktemp("visit"), speech=Heard(), has_scanner=True)
    made.window.resize(*case[1])
    made.window.activateWindow()
    walk_on(made, case[0])
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def walk_on(screen: AScreen, language: str) -> None:
    """Go to the ticket by the shortest way."""
    journey = screen.window.journey
    journey.choose_language(language)
    journey.read_notice()
    journey.choose_group("renouveler")
    journey.choose_procedure(screen.kiosk.catalogue.procedures["REN-VPF"])
    journey.begin_telling()
    journey.draft.birth_name = "O"
    while screen.window.page.name != "review":
        journey.answer()
    journey.confirm()
    screen.until(lambda: journey.ticket is not None and journey.print_state is not None)


@pytest.fixture
def screen(visited: AScreen) -> AScreen:
    return visited


@pytest.fixture(params=list(PAGES))
def page(request: pytest.FixtureRequest, screen: AScreen, monkeypatch: pytest.MonkeyPatch) -> str:
    """Show a page, whatever the visit is at."""
    name = str(request.param)
    monkeypatch.setattr(Journey, "page", property(lambda _: name))
    monkeypatch.setattr(screen.window.journey, "answer", lambda: None)  # a country that is chosen would lead on
    screen.window.show_page()
    for _ in range(3):  # shown, given its style, laid out
        QApplication.processEvents()
    return name


def nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what is on the screen, in the order in which it is told."""
    if not node.state().invisible:
        yield node
        for rank in range(node.childCount()):
            yield from nodes(node.child(rank))


def interface(widget: QWidget) -> QAccessibleInterface:
    """Return what assistive technology is given of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(node: QAccessibleInterface) -> str:
    """Return what it is called."""
    return node.text(QAccessible.Text.Name)


def focusable(screen: AScreen) -> list[QAccessibleInterface]:
    """Return what a person can reach."""
    return [node for node in nodes(interface(screen.window)) if node.state().focusable and not node.state().disabled]


def test_everything_that_can_be_reached_has_a_role_and_a_name_in_the_language(
    screen: AScreen, page: str, language: str
) -> None:
    """EN 301 549, 11.4.1.2 and 11.3.1.1: an unnamed button, or a French one on a Tamil page, helps nobody."""
    reached = focusable(screen)
    assert len(reached) >= 3
    for node in reached:
        assert node.role() in ROLES
        assert name_of(node).strip()
        if page != SPEAKS_EVERY_LANGUAGE:
            scripts = {unicodedata.name(ch, "").split()[0] for ch in name_of(node) if ch.isalpha()}
            assert SCRIPTS[language] in scripts, name_of(node)


def test_keys_are_named_though_no_focus_comes_to_them(screen: AScreen, page: str) -> None:
    """A screen reader finds them by their place."""
    keyboard = screen.window.keyboard
    keys = [key for row in keyboard.rows_of_keys() for key in row] if keyboard is not None else []
    assert bool(keys) is bool(screen.window.page.entries)
    for key in keys:
        assert interface(key).role() is QAccessible.Role.Button
        assert any(ch.isalnum() for ch in name_of(interface(key)))


def test_tab_walks_in_the_order_that_is_told_and_seen(screen: AScreen, page: str) -> None:
    """EN 301 549, 11.1.3.2 and 11.2.4.3: tab order, order of the tree and of the eye are one."""
    seen = screen.window.controls()
    walked = tabbed(screen, len(seen))
    told = [node.object() for node in focusable(screen)]
    start = told.index(walked[0])

    assert {*walked} == {*seen}
    assert told[start:] + told[:start] == walked
    screen.window.show_page()
    QApplication.processEvents()
    places = [place(control, screen) for control in controls_of(screen.window.page)]
    assert places == sorted(places)


def place(control: QWidget, screen: AScreen) -> tuple[int, int, int]:
    """Return where a control, or the list that holds it, begins; its line; its place in the line."""
    page = screen.window.page
    holders = [area for area in page.findChildren(ScrollColumn) if area.isAncestorOf(control)]
    top = (holders[0] if holders else control).mapTo(page, QPoint(0, 0)).y()
    corner = control.mapTo(page, QPoint(0, 0))
    mirrored = page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return top, corner.y(), -corner.x() if mirrored else corner.x()


def tabbed(screen: AScreen, times: int) -> list[QWidget]:
    """Press Tab so many times; return where it led."""
    walked = []
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget() or screen.window, Qt.Key.Key_Tab)
        walked += [widget for widget in (QApplication.focusWidget(),) if widget is not None]
    return walked


def test_texts_are_told_from_top_to_bottom(screen: AScreen, page: str) -> None:
    """As they are read, in one column; the title first."""
    told = [node.object() for node in nodes(interface(screen.window.page))]
    labels = [label for label in told if isinstance(label, QLabel) and label.text() and not in_button(label)]
    tops = [label.mapTo(screen.window.page, label.rect().topLeft()).y() for label in labels]

    assert labels[0].objectName() == "heading"
    if not screen.window.page.theme.is_wide:  # two columns are told one after the other
        assert tops == sorted(tops)
    assert spoken_page(screen.window.page) == " ".join(spoken for label in labels for spoken in sentence(label.text()))


def sentence(text: str) -> Iterator[str]:
    """Yield what the voice makes of a text; nothing for what stands for a hidden answer."""
    words = " ".join(text.split())
    if words.strip("•ـ "):
        yield words if words[-1] in ".?!:,;。؟۔।" else f"{words}."


def in_button(label: QLabel) -> bool:
    """Whether a label only paints the name of a button."""
    return isinstance(label.parentWidget(), QPushButton)


def test_whether_something_is_ticked_is_told(screen: AScreen, page: str) -> None:
    """EN 301 549, 11.4.1.3: also after it changed; and what stands in a line is its value."""
    for node in [node for node in focusable(screen) if node.state().checkable]:
        widget, before = node.object(), bool(node.state().checked)
        assert isinstance(widget, QPushButton)
        assert widget.isChecked() is before
        widget.click()
        assert bool(interface(widget).state().checked) is not before
    for entry in [entry for entry in screen.window.page.entries if entry.isVisible()]:
        entry.setText("1")
        assert interface(entry).text(QAccessible.Text.Value) == "1"
        entry.clear()


@pytest.mark.parametrize("button", ["comfort", "language", "agent"])
def test_what_stands_above_the_page_is_told_and_walked_alone(screen: AScreen, button: str) -> None:
    """Tab goes round in the message; it has names, and says which answer holds."""
    screen.window.show_page()
    screen.tap(button)
    QApplication.processEvents()
    above = screen.window.message_above
    assert above is not None
    told = [node for node in nodes(interface(above)) if node.state().focusable]
    objects = [node.object() for node in told]
    walked = tabbed(screen, len(told))
    start = objects.index(walked[0])

    assert objects[start:] + objects[:start] == walked
    assert all(name_of(node).strip() for node in told)
    assert sum(bool(node.state().checked) for node in told) == (4 if button == "comfort" else 0)
