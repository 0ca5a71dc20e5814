"""One machine on the staff screen: everything that is known of it, each with a word, a sign and since when."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ports.machines import MachineHealth
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.translation import Translator
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_button, named_label
from ui.supervisor.elided_label import ElidedLabel
from ui.supervisor.machine_wording import FactSaid, facts_said
from ui.supervisor.wording import Tone

_COLUMNS: Final = 3
_COLUMNS_FOLDED: Final = 4
# What is always before the eyes of a card among several; whatever is not well joins it.
_ALWAYS: Final = ("process", "printerState", "paperState", "linkState")
_NOT_WELL: Final = (Tone.BAD, Tone.WARNING)
_ROLL_KEY, _TEST_KEY = "Ctrl+R", "Ctrl+E"


class MachineCard(QFrame):
    """Shows one :class:`MachineHealth`; ``wants_roll`` and ``wants_test`` ask for what is done at its printer.

    Among several machines a card is folded: what staff look for first, and what is not well; the rest when asked for.
    """

    wants_roll = Signal(str)
    wants_test = Signal(str)

    def __init__(self, tr: Translator, zone: str, origin: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tr, self._zone, self._origin = tr, ZoneInfo(zone), origin
        self._name = ElidedLabel("machineName", role="name")
        self._cells: dict[str, _Cell] = {}
        self._shown: tuple[tuple[str, ...], int] = ((), 0)
        self._is_folded, self._is_alone, self._is_current = True, True, True
        self._health: tuple[MachineHealth, bool] | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._fold = named_button("foldMachine", "plain", "")
        self._fold.clicked.connect(self._toggle)
        self._roll = named_button("changeRoll", "plain", tr.text("supervisor", "Changer le rouleau"))
        self._test = named_button("testPrint", "plain", tr.text("supervisor", "Imprimer un essai"))
        for button in (self._roll, self._test):
            button.setAccessibleName(f"{button.text()} {origin}")  # of several machines, whose
        self._roll.clicked.connect(lambda: self.wants_roll.emit(self._origin))
        self._test.clicked.connect(lambda: self.wants_test.emit(self._origin))
        self._hint = named_label(
            "machineHint", "caption", tr.text("supervisor", "Rouleau et essai : à faire à la borne")
        )
        self._hint.hide()
        line = QHBoxLayout()
        line.addWidget(self._name, 1)
        line.addWidget(self._hint)
        line.addWidget(self._fold)
        line.addWidget(self._roll)
        line.addWidget(self._test)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(16, 12, 16, 14)
        column_of_all.setSpacing(10)
        column_of_all.addLayout(line)
        column_of_all.addLayout(self._grid)

    def give_keys(self) -> None:
        """Let what is done at the printer have its keys; of several machines only the first has them."""
        for button, key in ((self._roll, _ROLL_KEY), (self._test, _TEST_KEY)):
            button.setText(f"{button.text()}  ({key})")
            button.setShortcut(QKeySequence(key))

    def show_health(
        self, health: MachineHealth, *, may_tend: bool, is_alone: bool = True, is_current: bool = True
    ) -> None:
        """Paint everything from one value.

        Args:
            health: of this machine.
            may_tend: whether the role allows changing the roll and printing a test.
            is_alone: whether there is no other machine.
            is_current: whether it was read now; not while the link to a hub is lost, which can be asked for nothing.
        """
        self._health, self._is_alone, self._is_current = (health, may_tend), is_alone, is_current
        facts = health.facts
        tr = self._tr
        named, alone = tr.text("supervisor", "Borne {machine} · {place}"), tr.text("supervisor", "Borne {machine}")
        self._name.setText((named if facts.place else alone).format(machine=facts.origin, place=facts.place))
        self._show_facts(facts_said(self._tr, facts, self._zone, is_current=is_current))
        prints = facts.is_running and facts.printer is not None and facts.printer.value is not PrinterCondition.ABSENT
        self._roll.setEnabled(may_tend and is_current)
        self._test.setEnabled(may_tend and prints and is_current)
        for button in (self._roll, self._test):
            button.setVisible(facts.takes_orders)
        self._hint.setVisible(may_tend and not facts.takes_orders)

    def _show_facts(self, facts: Sequence[FactSaid]) -> None:
        for fact in facts:
            if fact.name not in self._cells:
                self._cells[fact.name] = _Cell(fact.name, fact.caption)
            self._cells[fact.name].show_fact(fact)
        if self._is_alone or not self._is_folded:
            self._place([fact.name for fact in facts], _COLUMNS)
        else:
            troubles = [fact.name for fact in facts if fact.said.tone in _NOT_WELL and fact.name not in _ALWAYS]
            self._place([*_ALWAYS, *troubles], _COLUMNS_FOLDED)
        self._fold.setVisible(not self._is_alone)
        tr = self._tr
        text = tr.text("supervisor", "Tout voir") if self._is_folded else tr.text("supervisor", "Réduire")
        self._fold.setText(text)
        self._fold.setAccessibleName(f"{text} {self._origin}")

    def _place(self, names: Sequence[str], columns: int) -> None:
        """Lay out the cells that are shown, when they are others than before."""
        if (tuple(names), columns) == self._shown:
            return
        for cell in self._cells.values():
            self._grid.removeWidget(cell)
            cell.setParent(self)
            cell.hide()
        for rank, name in enumerate(names):
            self._grid.addWidget(self._cells[name], rank // columns, rank % columns)
            self._cells[name].show()
        for column in range(max(_COLUMNS, _COLUMNS_FOLDED)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._shown = tuple(names), columns

    def _toggle(self) -> None:
        self._is_folded = not self._is_folded
        if self._health is not None:
            health, may_tend = self._health
            self.show_health(health, may_tend=may_tend, is_alone=self._is_alone, is_current=self._is_current)


class _Cell(QWidget):
    """One fact."""

    def __init__(self, name: str, caption: str) -> None:
        super().__init__()
        self._caption = ElidedLabel(f"{name}Caption", caption, "caption")
        self._value, self._detail = ElidedLabel(name, role="state"), ElidedLabel(f"{name}Detail", role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label, height in ((self._caption, 20), (self._value, 26), (self._detail, 20)):
            label.setFixedHeight(height)  # the signs come from fonts of other heights
            # A long word is cut rather than the window widened.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        column.addStretch(1)

    def show_fact(self, fact: FactSaid) -> None:
        """Paint a fact."""
        self._value.setText(fact.said.text)
        self._value.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[fact.said.tone]))
        self._value.setAccessibleName(" ".join(filter(None, [fact.caption, fact.said.text, fact.detail])))
        self._detail.setText(fact.detail)
