"""The only place that joins ports to adapters; tests call the same functions with other settings.

Importing it imports no Qt and no HTTP: paper, screens and the link are joined when they are first asked for.
"""

from ui.composition.key_change import rotate_key
from ui.composition.lifetime import founded, prepared, software_version, started
from ui.composition.loopback_centre import CENTRE_DATABASE_NAME, background_centre
from ui.composition.machine import Machine
from ui.composition.opening import open_machine
from ui.composition.paper import printer_of
from ui.composition.screens import applicant_services, gui_application, has_display
from ui.composition.site_data import SiteData, key_files_of, keys_of, load_site, site_of

__all__ = [
    "CENTRE_DATABASE_NAME",
    "Machine",
    "SiteData",
    "applicant_services",
    "background_centre",
    "founded",
    "gui_application",
    "has_display",
    "key_files_of",
    "keys_of",
    "load_site",
    "open_machine",
    "prepared",
    "printer_of",
    "rotate_key",
    "site_of",
    "software_version",
    "started",
]
