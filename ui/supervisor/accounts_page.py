"""All accounts of this machine, one of them beside the list."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ports.account_desk import AccountRow
from kiosk.translation import Translator
from ui.supervisor.account_panel import AccountPanel
from ui.supervisor.account_widgets import button, on_key
from ui.supervisor.accounts_wording import ACT_KEYS, account_state_said, factor_said, signed_in_said
from ui.supervisor.fact_table import FactTable
from ui.supervisor.hall_wording import role_said

NEW_KEY, IMPORT_KEY, OWN_KEY = "F2", "F3", "F9"


class AccountsPage(QWidget):
    """Shows what there is and says what is wanted; decides nothing."""

    wants = Signal(object, object, object)  # the account, the act, the role
    wants_new = Signal()
    wants_import = Signal()
    wants_own = Signal()

    def __init__(self, tr: Translator, zone: ZoneInfo) -> None:
        super().__init__()
        self.setObjectName("accountsPage")
        self._tr, self._zone = tr, zone
        self._rows: tuple[AccountRow, ...] = ()
        self._chosen = ""
        heads = (
            tr.text("supervisor", "Nom"),
            tr.text("supervisor", "Rôle"),
            tr.text("supervisor", "État"),
            tr.text("supervisor", "Dernière connexion"),
            tr.text("supervisor", "Code du téléphone"),
        )
        self._table = FactTable("accounts", tr.text("supervisor", "Comptes de cette borne"), heads, wide=0)
        self._table.setSelectionMode(FactTable.SelectionMode.SingleSelection)
        self._panel = AccountPanel(tr, zone)
        self._new = button("newAccount", "main", tr.text("supervisor", "Nouveau compte"), NEW_KEY)
        self._import = button("importAccounts", "plain", tr.text("supervisor", "Importer une liste"), IMPORT_KEY)
        self._own = button("ownFactor", "plain", tr.text("supervisor", "Mon code du téléphone"), OWN_KEY)
        self._lay_out()
        self._connect()

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Paint the accounts; the one that was chosen stays so."""
        self._rows = tuple(rows)
        self._table.show_rows([self._texts(row) for row in rows])
        names = [row.name for row in rows]
        if names and self._chosen not in names:
            self._chosen = names[0]
        if self._chosen in names:
            self._table.selectRow(names.index(self._chosen))
        self._show_panel()

    def choose(self, name: str) -> None:
        """Put an account before the eyes, once it is in the list."""
        self._chosen = name
        if any(row.name == name for row in self._rows):
            self.show_rows(self._rows)

    def focus(self) -> None:
        """Put the keyboard on the list."""
        self._table.setFocus()

    def forget(self) -> None:
        """Leave nothing of anybody."""
        self._chosen = ""
        self.show_rows(())

    def _texts(self, row: AccountRow) -> tuple[str, ...]:
        return (
            row.name,
            role_said(self._tr, row.role),
            account_state_said(self._tr, row, self._zone),
            signed_in_said(self._tr, row.signed_in_at, self._zone),
            factor_said(self._tr, has_factor=row.has_second_factor),
        )

    def _selected(self) -> None:
        at = self._table.chosen
        if at is not None and at < len(self._rows):
            self._chosen = self._rows[at].name
            self._show_panel()

    def _show_panel(self) -> None:
        self._panel.show_row(next((row for row in self._rows if row.name == self._chosen), None))

    def _connect(self) -> None:
        self._table.selectionModel().selectionChanged.connect(self._selected)
        self._panel.wants.connect(self.wants)
        self._panel.answered.connect(self.focus)
        for each, key, wanted in (
            (self._new, NEW_KEY, self.wants_new),
            (self._import, IMPORT_KEY, self.wants_import),
            (self._own, OWN_KEY, self.wants_own),
        ):
            each.clicked.connect(wanted)
            on_key(key, self, wanted.emit)
        for key in sorted(set(ACT_KEYS.values())):
            on_key(key, self, partial(self._panel.press, key))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        for each in (self._new, self._import):
            bar.addWidget(each)
        bar.addStretch(1)
        bar.addWidget(self._own)
        left.addLayout(bar)
        left.addWidget(self._table, 1)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(14)
        body.addLayout(left, 1)
        body.addWidget(self._panel)
