"""What the files of a site say, checked against its settings; where its keys lie."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from kiosk.domain.call_number import KioskRank
from kiosk.domain.holidays import Calendar
from kiosk.domain.opening_hours import ALWAYS_OPEN, WEEKDAYS, OpeningHours, spans_of
from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.errors import ConfigurationError
from kiosk.log_events import LogEvent
from kiosk.services.person_file import ReadFile
from kiosk.settings import Settings
from kiosk.store.catalogue_file import load_catalogue
from kiosk.store.key_files import (
    SIGNING_KEY_NAME,
    STORE_KEY_NAME,
    MachineKeys,
    keys_directory_of,
    load_or_create_keys,
)
from kiosk.store.places_file import load_calendar, load_places
from kiosk.translation import languages
from ui.composition.received_files import PROCEDURES_NAME, chosen_in, ordered_catalogue


@dataclass(frozen=True, slots=True)
class SiteData:
    """What the data files say, checked against the settings."""

    hours: OpeningHours
    places: Places
    catalogue: Catalogue
    calendar: Calendar
    site: Site
    rank: KioskRank

    @property
    def read_file(self) -> ReadFile:
        """Makes people's files, with this site's words and dates."""
        return ReadFile(site=self.site, catalogue=self.catalogue, places=self.places, calendar=self.calendar)


def load_site(settings: Settings, data_dir: Path | None = None) -> SiteData:
    """Load places, procedures and holidays, and the site among them.

    Args:
        settings: of the machine.
        data_dir: where what the staff screen chose and the centre ordered of the procedures lies; what does not fit
            (any more) is left out and stops nothing. None: only the site's own files.

    Raises:
        ConfigurationError: a file is wrong, or a setting names something that no file knows.
    """
    places = load_places()
    for language in settings.screen.languages:
        if language not in languages():
            raise ConfigurationError("screen.languages", f"codes among {', '.join(languages())}, not {language!r}")
    calendar, site = load_calendar(overrides=settings.holidays_file), site_of(settings, places)
    return SiteData(
        hours=hours_of(settings, site, calendar),
        places=places,
        catalogue=_catalogue(settings, data_dir),
        calendar=calendar,
        site=site,
        rank=KioskRank(settings.hall.kiosk_rank, settings.hall.site_kiosks),
    )


def _catalogue(settings: Settings, data_dir: Path | None) -> Catalogue:
    chosen, ordered = ({}, None) if data_dir is None else (chosen_in(data_dir).catalogue, ordered_catalogue(data_dir))
    own = settings.procedures_file
    for some, file in ((chosen, ordered), ({}, ordered), (chosen, None)):
        try:
            return load_catalogue(overrides=own, chosen=some, ordered=file)
        except ConfigurationError as error:
            if not some and file is None:
                raise
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, path=PROCEDURES_NAME, error=error.field)
    return load_catalogue(overrides=own)


def site_of(settings: Settings, places: Places) -> Site:
    """Return the site that the settings describe.

    Raises:
        ConfigurationError: the département is unknown.
    """
    site = settings.site
    departement = places.departements.get(site.departement)
    if departement is None:
        raise ConfigurationError("site.departement", f"a code of departements.csv, not {site.departement!r}")
    return Site(**(site.model_dump() | {"departement": departement}))


def check_hours(settings: Settings, day: str) -> None:
    """Check the spans of a day of the week.

    Raises:
        InputError: one of them is no span, or they overlap.
    """
    spans_of(f"hours.{day}", getattr(settings.hours, day))


def check_closed_days(settings: Settings) -> None:
    """Check the days on which the hall is closed, where no day of the week would show that they are wrong.

    Raises:
        InputError: one of them is no day.
    """
    hours = settings.hours
    if not any(getattr(hours, day) for day in WEEKDAYS):
        OpeningHours.of({}, timezone=ALWAYS_OPEN.timezone, closed_days=hours.closed_days)


def hours_of(settings: Settings, site: Site, calendar: Calendar) -> OpeningHours:
    """Return the opening hours that the settings describe.

    Raises:
        ConfigurationError: names the weekday whose spans are wrong.
    """
    hours = settings.hours
    return OpeningHours.of(
        {day: getattr(hours, day) for day in WEEKDAYS},
        timezone=site.departement.timezone,
        closed_days=hours.closed_days,
        calendar=calendar if hours.closed_on_holidays else None,
        holiday_zone=site.departement.holiday_zone,
    )


def keys_of(settings: Settings, data_dir: Path) -> MachineKeys:
    """Load the keys of a machine; they are made for a data directory that holds no database yet."""
    return load_or_create_keys(
        data_dir,
        encrypted=settings.store.encrypted,
        store_key_file=settings.store.key_file,
        signing_key_file=settings.signing.key_file,
    )


def key_files_of(settings: Settings, data_dir: Path) -> tuple[Path, ...]:
    """Return where the keys of a machine lie or will lie."""
    directory = keys_directory_of(data_dir)
    signing = settings.signing.key_file or directory / SIGNING_KEY_NAME
    store = settings.store.key_file or directory / STORE_KEY_NAME
    return (store, signing) if settings.store.encrypted else (signing,)
