"""A scripted visitor: touches the real screens by the names of their controls, and looks at what they say."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from ui.applicant.window import ApplicantWindow
from ui.kit.buttons import TapButton

_LIMIT_S: Final = 30.0
_LOOK_EVERY_S: Final = 0.005
_REACTION_MS: Final = 150  # a page is laid out after it is announced


class LostVisitorError(Exception):
    """The screens are not as the script expects them."""


@dataclass(frozen=True, slots=True)
class Script:
    """What one visitor says.

    Attributes:
        language: button on the first screen.
        group: shelf.
        procedure: code.
        documents: papers at hand.
        birth_name: typed on the on-screen keyboard.
        given_names: likewise.
        birth: day, month, year, as digits.
        nationality: a country of the short list.
        permit_end: day, month, year.
    """

    language: str
    group: str
    procedure: str
    documents: tuple[str, ...]
    birth_name: str
    given_names: str
    birth: tuple[str, str, str]
    nationality: str
    permit_end: tuple[str, str, str]


SCRIPTS: Final = (
    Script(
        language="fr",
        group="renouveler",
        procedure="REN-SALARIE",
        documents=("passeport", "titre"),
        birth_name="diallo",
        given_names="aminata",
        birth=("12", "04", "1990"),
        nationality="SN",
        permit_end=("15", "01", "2027"),
    ),
    Script(
        language="ar",
        group="renouveler",
        procedure="REN-VPF",
        documents=("passeport",),
        birth_name="بن علي",
        given_names="محمد",
        birth=("", "", "1979"),
        nationality="DZ",
        permit_end=("28", "02", "2027"),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor took home.

    Attributes:
        last_page: name of the last page; ``ticket_out`` when the printer confirmed.
        reference: as shown, without direction marks.
        call_number: likewise.
    """

    last_page: str
    reference: str
    call_number: str


class Visitor:
    """One person in front of the window."""

    def __init__(self, window: ApplicantWindow, pictures: Path) -> None:
        self._window, self._pictures = window, pictures
        self._number = 0
        self._page_came_at = 0.0
        window.page_shown.connect(self._look_up)

    def file(self, script: Script) -> Seen:
        """Go through a whole visit, with a picture of every screen.

        Raises:
            LostVisitorError: a control or page of the script did not come.
        """
        self._number = 0
        self._at("welcome", script)
        self._tap(f"language_{script.language}")
        self._at("notice", script)
        self._tap("continue")
        self._at("groups", script)
        self._tap(f"group_{script.group}")
        self._at("procedures", script)
        self._tap(f"procedure_{script.procedure}")
        self._choose_documents(script)
        self._say_who(script)
        return self._confirm(script)

    def _choose_documents(self, script: Script) -> None:
        self._arrive("procedure")
        for document in script.documents:
            self._tap(f"document_{document}")
        self._shoot("procedure", script)
        self._tap("continue")

    def _say_who(self, script: Script) -> None:
        self._arrive("names")
        self._type("birth_name", script.birth_name)
        self._type("given_names", script.given_names)
        self._shoot("names", script)
        self._tap("continue")
        self._date("birth_date", script.birth, script)
        self._at("nationality", script)
        self._tap(f"country_{script.nationality}")
        self._date("permit", script.permit_end, script)
        for page in ("number", "contact"):
            self._at(page, script)
            self._tap("unknown")

    def _date(self, page: str, parts: tuple[str, str, str], script: Script) -> None:
        self._arrive(page)
        for name, digits in zip(("day", "month", "year"), parts, strict=True):
            if digits:
                self._type(name, digits)
        self._shoot(page, script)
        self._tap("continue")

    def _confirm(self, script: Script) -> Seen:
        self._at("review", script)
        hold = self._control("hold_to_read")
        QTest.mousePress(hold, Qt.MouseButton.LeftButton)
        self._shoot("review-held", script)
        QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
        self._tap("confirm")
        wait_until(lambda: self._page() in {"printing", "ticket_out", "ticket_shown"}, "the request is saved")
        self._shoot("printing", script)
        wait_until(lambda: self._page() in {"ticket_out", "ticket_shown"}, "the printer has answered")
        last = self._page()
        self._shoot(last, script)
        seen = Seen(last, self._words("reference"), self._words("call_number"))
        self._tap("finish")
        self._arrive("welcome")
        return seen

    def _at(self, page: str, script: Script) -> None:
        self._arrive(page)
        self._shoot(page, script)

    def _arrive(self, page: str) -> None:
        wait_until(lambda: self._page() == page, f"page {page} (it is {self._page()})")

    def _look_up(self) -> None:
        self._page_came_at = time.monotonic()

    def _page(self) -> str:
        return self._window.page.name

    def _shoot(self, page: str, script: Script) -> None:
        self._number += 1
        QApplication.processEvents()
        picture = self._pictures / f"{script.language}-{self._number:02d}-{page}.png"
        if not self._window.grab().save(str(picture)):
            raise LostVisitorError(f"no picture at {picture}")

    def _words(self, name: str) -> str:
        labels = [label for label in self._window.findChildren(QLabel, name) if label.isVisible()]
        # Numbers are isolated in right-to-left text by marks that nobody sees.
        return "".join(ch for ch in labels[0].text() if ch.isprintable()) if labels else ""

    def _control(self, name: str) -> QAbstractButton:
        found: list[QAbstractButton] = []

        def is_there() -> bool:
            buttons = self._window.findChildren(QAbstractButton, name)
            found[:] = [button for button in buttons if button.isVisible() and button.isEnabled()]
            return bool(found)

        wait_until(is_there, f"control {name} on page {self._page()}")
        return found[-1]

    def _tap(self, name: str) -> None:
        """Tap as a person does: the screens ignore whoever taps before they can have seen the button."""
        button = self._control(name)
        if isinstance(button, TapButton):
            ready_at = self._page_came_at + (button.double_tap_ms + _REACTION_MS) / 1000
            wait_until(lambda: time.monotonic() >= ready_at, "a moment to look")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def _type(self, entry: str, text: str) -> None:
        fields = [field for field in self._window.findChildren(QWidget, entry) if field.isVisible()]
        if not fields:
            raise LostVisitorError(f"no field {entry} on page {self._page()}")
        self._window.activateWindow()
        QTest.mouseClick(fields[0], Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        for letter in text:
            self._tap("key_space" if letter == " " else f"key_{letter}")


def wait_until(condition: Callable[[], bool], awaited: str, limit_s: float = _LIMIT_S) -> None:
    """Let the program run until a condition holds.

    Raises:
        LostVisitorError: it does not within the limit.
    """
    limit = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > limit:
            raise LostVisitorError(f"waited {limit_s:g} s in vain: {awaited}")
        QApplication.processEvents()
        time.sleep(_LOOK_EVERY_S)
