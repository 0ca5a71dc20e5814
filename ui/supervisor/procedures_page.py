"""What the kiosk offers: each procedure on or off, its name here, and what people are told to bring."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.translation import Translator
from ui.supervisor.setting_editors import BoxEditor, BoxesEditor, Editor, LineEditor, Option
from ui.supervisor.setting_row import SettingRow
from ui.supervisor.setting_texts import LINE
from ui.supervisor.settings_draft import SettingsDraft
from ui.supervisor.settings_pages import SettingsPage, scrolled
from ui.supervisor.settings_wording import SettingWords, short

_LIST_PX = 300
_CODE = Qt.ItemDataRole.UserRole


class ProceduresPage(SettingsPage):
    """A list of all procedures, and the form of the one that is chosen."""

    def __init__(self, tr: Translator, draft: SettingsDraft, catalogue: Catalogue) -> None:
        """Make a page.

        Args:
            tr: of the staff screen.
            draft: what was typed.
            catalogue: all procedures, those that are not offered too, and all documents.
        """
        title = tr.text("supervisor", "Démarches")
        super().__init__("settingsProcedures", title, lambda key: key.startswith("procedures"))
        self._tr, self._draft = tr, draft
        self._documents = catalogue.documents
        self._procedures = _in_order(catalogue)
        self._list = QListWidget()
        self._list.setObjectName("settingsProcedures")
        self._list.setAccessibleName(title)
        self._list.setFixedWidth(_LIST_PX)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for procedure in self._procedures:
            item = QListWidgetItem()
            item.setData(_CODE, procedure.code)
            self._list.addItem(item)
        self._form = QFrame()
        self._form.setObjectName("card")
        self._form_column = QVBoxLayout(self._form)
        self._form_column.setContentsMargins(20, 14, 20, 14)
        self._shown: QWidget | None = None
        self._lay_out()
        self._list.currentRowChanged.connect(self._show)
        draft.changed.connect(self._mark)
        self._mark()
        self._list.setCurrentRow(0)

    def choose(self, code: str) -> None:
        """Show the form of a procedure."""
        codes = [procedure.code for procedure in self._procedures]
        self._list.setCurrentRow(codes.index(code))

    def reach(self, key: str) -> None:
        """Show the form of the procedure that a key is about first."""
        _, code, *_rest = [*key.split("."), ""]
        if any(procedure.code == code for procedure in self._procedures):
            self.choose(code)
        super().reach(key)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._list)
        line.addWidget(scrolled(self._form), 1)

    def _mark(self) -> None:
        """Say in the list which procedures are off here, and which have unsaved changes."""
        for rank, procedure in enumerate(self._procedures):
            item = self._list.item(rank)
            prefix = f"procedures.{procedure.code}."
            words = [str(self._draft.value(f"{prefix}local_label_fr") or procedure.label_fr)]
            if self._draft.value(f"{prefix}enabled") is False:
                words.insert(0, self._tr.text("supervisor", "[arrêtée]"))
            if any(key.startswith(prefix) for key in self._draft.changes):
                words.insert(0, "●")
            item.setText(" ".join(words))
            item.setToolTip(procedure.label_fr)

    def _show(self, rank: int) -> None:
        if self._shown is not None:
            self._form_column.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = self._form_of(self._procedures[rank])
        self._form_column.addWidget(self._shown)

    def _form_of(self, procedure: Procedure) -> QWidget:
        tr, prefix = self._tr, f"procedures.{procedure.code}"
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        heading, code = QLabel(procedure.label_fr), QLabel(procedure.code)
        heading.setProperty("role", "name")
        heading.setWordWrap(True)
        code.setProperty("role", "field")
        column.addWidget(heading)
        column.addWidget(code)
        offered = tr.text("supervisor", "Proposée à la borne")
        stopped = tr.text("supervisor", "Arrêtée, elle n'est plus proposée ; les demandes déjà déposées restent.")
        column.addWidget(self._row(f"{prefix}.enabled", "", stopped, BoxEditor(f"{prefix}.enabled", offered)))
        name = tr.text("supervisor", "Nom en français")
        allowed = tr.text("supervisor", "90 signes au plus. Vide : le nom du catalogue. Les autres langues le gardent.")
        column.addWidget(
            self._row(f"{prefix}.local_label_fr", name, allowed, LineEditor(f"{prefix}.local_label_fr", name, LINE))
        )
        bring = tr.text("supervisor", "Pièces à apporter")
        boxes = BoxesEditor(f"{prefix}.documents", bring, self._options(procedure))
        told = tr.text("supervisor", "Dites à la personne avant qu'elle dépose. La borne n'en exige aucune.")
        column.addWidget(self._row(f"{prefix}.documents", bring, told, boxes))
        column.addStretch(1)
        return rows

    def _row(self, key: str, label: str, allowed: str, editor: Editor) -> SettingRow:
        return SettingRow(self._tr, self._draft, key, SettingWords(label, allowed), editor)

    def _options(self, procedure: Procedure) -> Sequence[Option]:
        """Those of the procedure first, then all others of the catalogue."""
        own = [document.code for document in procedure.documents]
        codes = [*own, *(code for code in self._documents if code not in own)]
        labels = {code: self._documents[code].label_fr for code in codes}
        return [Option(code, short(label), whole=label) for code, label in labels.items()]


def _in_order(catalogue: Catalogue) -> tuple[Procedure, ...]:
    ranks = {group.code: group.order for group in catalogue.groups}
    found = (*catalogue.procedures.values(), *catalogue.withdrawn.values())
    return tuple(sorted(found, key=lambda each: (ranks[each.group], each.order)))
