"""« Réglages »: groups on the left, a form on the right; read before it is saved, kept as a version, taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout

from kiosk.domain.procedure import Catalogue
from kiosk.domain.staff import Permission
from kiosk.errors import InputError, SettingsRefusedError
from kiosk.journal.site_configuration import Change
from kiosk.ports.desk import StaffSession
from kiosk.resource_files import resource_path
from kiosk.services.configure_site import ConfigureSite, StandingConfiguration
from kiosk.translation import Translator
from ui.supervisor.changes_page import ChangesPage, effect_said
from ui.supervisor.procedures_page import ProceduresPage
from ui.supervisor.section import Section
from ui.supervisor.settings_appearance import SETTINGS_STYLE
from ui.supervisor.settings_bar import SAVE_KEY, SettingsBar
from ui.supervisor.settings_draft import SettingsDraft
from ui.supervisor.settings_pages import SettingsPage, plain_pages
from ui.supervisor.settings_wording import ChangeWords, version_said
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.ticket_page import Preview, TicketPage
from ui.supervisor.versions_page import VersionsPage

_GROUPS_PX: Final = 256


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """What the section works with.

    Attributes:
        configure: shows, changes and takes back.
        preview: draws the specimen of a ticket.
        catalogue: procedures and documents, those that are not offered too.
        zone: legal time of the site.
        today: the civil day.
    """

    configure: ConfigureSite
    preview: Preview
    catalogue: Catalogue
    zone: str
    today: Callable[[], date]


class SettingsSection(Section):
    """For administrators; what one of them typed waits behind a lock, and is gone when somebody else comes."""

    needs: ClassVar[Permission] = Permission.CONFIGURE

    def __init__(
        self, tr: Translator, work: StaffWork, services: SettingsServices, further: Sequence[SettingsPage] = ()
    ) -> None:
        """Make a section that has read nothing yet.

        Args:
            tr: of the staff screen.
            work: reads and changes.
            services: what it works with.
            further: pages below the versions.
        """
        super().__init__()
        self.setObjectName("settingsSection")
        self.title = tr.text("supervisor", "Réglages")
        icons = {"@BOX@": "box.svg", "@TICKED@": "box-ticked.svg"}
        style = SETTINGS_STYLE
        for mark, name in icons.items():
            style = style.replace(mark, resource_path("icons", name).as_posix())
        self.setStyleSheet(style)
        self._tr, self._work, self._configure = tr, work, services.configure
        self._owner = ""
        self._draft = SettingsDraft(self)
        words = ChangeWords(tr, services.catalogue, services.today)
        self._versions = VersionsPage(
            tr,
            work,
            words=words,
            zone=services.zone,
            history=services.configure.history,
            wants=self._review_return,
        )
        self._pages = self._made_pages(services, further)
        self._changes = ChangesPage(tr, words)
        self._groups = QListWidget()
        self._stack = QStackedWidget()
        self._bar = SettingsBar(tr)
        self._lay_out()
        self._connect()

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody typed something here that is not saved."""
        return bool(self._draft.changes)

    def begin(self, session: StaffSession) -> None:
        """Serve somebody; what somebody else typed is dropped."""
        if session.name != self._owner:
            self._owner = session.name
            self._draft.drop()

    def enter(self) -> None:
        """Read what stands."""
        self._groups.setFocus()
        self._read()
        self._here().enter()

    def forget(self) -> None:
        """Leave no name; what was typed waits for the same person."""
        self._changes.forget()
        for page in self._pages:
            page.forget()
        self._stack.setCurrentWidget(self._here())

    # What stands, and what was typed -----------------------------------------------------------------------------

    def _read(self) -> None:
        self._work.read(self._configure.standing, self._draft.stand_on, self._bar.refuse, said=self._own_files_wrong)

    def _own_files_wrong(self, error: InputError) -> str:
        text = self._tr.text("supervisor", "Un fichier de réglages de la machine est faux : {key}.")
        return text.format(key=error.field)

    def _paint(self) -> None:
        changes = self._draft.changes
        for rank, page in enumerate(self._pages):
            count = sum(map(page.covers, changes))
            wrong = any(map(page.covers, self._draft.problems))
            mark = f"  ✖ {count}" if wrong else f"  ● {count}" if count else ""
            self._groups.item(rank).setText(f"{page.title}{mark}")
        self._bar.count(len(changes), is_wrong=bool(self._draft.problems))

    def _drop(self) -> None:
        self._draft.drop()
        self._leave_changes()

    # Saving ------------------------------------------------------------------------------------------------------

    def _review(self) -> None:
        version, changes = self._draft.version, self._draft.changes
        if not changes or self._stack.currentWidget() is self._changes:
            return

        def ask(found: Sequence[Change]) -> None:
            heading = self._tr.text("supervisor", "Enregistrer ces changements ?")
            self._ask(heading, self._tr.text("supervisor", "Enregistrer"), found, self._save)

        self._work.do(
            lambda session: self._configure.review(session, version, changes), ask, self._refuse, said=self._wrong
        )

    def _save(self) -> None:
        version, changes = self._draft.version, self._draft.changes
        self._work.do(
            lambda session: self._configure.change(session, version, changes),
            self._saved,
            self._refuse,
            said=self._wrong,
        )

    def _review_return(self, version: int) -> None:
        name = version_said(self._tr, version)

        def back() -> None:
            self._work.do(
                lambda session: self._configure.return_to(session, version),
                self._saved,
                self._refuse,
                said=self._no_way_back,
            )

        def ask(found: Sequence[Change]) -> None:
            text = self._tr.text("supervisor", "Revenir à : {version}").format(version=name)
            self._ask(text, text, found, back)

        self._work.do(
            lambda session: self._configure.review_return(session, version), ask, self._refuse, said=self._no_way_back
        )

    def _saved(self, version: int) -> None:
        name = version_said(self._tr, version)
        done = self._tr.text("supervisor", "{version} enregistrée.").format(version=name)

        def stands(standing: StandingConfiguration) -> None:
            self._draft.drop()
            self._draft.stand_on(standing)
            self._leave_changes()
            self._bar.tell(f"{done} {effect_said(self._tr)}")

        self._work.read(self._configure.standing, stands, self._refuse, said=self._own_files_wrong)

    def _refuse(self, sentence: str) -> None:
        self._leave_changes()
        self._read()
        self._bar.refuse(sentence)
        wrong = next((key for key in self._draft.changes if key in self._draft.problems), None)
        if wrong is not None:
            self._here().reach(wrong)

    def _wrong(self, error: InputError) -> str:
        problems = frozenset(error.problems if isinstance(error, SettingsRefusedError) else ())
        typed = problems & self._draft.changes.keys()
        self._draft.refuse(typed)
        rank = next((rank for rank, page in enumerate(self._pages) if any(map(page.covers, problems))), None)
        if rank is not None:
            self._groups.setCurrentRow(rank)
        if "procedures" in problems:
            return self._tr.text("supervisor", "Il faut au moins une démarche proposée. Rien n'a été enregistré.")
        if not typed:
            return self._tr.text("supervisor", "Rien n'a été enregistré : rien ne changerait, ou c'est fixé ailleurs.")
        text = self._tr.text("supervisor", "{count} à corriger. Rien n'a été enregistré.")
        return text.format(count=len(typed))

    def _no_way_back(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "Impossible de revenir à cette version : ses valeurs ne conviennent plus.")

    # The pages ---------------------------------------------------------------------------------------------------

    def _ask(self, heading: str, button: str, changes: Sequence[Change], confirmed: Callable[[], None]) -> None:
        if not changes:
            self._bar.refuse(self._tr.text("supervisor", "Rien ne changerait."))
            return
        self._stack.setCurrentWidget(self._changes)
        self._bar.hide()
        self._changes.ask(heading, button, changes, confirmed)

    def _leave_changes(self) -> None:
        self._changes.forget()
        self._bar.show()
        self._stack.setCurrentWidget(self._here())
        self._here().enter()

    def _here(self) -> SettingsPage:
        return self._pages[max(0, self._groups.currentRow())]

    def _choose(self, rank: int) -> None:
        self._changes.forget()
        self._bar.show()
        self._stack.setCurrentWidget(self._pages[rank])
        if self.isVisible():
            self._pages[rank].enter()

    def _made_pages(self, services: SettingsServices, further: Sequence[SettingsPage]) -> Sequence[SettingsPage]:
        hours, hall, *others = plain_pages(self._tr, self._draft, services.catalogue)
        ticket = TicketPage(self._tr, self._draft, self._work, services.preview)
        procedures = ProceduresPage(self._tr, self._draft, services.catalogue)
        return (hours, hall, ticket, procedures, *others, self._versions, *further)

    def _lay_out(self) -> None:
        self._groups.setObjectName("settingsGroups")
        self._groups.setAccessibleName(self._tr.text("supervisor", "Groupes de réglages"))
        self._groups.setFixedWidth(_GROUPS_PX)
        self._groups.setUniformItemSizes(True)  # the signs come from fonts of other heights
        self._groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self._pages:
            self._groups.addItem(page.title)
            self._stack.addWidget(page)
        self._stack.addWidget(self._changes)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self._stack, 1)
        right.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._groups)
        line.addLayout(right, 1)
        self._groups.setCurrentRow(0)

    def _connect(self) -> None:
        self._draft.changed.connect(self._paint)
        self._groups.currentRowChanged.connect(self._choose)
        self._bar.save_wanted.connect(self._review)
        self._bar.drop_wanted.connect(self._drop)
        self._changes.left.connect(self._leave_changes)
        save = QShortcut(QKeySequence(SAVE_KEY), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._review)
