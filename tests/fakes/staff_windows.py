"""The staff window on a real desk and a real store, looked at step by step."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.ports.desk import Desk
from kiosk.ports.ticket_printer import PrinterCondition
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS, an_account
from tests.fakes.stores import a_store
from ui.supervisor.desk_watch import DeskWatch
from ui.supervisor.file_part import FilePart
from ui.supervisor.sign_in_page import Door
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.window import FilePartsMaker, SectionMaker, SupervisorWindow

LIMIT_MS = 5000


def _never() -> datetime | None:
    return None


Found = TypeVar("Found", bound=QWidget)


class AStaffScreen:
    """A window, the hall behind it, and hands that type."""

    def __init__(
        self,
        qtbot: QtBot,
        folder: Path,
        *,
        lock_after_s: int = 300,
        sections: Callable[[AKiosk], Sequence[SectionMaker]] = lambda _kiosk: (),
        file_parts: Callable[[AKiosk, StaffWork], Sequence[FilePart]] = lambda _kiosk, _work: (),
        factor_for: tuple[Role, ...] = (),
    ) -> None:
        self.clock = FixedClock()
        self.kiosk = AKiosk(a_store(folder), clock=self.clock, factor_for=factor_for)
        self.qtbot = qtbot
        self.desk, self.hub_lost = self._desk()
        self.window = self._new_window(lock_after_s, sections(self.kiosk), lambda work: file_parts(self.kiosk, work))
        self.watch = DeskWatch(
            self.desk,
            self.clock,
            lambda: PrinterCondition.READY,
            lambda _news: None,
            hub_lost=self.hub_lost or _never,
            hall_printers=lambda: getattr(self.desk, "printers", ()),
        )
        self.window.session_changed.connect(self.watch.use)

    def _desk(self) -> tuple[Desk, Callable[[], datetime | None] | None]:
        """Return the desk, and what says since when its hub does not answer, if it is one of a hub."""
        return self.kiosk.desk, None

    def an_account(self, name: str, role: Role) -> None:
        """Make an account at the desk."""
        an_account(self.kiosk.desk, name, role)

    def _new_window(
        self, lock_after_s: int, sections: Sequence[SectionMaker], file_parts: FilePartsMaker
    ) -> SupervisorWindow:
        kiosk = self.kiosk
        window = SupervisorWindow(
            kiosk.site,
            self.desk,
            self.clock,
            has_centre=True,
            has_hub=self.hub_lost is not None,
            lock_after_s=lock_after_s,
            sections=sections,
            file_parts=file_parts,
        )
        self.qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        self.until(window.isActiveWindow)
        return window

    def file(self, *names: str) -> None:
        """Let people file."""
        for name in names:
            self.kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))

    def sign_in(self, name: str = "a.martin", role: Role = Role.AGENT, counter: str = COUNTERS[0]) -> None:
        """Make an account and type its name and password into the form."""
        self.an_account(name, role)
        self.window.sign_out()
        self.write("name", name)
        self.write("password", A_PASSWORD)
        self.widget("counter", QComboBox).setCurrentText(counter)
        self.click("enter")
        self.until(lambda: self.window.session is not None)
        self.look()

    def look(self) -> None:
        """Let a second pass: the screen shows what there is."""
        self.window.show_news(self.watch.look())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of the hall, wait for what it starts, and look."""
        before = self.desk.backlog().last_seq
        QTest.keyClick(self.widget("hall", QTableView), key, modifier)
        self.settle()
        if self.desk.backlog().last_seq != before:
            self.look()

    def settle(self) -> None:
        """Wait until nothing is being done."""
        self.until(lambda: not self.window._work.is_busy)

    def choose_in_menu(self, action: str, entry: str) -> None:
        """Open the menu of a button and choose an entry by its words."""
        assert self.can(action)
        # Opening it would grab the keyboard, which the offscreen platform cannot.
        entries = self.widget(f"{action}Menu", QMenu).actions()
        found = [each for each in entries if entry in each.text()]
        assert len(found) == 1, [each.text() for each in entries]
        found[0].trigger()
        self.settle()
        self.look()

    def click(self, name: str) -> None:
        """Click a button."""
        self.widget(name, QPushButton).click()

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        self.widget(name, QLineEdit).setText(text)

    def said(self, name: str) -> str:
        """Return the text of a label."""
        return self.widget(name, QLabel).text()

    def door(self) -> Door:
        """Return what the form asks."""
        return self.window._door.door

    def can(self, name: str) -> bool:
        """Whether a button can be pressed."""
        return self.widget(name, QPushButton).isEnabled()

    def cells(self) -> list[list[str]]:
        """Return what the list shows."""
        model = self.widget("hall", QTableView).model()
        return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]

    def widget(self, name: str, kind: type[Found]) -> Found:
        """Return a widget by its name."""
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def texts(self) -> str:
        """Every text of every widget, seen or hidden."""
        texts = []
        for widget in (*self.window.findChildren(QWidget), *QApplication.allWidgets()):
            texts += [widget.accessibleName(), widget.toolTip(), widget.windowTitle()]
            if isinstance(widget, QLabel | QLineEdit | QPushButton):
                texts.append(widget.text())
        return "\n".join([*texts, *(cell for row in self.cells() for cell in row)])

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(seen, timeout=LIMIT_MS)

    def close(self) -> None:
        """End."""
        self.window.close()
        self.kiosk.store.close()
