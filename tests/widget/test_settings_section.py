"""An administrator changes what the machine offers and says: typed, read again, saved, and taken back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QMenu, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.hall import Priority
from kiosk.domain.staff import Role
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.services.configure_site import ConfigureSite
from kiosk.store.catalogue_file import load_catalogue
from tests.fakes.configurations import changed, configuring
from tests.fakes.kiosks import AKiosk
from tests.fakes.staff import A_PASSWORD, an_account
from tests.fakes.staff_windows import AStaffScreen
from ui.composition import printer_of
from ui.composition.received_files import PROCEDURES_NAME, SETTINGS_NAME
from ui.composition.site_configuration import ConfigurationInDirectory
from ui.composition.specimens import specimen_picture
from ui.supervisor.place_panel import PlacePanel
from ui.supervisor.settings_section import SettingsSection, SettingsServices
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator

CHIEF = "b.chef"


def put_in(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type a text: QTest has keys for the letters of English only."""
    if isinstance(field, QLineEdit):
        field.insert(text)
    else:
        field.insertPlainText(text)


class ASettingsScreen(AStaffScreen):
    """The staff screen with the section « Réglages » before the eyes, and hands for its forms."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder
        self._reader: StaffSession | None = None
        super().__init__(qtbot, folder, sections=self._sections)

    @property
    def service(self) -> ConfigureSite:
        """The service, as another screen would use it."""
        return configuring(self.kiosk, self.folder)

    @property
    def section(self) -> SettingsSection:
        """The section."""
        return self.widget("settingsSection", SettingsSection)

    def open(self, page: str = "settingsHours") -> None:
        """Sign the administrator in and open a page."""
        if self.window.session is None:
            self.sign_in(CHIEF, Role.ADMINISTRATOR)
        QTest.keyClick(self.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: self.section._draft.is_read)
        self.choose(page)

    def choose(self, page: str) -> None:
        """Choose a group in the list."""
        names = [each.objectName() for each in self.section._pages]
        self.widget("settingsGroups", QListWidget).setCurrentRow(names.index(page))
        assert self.page() == page

    def page(self) -> str:
        """Which page is before the eyes."""
        widget = self.section._stack.currentWidget()
        return widget.objectName() if widget is not None else ""

    def type(self, key: str, text: str) -> None:
        """Type a text in place of what stands in a field."""
        field = self.window.findChild(QWidget, key)
        assert isinstance(field, QLineEdit | QPlainTextEdit), key
        field.setFocus()
        field.selectAll()
        put_in(field, text)

    def tick(self, name: str) -> None:
        """Click a box."""
        self.widget(name, QCheckBox).click()

    def save(self) -> None:
        """Ask for the changes, read them and confirm."""
        self.review()
        self.click("confirmChanges")
        self.settle()
        self.until(lambda: not self.section._draft.changes)

    def review(self) -> None:
        """Ask for the changes."""
        QTest.keyClick(self.section, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def groups(self) -> list[str]:
        """The list of groups with its marks."""
        groups = self.widget("settingsGroups", QListWidget)
        return [groups.item(rank).text() for rank in range(groups.count())]

    def values(self) -> Mapping[str, JsonValue]:
        """What stands now, as another administrator would see it."""
        if self._reader is None:
            name = an_account(self.kiosk.desk, "z.lecteur", Role.ADMINISTRATOR)
            self._reader = self.kiosk.desk.sign_in(name, A_PASSWORD, "1")
        return {key: each.value for key, each in self.service.standing(self._reader).values.items()}

    def _sections(self, kiosk: AKiosk) -> Sequence[SectionMaker]:
        files = ConfigurationInDirectory(None, self.folder, printer_of)
        configure = configuring(kiosk, self.folder)

        def preview(session: StaffSession, changes: Mapping[str, JsonValue]) -> bytes:
            return specimen_picture(*files.tried(configure.with_changes(session, changes)))

        zone, today = kiosk.site.departement.timezone, kiosk.figures.today
        services = SettingsServices(configure, preview, load_catalogue(), zone, today)
        return [lambda work: SettingsSection(staff_translator(), work, services)]


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[ASettingsScreen]:
    screen = ASettingsScreen(qtbot, tmp_path)
    yield screen
    screen.close()


def test_opening_hours_are_typed_as_people_write_them(screen: ASettingsScreen) -> None:
    """What is not saved is marked beside the field and in the list; the review says old and new."""
    screen.open()
    screen.type("hours.monday", "8h30 à 12h, 13:30-16:00")
    screen.type("hours.closed_days", "07/05/2027")
    assert screen.said("hours.monday.mark") == "● non enregistré"
    assert screen.groups()[0] == "Horaires et fermetures  ● 2"
    assert screen.said("settingsSaid") == "2 réglages ne sont pas enregistrés."

    screen.review()
    assert screen.said("hours.monday.new") == "Après : 08:30-12:00, 13:30-16:00"
    assert screen.said("hours.closed_days.new") == "Après : 07/05/2027"
    screen.click("confirmChanges")
    screen.until(lambda: screen.said("settingsSaid").startswith("Version 1 enregistrée."))
    assert screen.groups()[0] == "Horaires et fermetures"
    values = screen.values()
    assert values["hours.monday"] == ["08:30-12:00", "13:30-16:00"]
    assert values["hours.closed_days"] == ["2027-05-07"]


def test_what_is_wrong_is_said_beside_its_field_in_words(screen: ASettingsScreen) -> None:
    """Nothing is saved; once it is typed anew the mark goes."""
    screen.open("settingsRetention")
    screen.type("retention.request_days", "zéro")
    screen.choose("settingsHall")
    screen.type("hall.counters", "1, 1")
    screen.review()
    screen.until(lambda: screen.said("settingsSaid") == "2 à corriger. Rien n'a été enregistré.")

    assert screen.said("retention.request_days.allowed").startswith("✖ À corriger. De 1 à 3650")
    assert screen.said("hall.counters.allowed").startswith("✖ À corriger. Noms séparés par des virgules")
    assert "✖" in screen.groups()[1]
    screen.type("hall.counters", "1, 2")
    screen.choose("settingsRetention")
    screen.type("retention.request_days", "45")
    assert "✖" not in "".join(screen.groups())
    screen.save()
    assert screen.values()["retention.request_days"] == 45


def test_counters_and_services_of_the_hall(screen: ASettingsScreen) -> None:
    """Two groups of procedures with one letter are one service."""
    screen.open("settingsHall")
    screen.type("hall.counters", "1, 2, Accueil")
    screen.type("letters.voyage", "c")
    screen.save()

    values = screen.values()
    assert (values["hall.counters"], values["letters.voyage"]) == (["1", "2", "Accueil"], "C")


def test_the_ticket_is_shown_with_what_was_typed(screen: ASettingsScreen) -> None:
    """Before anything is saved; a value that is wrong gives a word instead of a picture."""
    screen.open("settingsTicket")
    picture = screen.widget("ticketPicture", QLabel)
    screen.until(lambda: not picture.pixmap().isNull())
    height = picture.pixmap().height()
    field = screen.widget("site.ticket_note", QPlainTextEdit)
    field.setFocus()
    put_in(field, "Ouvert de 8h30 à 12h\nEntrée B\n")

    screen.until(lambda: picture.pixmap().height() > height)
    put_in(field, "x" * 81)
    screen.until(lambda: "Pas d'aperçu" in screen.said("ticketSaid"))
    assert screen.kiosk.facts_of(EntryType.CONFIGURATION_CHANGED) == []


def test_a_procedure_is_stopped_renamed_and_asks_for_other_documents(screen: ASettingsScreen) -> None:
    """Other languages keep the name of the catalogue."""
    screen.open("settingsProcedures")
    screen.tick("procedures.REN-SALARIE.enabled")
    assert screen.widget("settingsProcedures", QListWidget).item(0).text().startswith("● [arrêtée] Renouveler")
    screen.widget("settingsProcedures", QListWidget).setCurrentRow(1)
    screen.type("procedures.REN-ETUDIANT.local_label_fr", "Étudiant : renouveler")
    first = load_catalogue().procedures["REN-ETUDIANT"].documents[0].code
    screen.tick(f"procedures.REN-ETUDIANT.documents.{first}")
    screen.save()

    values = screen.values()
    assert values["procedures.REN-SALARIE.enabled"] is False
    assert values["procedures.REN-ETUDIANT.local_label_fr"] == "Étudiant : renouveler"
    documents = values["procedures.REN-ETUDIANT.documents"]
    assert isinstance(documents, list)
    assert first not in documents
    assert documents


def test_languages_keep_their_places_and_french_stays(screen: ASettingsScreen) -> None:
    """A language that is offered again goes back where it was."""
    screen.open("settingsLanguages")
    assert not screen.widget("screen.languages.fr", QCheckBox).isEnabled()
    screen.tick("screen.languages.en")
    screen.save()
    assert "en" not in str(screen.values()["screen.languages"]).split("'")
    screen.tick("screen.languages.en")
    screen.save()

    languages = screen.values()["screen.languages"]
    assert isinstance(languages, list)
    assert languages.index("en") == languages.index("ar") + 1


def test_priorities_and_the_printer(screen: ASettingsScreen) -> None:
    """An address that no program can read is refused before it is kept."""
    screen.open("settingsPriorities")
    screen.tick("hall.priorities.vulnerable")
    screen.choose("settingsPrinter")
    screen.type("printer.url", "pigeon://toit")
    screen.review()
    screen.until(lambda: screen.said("printer.url.allowed").startswith("✖"))
    screen.type("printer.url", "tcp://10.0.0.7:9100")
    screen.save()

    values = screen.values()
    assert (values["hall.priorities"], values["printer.url"]) == (
        ["rights_expire", "summons_missed"],
        "tcp://10.0.0.7:9100",
    )


def test_what_the_centre_decided_is_marked_and_cannot_be_typed(screen: ASettingsScreen) -> None:
    """Whoever reads the form sees why."""
    (screen.folder / SETTINGS_NAME).write_text('{"retention": {"request_days": 60}}')
    (screen.folder / PROCEDURES_NAME).write_text('[[procedure]]\ncode = "REN-SALARIE"\nenabled = true\n')
    screen.open("settingsRetention")
    screen.until(lambda: screen.said("retention.request_days.mark") == "Fixé par le centre")

    assert not screen.widget("retention.request_days", QLineEdit).isEnabled()
    screen.choose("settingsProcedures")
    assert not screen.widget("procedures.REN-SALARIE.enabled", QCheckBox).isEnabled()


def test_the_history_says_who_and_when_and_leads_back(screen: ASettingsScreen) -> None:
    """Going back shows what will change, and is a new version."""
    screen.open()
    screen.type("hours.monday", "08:30-12:00")
    screen.save()
    screen.type("hours.monday", "09:00-11:00")
    screen.save()
    screen.choose("settingsHistory")
    versions = screen.widget("settingsVersions", QListWidget)
    screen.until(lambda: versions.count() == 3)
    assert f"Version 2\n20/11/2026 09:03 · {CHIEF}" == versions.item(0).text()

    versions.setCurrentRow(1)
    screen.click("returnToVersion")
    screen.until(lambda: screen.said("changesHeading") == "Revenir à : Version 1")
    assert screen.said("hours.monday.new") == "Après : 08:30-12:00"
    screen.click("confirmChanges")
    screen.until(lambda: versions.count() == 4)
    assert versions.item(0).text().startswith("Version 3 (retour à : Version 1)")
    assert screen.values()["hours.monday"] == ["08:30-12:00"]


def test_somebody_else_was_faster(screen: ASettingsScreen) -> None:
    """What was typed is not lost: it stands above what the other one saved."""
    screen.open()
    other = screen.kiosk.desk.sign_in(an_account(screen.kiosk.desk, "c.autre", Role.ADMINISTRATOR), A_PASSWORD, "1")
    changed(screen.service, other, {"hours.tuesday": ["08:00-09:00"]})
    screen.type("hours.monday", "08:30-12:00")
    screen.review()

    screen.until(lambda: screen.said("settingsSaid").startswith("Quelqu'un a changé les réglages"))
    screen.until(lambda: screen.section._draft.version == 1)
    assert screen.widget("hours.tuesday", QLineEdit).text() == "08:00-09:00"
    screen.save()
    values = screen.values()
    assert (values["hours.monday"], values["hours.tuesday"]) == (["08:30-12:00"], ["08:00-09:00"])


def test_what_was_typed_waits_behind_a_lock_for_the_same_person(screen: ASettingsScreen) -> None:
    """Whoever comes instead begins anew; no name of a colleague stays."""
    screen.open("settingsHistory")
    screen.choose("settingsHours")
    screen.type("hours.monday", "08:30-12:00")
    screen.window.lock()
    assert not screen.window.is_unattended  # a program that begins anew would lose it
    screen.write("password", A_PASSWORD)
    screen.click("enter")
    screen.until(lambda: screen.window.session is not None)
    assert screen.widget("hours.monday", QLineEdit).text() == "08:30-12:00"
    screen.save()
    screen.choose("settingsHistory")
    versions = screen.widget("settingsVersions", QListWidget)
    screen.until(lambda: versions.count() == 2)
    assert CHIEF in versions.item(0).text()

    screen.type("hours.tuesday", "08:30-12:00")
    screen.window.sign_out()
    assert versions.count() == 0
    screen.until(lambda: screen.window.is_unattended)
    screen.sign_in("d.autre", Role.ADMINISTRATOR)
    assert screen.widget("hours.tuesday", QLineEdit).text() == ""


def test_changes_can_be_dropped_and_the_review_left(screen: ASettingsScreen) -> None:
    """Esc leads back to the form; dropping shows what stands."""
    screen.open()
    screen.type("hours.monday", "08:30-12:00")
    screen.review()
    screen.until(lambda: screen.page() == "settingsChanges")
    screen.click("leaveChanges")
    assert screen.page() == "settingsHours"
    assert screen.widget("hours.monday", QLineEdit).text() == "08:30-12:00"
    screen.click("dropSettings")

    assert screen.widget("hours.monday", QLineEdit).text() == ""
    assert not screen.can("saveSettings")


def test_every_field_and_button_has_a_name_and_is_reached_by_keys(screen: ASettingsScreen) -> None:
    """Page by page, for whoever listens or has no mouse."""
    screen.open()
    for page in screen.section._pages:
        screen.choose(page.objectName())
        kinds = (QLineEdit, QPlainTextEdit, QCheckBox, QPushButton, QListWidget)
        for widget in (found for kind in kinds for found in page.findChildren(kind)):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName(), widget.objectName()
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


def test_a_locked_screen_with_nothing_unsaved_is_unattended(screen: ASettingsScreen) -> None:
    """Unless somebody types a password just now."""
    screen.open()
    seen = [screen.window.is_unattended]
    screen.window.lock()
    seen.append(screen.window.is_unattended)
    screen.write("password", "x")
    seen.append(screen.window.is_unattended)

    assert seen == [False, True, False]


def test_only_the_reasons_of_the_office_are_in_the_menu(qtbot: QtBot, fonts: tuple[str, ...]) -> None:
    """And the way to take a priority away."""
    panel = PlacePanel(staff_translator(), "Europe/Paris", ("1",), {"A": "x"}, (Priority.RIGHTS_EXPIRE,))
    qtbot.addWidget(panel)
    menu = panel.findChild(QMenu, "priorityMenu")
    assert isinstance(menu, QMenu)

    assert [entry.text() for entry in menu.actions()] == ["&1  Titre qui finit sous 15 jours", "&2  Sans priorité"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("site.service_name", "S" * 121),
        ("site.service_phone", " "),
        ("site.service_address", ""),
        ("site.kiosk_place", ""),
    ],
)
def test_what_a_ticket_must_name_is_neither_empty_nor_endless(screen: ASettingsScreen, key: str, text: str) -> None:
    """CRPA R. 112-5; a name of 300 letters would be cut on every screen."""
    screen.open("settingsTicket")
    field = screen.window.findChild(QWidget, key)
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.clear()
    screen.section._draft.set(key, [] if key == "site.service_address" else text)
    screen.review()

    screen.until(lambda: screen.said(f"{key}.allowed").startswith("✖"))
    assert screen.said("settingsSaid") == "1 à corriger. Rien n'a été enregistré."


def test_a_refused_value_comes_into_sight_with_the_keyboard_in_it(screen: ASettingsScreen) -> None:
    """The last field of a long form, refused while another page was before the eyes."""
    screen.open("settingsTicket")
    screen.type("site.ticket_note", "x" * 2000)
    screen.choose("settingsHours")
    screen.review()
    field = screen.widget("site.ticket_note", QPlainTextEdit)
    screen.until(lambda: screen.said("site.ticket_note.allowed").startswith("✖"))

    screen.until(field.hasFocus)
    screen.until(lambda: not field.visibleRegion().isEmpty())


def test_a_closed_day_that_is_over_is_said_to_be_so(screen: ASettingsScreen) -> None:
    """A wrong year would leave the kiosk open on the day that was meant; it is no error, since old days may stay."""
    screen.open()
    screen.type("hours.monday", "08:30-12:00")
    screen.type("hours.closed_days", "07/05/2020\n07/05/2027")
    screen.review()

    screen.until(lambda: screen.said("changesHeading") != "")
    assert screen.said("hours.closed_days.new") == "Après : 07/05/2020 (déjà passé), 07/05/2027"


def test_a_value_is_read_again_as_it_was_typed(screen: ASettingsScreen) -> None:
    """« Hall <b>A</b> » would be read as « Hall A » and kept as something else."""
    screen.open("settingsTicket")
    screen.type("site.kiosk_place", "Hall <b>A</b>")
    screen.review()

    new = screen.widget("site.kiosk_place.new", QLabel)
    screen.until(lambda: new.text() == "Après : Hall <b>A</b>")
    assert new.textFormat() == Qt.TextFormat.PlainText
