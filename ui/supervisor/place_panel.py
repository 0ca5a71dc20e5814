"""The person whom the agent has before the eyes: who it is, what to know, and what can be done now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.hall import Outcome, Priority
from kiosk.domain.staff import Permission
from kiosk.ports.desk import HallRow, StaffSession
from kiosk.translation import Translator
from kiosk.workflows.hall_place import Move, PlaceEvent
from ui.supervisor.actions import KEYS, ON_A_PLACE, Action, action_label, is_aside, is_at_counter_of, possible
from ui.supervisor.appearance import PANEL_WIDTH_PX, TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_label
from ui.supervisor.fitting_area import FittingArea
from ui.supervisor.hall_wording import (
    flags_said,
    outcome_said,
    priority_said,
    state_said,
    wait_said,
)
from ui.supervisor.language_wording import language_with_own_name
from ui.supervisor.wording import print_state_said

_SAID: Final = ("panelName", "panelFlags", "panelProcedure", "panelFacts")
_SIMPLE: Final = {
    Action.RECALL: PlaceEvent.RECALLED,
    Action.SERVE: PlaceEvent.CAME,
    Action.MISSED: PlaceEvent.MISSED,
}


@dataclass(frozen=True, slots=True)
class _Choice:
    """One entry of a menu.

    Attributes:
        key: that chooses it, when it is a single one.
        text: what it says.
        move: what it does.
    """

    key: str
    text: str
    move: Move


class PlacePanel(QFrame):
    """Shows one :class:`HallRow` and sends what is to be done with it; decides nothing."""

    wants = Signal(object, object, object)  # the row, the action, the move; no move for opening the file
    refused = Signal(str)  # why a key did nothing

    def __init__(
        self,
        tr: Translator,
        zone: str,
        counters: tuple[str, ...],
        services: Mapping[str, str],
        priorities: Collection[Priority] = tuple(Priority),
    ) -> None:
        """Make a panel of nobody.

        Args:
            tr: of the staff screen.
            zone: legal time.
            counters: to which somebody can be handed over.
            services: letter to what it receives.
            priorities: that staff may give; taking one away is always possible.
        """
        super().__init__()
        self.setObjectName("panel")
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._row: HallRow | None = None
        self._session: StaffSession | None = None
        self._labels = {
            name: _label(name, role)
            for name, role in (
                ("panelNumber", "number"),
                ("panelState", "state"),
                ("panelName", "name"),
                ("panelFlags", "flags"),
                ("panelProcedure", "fact"),
                ("panelFacts", "fact"),
            )
        }
        self._buttons = {action: self._button(action) for action in ON_A_PLACE}
        self._menus = {
            Action.FINISH: self._menu(_numbered((outcome_said(tr, each), _finish(each)) for each in _OUTCOMES)),
            Action.PRIORITY: self._menu(
                _numbered(
                    (priority_said(tr, each), _prioritise(each))
                    for each in _PRIORITIES
                    if each in priorities or each is Priority.NONE
                )
            ),
            Action.HAND_OVER: self._menu(self._destinations(counters, services)),
        }
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._lay_out()
        self.show_row(None, None, None)

    @property
    def row(self) -> HallRow | None:
        """Whom it shows."""
        return self._row

    def show_row(self, row: HallRow | None, session: StaffSession | None, now: datetime | None) -> None:
        """Paint a person, or nobody; menus of somebody else are closed."""
        if row is None or self._row is None or row.place_id != self._row.place_id:
            for menu in self._menus.values():
                menu.close()
        self._row, self._session = row, session
        self._paint_facts(row, now)
        can = possible(row, session) if row and session else frozenset()
        for action, button in self._buttons.items():
            text = action_label(self._tr, action, is_aside=row is not None and is_aside(row))
            button.setText(f"{KEYS[action]}  {text}")
            button.setAccessibleName(text)
            button.setEnabled(action in can)
        may_not = session is not None and not session.may(Permission.CHANGE_ORDER)
        tip = self._tr.text("supervisor", "Réservé aux superviseurs") if may_not else ""
        self._buttons[Action.PRIORITY].setToolTip(tip)

    def start(self, action: Action) -> None:
        """Do what a button or its key stands for, when it makes sense for this person."""
        if self._row is None or not self._buttons[action].isEnabled():
            self.refused.emit(self._why_not(action))
            return
        menu = self._menus.get(action)
        if menu is not None:
            button = self._buttons[action]
            menu.setActiveAction(menu.actions()[0])
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
            return
        self.wants.emit(self._row, action, self._move_of(action, self._row))

    def _why_not(self, action: Action) -> str:
        tr, row, session = self._tr, self._row, self._session
        if row is None:
            return tr.text("supervisor", "Choisissez d'abord une personne dans la liste.")
        if action is Action.PRIORITY and session is not None and not session.may(Permission.CHANGE_ORDER):
            return tr.text("supervisor", "Priorité : réservé aux superviseurs.")
        text = tr.text("supervisor", "{action} : impossible pour {number} ({state}).")
        does, state = self._buttons[action].accessibleName(), state_said(tr, row).text
        return text.format(action=does, number=row.call_number, state=state)

    def _move_of(self, action: Action, row: HallRow) -> Move | None:
        if action is Action.OPEN_FILE:
            return None
        if action is Action.CALL:
            return Move(PlaceEvent.CALLED, counter=self._session.counter if self._session else "")
        if action is Action.PARK:
            return Move(PlaceEvent.RETURNED if is_aside(row) else PlaceEvent.PARKED)
        return Move(_SIMPLE[action])

    def _choose(self, action: Action, move: Move, _is_checked: bool = False) -> None:
        if self._row is not None:
            self.wants.emit(self._row, action, move)

    def _paint_facts(self, row: HallRow | None, now: datetime | None) -> None:
        tr, labels = self._tr, self._labels
        if row is None or now is None:
            for label in labels.values():
                label.clear()
                label.hide()
            labels["panelName"].show()
            labels["panelName"].setText(tr.text("supervisor", "Choisissez une personne dans la liste."))
            return
        said = state_said(tr, row)
        is_mine = self._session is not None and is_at_counter_of(row, self._session)
        labels["panelNumber"].setText(row.call_number)
        labels["panelState"].setText(tr.text("supervisor", "À votre guichet") if is_mine else said.text)
        labels["panelState"].setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
        labels["panelName"].setText(row.applicant or tr.text("supervisor", "(effacé)"))
        labels["panelFlags"].setText(flags_said(tr, row))
        labels["panelProcedure"].setText(row.procedure_label)
        labels["panelFacts"].setText("\n".join(self._facts(row, now)))
        for label in labels.values():
            label.setVisible(bool(label.text()))

    def _facts(self, row: HallRow, now: datetime) -> list[str]:
        tr = self._tr
        arrived = tr.text("supervisor", "Arrivée à {time}, il y a {wait}").format(
            time=f"{row.filed_at.astimezone(self._zone):%H:%M}", wait=wait_said(tr, now - row.filed_at)
        )
        ticket = tr.text("supervisor", "Ticket : {state}").format(state=print_state_said(tr, row.print_state).text)
        calls = ""
        if row.standing.calls:
            calls = tr.text("supervisor", "Appelé {count} fois").format(count=row.standing.calls)
        spoken = tr.text("supervisor", "Langue : {language}").format(language=language_with_own_name(tr, row.language))
        return [arrived, spoken, " · ".join(filter(None, [ticket, calls])), row.reference]

    def _destinations(self, counters: tuple[str, ...], services: Mapping[str, str]) -> list[_Choice]:
        """Return where somebody can be handed over to; the key is the service's letter or the counter's name."""
        to_service, to_counter = (
            self._tr.text("supervisor", "Service {name}"),
            self._tr.text("supervisor", "Guichet {name}"),
        )
        found = [
            _Choice(letter, f"{to_service.format(name=letter)} · {label}", Move(PlaceEvent.HANDED_OVER, service=letter))
            for letter, label in services.items()
        ]
        return found + [
            _Choice(name, to_counter.format(name=name), Move(PlaceEvent.HANDED_OVER, counter=name)) for name in counters
        ]

    def _menu(self, choices: Sequence[_Choice]) -> QMenu:
        menu = QMenu(self)
        action = _ACTION_OF_EVENT[choices[0].move.event]
        menu.setObjectName(f"{action.value}Menu")
        for choice in choices:
            escaped = choice.text.replace("&", "&&")
            entry = menu.addAction(f"&{choice.key}  {escaped}" if len(choice.key) == 1 else escaped)
            entry.triggered.connect(partial(self._choose, action, choice.move))
        return menu

    def _button(self, action: Action) -> QPushButton:
        button = QPushButton()
        button.setObjectName(action.value)
        button.setProperty("role", "plain")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.start(action))
        return button

    def _said(self, *labels: QLabel) -> QWidget:
        """Return what is known of the person: on a low screen it scrolls, and the buttons stay."""
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in labels:
            column.addWidget(label)
        return said

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(4)
        labels = self._labels
        for name in ("panelState", *_SAID):
            labels[name].setWordWrap(True)
        labels["panelState"].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        labels["panelFacts"].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.addWidget(labels["panelNumber"])
        top.addWidget(labels["panelState"], 1)
        column.addLayout(top)
        column.addWidget(FittingArea(self._said(*(labels[name] for name in _SAID))))
        column.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, action in enumerate(ON_A_PLACE):
            width = 2 if action is Action.OPEN_FILE else 1
            grid.addWidget(self._buttons[action], at // 2, at % 2, 1, width)
        column.addLayout(grid)


_OUTCOMES: Final = (Outcome.SERVED, Outcome.DOCUMENTS_MISSING, Outcome.DIRECTED, Outcome.LEFT)
_PRIORITIES: Final = (Priority.RIGHTS_EXPIRE, Priority.SUMMONS_MISSED, Priority.VULNERABLE, Priority.NONE)
_ACTION_OF_EVENT: Final = {
    PlaceEvent.FINISHED: Action.FINISH,
    PlaceEvent.PRIORITISED: Action.PRIORITY,
    PlaceEvent.HANDED_OVER: Action.HAND_OVER,
}


def _numbered(choices: Iterable[tuple[str, Move]]) -> list[_Choice]:
    return [_Choice(str(number), text, move) for number, (text, move) in enumerate(choices, start=1)]


def _finish(outcome: Outcome) -> Move:
    return Move(PlaceEvent.FINISHED, outcome=outcome)


def _prioritise(priority: Priority) -> Move:
    return Move(PlaceEvent.PRIORITISED, priority=priority)


def _label(name: str, role: str) -> QLabel:
    label = named_label(name, role)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
    return label
