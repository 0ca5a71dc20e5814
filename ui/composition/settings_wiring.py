"""The section « Réglages » of a machine, joined to its files, its store and its paper."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import StaffSession
from kiosk.services.configure_site import ConfigureSite
from kiosk.store.store_copies import mounted_places
from ui.composition.paper import printer_of
from ui.composition.restoring import back_up_of
from ui.composition.site_configuration import ConfigurationInDirectory
from ui.composition.site_data import keys_of
from ui.composition.specimens import specimen_picture
from ui.supervisor.backup_page import BackupPage
from ui.supervisor.section import Section
from ui.supervisor.settings_section import SettingsSection, SettingsServices
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    from ui.composition.machine import Machine


def settings_section(machine: "Machine", work: StaffWork) -> Section:
    """Return the section."""
    files = files_of(machine)
    configure = configure_site(machine)

    def preview(session: StaffSession, changes: Mapping[str, JsonValue]) -> bytes:
        chosen = configure.with_changes(session, changes)
        return specimen_picture(*files.tried(chosen))

    zone = machine.site.departement.timezone
    tr = staff_translator()
    services = SettingsServices(configure, preview, machine.catalogue, zone, machine.staff.period_figures.today)
    return SettingsSection(tr, work, services, [BackupPage(tr, work, zone, back_up_of(machine), mounted_places)])


def files_of(machine: "Machine") -> ConfigurationInDirectory:
    """Return what the files of a machine say."""
    return ConfigurationInDirectory(machine.config, machine.data_dir, printer_of)


def configure_site(machine: "Machine") -> ConfigureSite:
    """Return what shows, changes and takes back the choices of administrators."""
    return ConfigureSite(
        **machine.parts,
        reading=machine.store.reading,
        signer=machine.signer,
        keys=lambda: public_keys_of(machine),
        sessions=machine.desk.sessions,
        files=files_of(machine),
    )


def public_keys_of(machine: "Machine") -> "list[EllipticCurvePublicKey]":
    """Return the keys that this machine signed with, the newest last."""
    return [*keys_of(machine.settings, machine.data_dir).retired, machine.signer.public_key]
