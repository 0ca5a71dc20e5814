"""What stands in place of the list of accounts for a while: a new account, first passwords, a list to be imported."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.account_list import AccountLine
from kiosk.domain.staff import Role
from kiosk.ports.account_desk import NewAccount
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.account_widgets import add_field, button, on_key
from ui.supervisor.accounts_wording import line_said
from ui.supervisor.appearance import FORM_WIDTH_PX
from ui.supervisor.controls import named_field, named_text
from ui.supervisor.fact_table import FactTable
from ui.supervisor.hall_wording import role_said

_BACK_KEY: Final = "Esc"
_WIDE_FORM_PX: Final = 860


class NewAccountForm(QWidget):
    """Name and role of a new account; the password is made by the program."""

    wants = Signal(str, object)  # name, role
    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("newAccountForm")
        self._name, self._roles = named_field("accountNewName"), QComboBox()
        self._error = named_text("accountNewError", "error")
        self._roles.setObjectName("accountNewRole")
        for role in Role:
            self._roles.addItem(role_said(tr, role), role)
        self._go = button("accountCreate", "main", tr.text("supervisor", "Créer le compte"))
        back = button("accountNewBack", "plain", tr.text("supervisor", "Retour"), _BACK_KEY)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_field(form, tr.text("supervisor", "Nom, par exemple a.martin"), self._name)
        add_field(form, tr.text("supervisor", "Rôle"), self._roles)
        text = tr.text(
            "supervisor",
            "Le premier mot de passe s'affichera une seule fois. La personne choisira le sien en se connectant.",
        )
        heading = named_text("", "heading", tr.text("supervisor", "Nouveau compte"))
        _card(self, [heading, named_text("", "text", text), form, self._error], [back, self._go])
        self._go.clicked.connect(self._send)
        self._name.returnPressed.connect(self._send)
        back.clicked.connect(self.left)
        on_key(_BACK_KEY, self, self.left.emit)
        self.forget()

    def begin(self) -> None:
        """Ask for another account."""
        self.forget()
        self._name.setFocus()

    def refuse(self, text: str) -> None:
        """Say why it was not made."""
        self._error.setText(text)
        self._error.show()
        announce(self, text)
        self._name.setFocus()

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self._name.clear()
        self._roles.setCurrentIndex(0)
        self._error.clear()
        self._error.hide()

    def _send(self) -> None:
        self._error.hide()
        self.wants.emit(self._name.text().strip().lower(), Role(self._roles.currentData()))


class NewPasswordsPage(QWidget):
    """First passwords, shown once; ``wants_sheet`` to keep them as a document."""

    wants_sheet = Signal()
    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("newPasswordsPage")
        self._tr = tr
        heads = (
            tr.text("supervisor", "Nom"),
            tr.text("supervisor", "Rôle"),
            tr.text("supervisor", "Premier mot de passe"),
        )
        self._table = FactTable("newPasswords", tr.text("supervisor", "Premiers mots de passe"), heads, wide=2)
        for copying in self._table.findChildren(QShortcut):
            copying.setEnabled(False)  # a clipboard outlives the lock of the screen
        self._said = named_text("newPasswordsSaid", "text")
        sheet = button("savePasswords", "plain", tr.text("supervisor", "Enregistrer une feuille à imprimer (PDF)"))
        self._done = button("passwordsDone", "main", tr.text("supervisor", "C'est noté"))
        text = tr.text(
            "supervisor",
            "Montrés une seule fois, gardés nulle part. Remettez chaque mot de passe en main propre : la personne "
            "choisit le sien à la première connexion.",
        )
        heading = named_text("", "heading", tr.text("supervisor", "Premiers mots de passe"))
        parts = [heading, named_text("", "text", text), self._table, self._said]
        _card(self, parts, [sheet, self._done], width=_WIDE_FORM_PX, stretches=self._table)
        sheet.clicked.connect(self.wants_sheet)
        self._done.clicked.connect(self.left)
        self.accounts: tuple[NewAccount, ...] = ()

    def show_accounts(self, accounts: Sequence[NewAccount]) -> None:
        """Show the passwords of new accounts, or of one that got another."""
        self.accounts = tuple(accounts)
        self._said.clear()
        self._table.show_rows([(each.name, role_said(self._tr, each.role), each.password) for each in accounts])
        self._table.setFocus()

    def tell(self, text: str) -> None:
        """Say where the sheet is, or why it is nowhere."""
        self._said.setText(text)

    def forget(self) -> None:
        """Leave nothing of them."""
        self.accounts = ()
        self._table.show_rows(())
        self._said.clear()


class ImportPage(QWidget):
    """What a list would make, line by line; nothing is done before the administrator says so."""

    wants = Signal()
    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("importPage")
        self._tr = tr
        heads = (
            tr.text("supervisor", "Ligne"),
            tr.text("supervisor", "Nom"),
            tr.text("supervisor", "Rôle"),
            tr.text("supervisor", "Ce qui sera fait"),
        )
        self._table = FactTable("importLines", tr.text("supervisor", "Lignes de la liste"), heads, wide=3, numbers=(0,))
        self._summary, self._error = named_text("importSummary", "text"), named_text("importError", "error")
        self._go = button("importGo", "main", tr.text("supervisor", "Créer les comptes"))
        back = button("importBack", "plain", tr.text("supervisor", "Retour"), _BACK_KEY)
        heading = named_text("", "heading", tr.text("supervisor", "Importer une liste"))
        parts = [heading, self._summary, self._table, self._error]
        _card(self, parts, [back, self._go], width=_WIDE_FORM_PX, stretches=self._table)
        self._go.clicked.connect(self.wants)
        back.clicked.connect(self.left)
        on_key(_BACK_KEY, self, self.left.emit)
        self.forget()

    def show_lines(self, lines: Sequence[AccountLine]) -> None:
        """Show what was read, and let it be done only if every line is good."""
        tr = self._tr
        bad = sum(1 for each in lines if each.problem is not None)
        self._error.hide()
        if bad:
            text = tr.text("supervisor", "Lignes à corriger : {bad} sur {count}. Tant qu'il en reste, rien n'est créé.")
        else:
            text = tr.text("supervisor", "Comptes à créer : {count}. Rien n'est encore fait.")
        self._summary.setText(text.format(bad=bad, count=len(lines)))
        worst_first = sorted(lines, key=lambda each: each.problem is None)
        self._table.show_rows([self._texts(each) for each in worst_first])
        self._go.setEnabled(not bad)
        (self._table if bad else self._go).setFocus()

    def refuse(self, text: str) -> None:
        """Say why nothing was made."""
        self._error.setText(text)
        self._error.show()
        announce(self, text)

    def forget(self) -> None:
        """Leave nothing of the list."""
        self._table.show_rows(())
        self._summary.clear()
        self._error.clear()
        self._error.hide()
        self._go.setEnabled(False)

    def _texts(self, each: AccountLine) -> tuple[str, ...]:
        role = role_said(self._tr, each.role) if each.role else each.role_text
        return str(each.number), each.name, role, line_said(self._tr, each)


def _card(
    page: QWidget,
    parts: Sequence[QWidget | QFormLayout],
    buttons: Sequence[QPushButton],
    *,
    width: int = FORM_WIDTH_PX,
    stretches: QWidget | None = None,
) -> None:
    """Put parts under each other on a card in the middle of a page, the buttons at its foot, the main one last."""
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(width)
    column = QVBoxLayout(card)
    column.setContentsMargins(28, 20, 28, 20)
    column.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part, 1 if part is stretches else 0)
        else:
            column.addLayout(part)
    foot = QHBoxLayout()
    foot.addWidget(buttons[0])
    foot.addStretch(1)
    for each in buttons[1:]:
        foot.addWidget(each)
    column.addLayout(foot)
    body = QHBoxLayout(page)
    body.setContentsMargins(0, 0, 0, 0)
    body.addStretch(1)
    where = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignTop
    body.addWidget(card, 0, where)
    body.addStretch(1)
