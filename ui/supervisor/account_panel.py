"""One account beside the list: what is known of it, what can be done to it, and the question before it is done."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from kiosk.domain.staff import Role
from kiosk.ports.account_desk import AccountRow
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.account_widgets import button, on_key
from ui.supervisor.accounts_wording import (
    ACT_KEYS,
    AccountAct,
    account_state_said,
    act_label,
    act_question,
    factor_said,
    possible_acts,
    signed_in_said,
)
from ui.supervisor.appearance import PANEL_WIDTH_PX
from ui.supervisor.controls import named_text
from ui.supervisor.hall_wording import role_said


class AccountPanel(QFrame):
    """Shows one :class:`AccountRow`; ``wants`` carries the account, the act, and the role of a change of role."""

    wants = Signal(object, object, object)
    answered = Signal()  # the question is gone: the keyboard goes back to the list

    def __init__(self, tr: Translator, zone: ZoneInfo) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._tr, self._zone = tr, zone
        self._row: AccountRow | None = None
        self._asked: tuple[AccountRow, AccountAct, Role | None] | None = None
        self._name, self._facts = named_text("accountName", "name"), named_text("accountFacts", "fact")
        self._question = named_text("accountQuestion", "text")
        self._yes = button("accountYes", "main", tr.text("supervisor", "Confirmer"))
        self._no = button("accountNo", "plain", tr.text("supervisor", "Annuler"), "Esc")
        on_key("Esc", self, self._take_back)
        self._buttons = {act: button(act.value, "plain", act_label(tr, act), key) for act, key in ACT_KEYS.items()}
        self._roles = QMenu(self)
        self._roles.setObjectName("changeRoleMenu")
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._lay_out()
        for act, each in self._buttons.items():
            each.clicked.connect(partial(self.start, act))
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._take_back)
        self.show_row(None)

    def show_row(self, row: AccountRow | None) -> None:
        """Paint an account, or none; a question about another one, or about how it was before, is taken back."""
        if row != self._row or row is None:
            self._take_back()
            self._roles.close()
            self._fill_roles(row)
        self._row = row
        text = self._tr.text("supervisor", "Choisissez un compte.")
        self._name.setText(text if row is None else row.name)
        self._facts.setText("" if row is None else self._facts_of(row))
        can = frozenset[AccountAct]() if row is None else possible_acts(row)
        for act, each in self._buttons.items():
            each.setEnabled(act in can)
        self._buttons[AccountAct.OPEN].setVisible(AccountAct.OPEN in can)
        self._buttons[AccountAct.CLOSE].setVisible(AccountAct.OPEN not in can)

    def press(self, key: str) -> None:
        """Do what a key stands for, for this account."""
        for act, of_act in ACT_KEYS.items():
            if of_act == key and self._buttons[act].isEnabled():
                self.start(act)

    def start(self, act: AccountAct, _is_checked: bool = False) -> None:  # Qt's signal
        """Ask before something is done, if it can be done."""
        row = self._row
        if row is None or not self._buttons[act].isEnabled():
            return
        if act is AccountAct.CHANGE_ROLE:
            below = self._buttons[act]
            self._roles.setActiveAction(self._roles.actions()[0])
            self._roles.popup(below.mapToGlobal(below.rect().bottomLeft()))
            return
        self._ask(row, act, None)

    def _fill_roles(self, row: AccountRow | None) -> None:
        self._roles.clear()
        if row is None:
            return
        for number, role in enumerate((role for role in Role if role is not row.role), start=1):
            entry = self._roles.addAction(f"&{number}  {role_said(self._tr, role)}")
            entry.triggered.connect(partial(self._ask, row, AccountAct.CHANGE_ROLE, role))

    def _ask(self, row: AccountRow, act: AccountAct, role: Role | None, _is_checked: bool = False) -> None:
        self._asked = row, act, role
        text = act_question(self._tr, act)
        self._question.setText(text.format(name=row.name, role=role_said(self._tr, role) if role else ""))
        announce(self, self._question.text())
        self._yes.setText(act_label(self._tr, act))
        self._yes.setAccessibleName(act_label(self._tr, act))
        for widget in (self._question, self._yes, self._no):
            widget.show()
        self._no.setFocus()

    def _say_yes(self) -> None:
        asked = self._asked
        self._take_back()
        if asked is not None:
            self.wants.emit(*asked)

    def _take_back(self) -> None:
        was_asked, self._asked = self._asked is not None, None
        self._question.clear()
        for widget in (self._question, self._yes, self._no):
            widget.hide()
        if was_asked:
            self.answered.emit()

    def _facts_of(self, row: AccountRow) -> str:
        tr = self._tr
        lines = (
            (tr.text("supervisor", "Rôle : {value}"), role_said(tr, row.role)),
            (tr.text("supervisor", "État : {value}"), account_state_said(tr, row, self._zone)),
            (tr.text("supervisor", "Dernière connexion : {value}"), signed_in_said(tr, row.signed_in_at, self._zone)),
            (tr.text("supervisor", "Code du téléphone : {value}"), factor_said(tr, has_factor=row.has_second_factor)),
            (tr.text("supervisor", "Créé le {value}"), f"{row.made_at.astimezone(self._zone):%d/%m/%Y}"),
        )
        return "\n".join(text.format(value=value) for text, value in lines)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addSpacing(6)
        for each in self._buttons.values():
            column.addWidget(each)
        column.addStretch(1)
        column.addWidget(self._question)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        for answer, stretch in ((self._no, 0), (self._yes, 1)):
            answers.addWidget(answer, stretch)
        column.addLayout(answers)
