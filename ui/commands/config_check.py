"""Everything that the settings name, loaded for real; every mistake explained."""

from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.domain.opening_hours import WEEKDAYS
from kiosk.errors import BorneError, ConfigurationError, InputError
from kiosk.settings import Settings
from kiosk.settings_loading import read_settings
from kiosk.translation import TextDomain, Translator


def problems_of(config: Path | None, data_dir: Path) -> list[InputError]:
    """Return what is wrong, in the order of the settings; nothing when everything loads."""
    found = read_settings(config)
    if not isinstance(found, Settings):
        return list(found)
    checks: list[tuple[str, Callable[[], object]]] = [
        *((f"screen.languages {code}", _language_check(code)) for code in found.screen.languages),
        ("procedures_file", lambda: _catalogue(found)),
        ("holidays_file", lambda: _calendar(found)),
        ("site", lambda: _site(found)),
        *((f"hours.{day}", _hours_check(found, day)) for day in WEEKDAYS),
        ("hours.closed_days", lambda: _closed_days(found)),
        ("printer.url", lambda: _printer(found)),
        ("hall.printer_url", lambda: _counter_printer(found)),
        ("central.url", lambda: _centre(found)),
        ("evidence.time_stamp_url", lambda: _time_stamp_authority(found)),
        ("keys", lambda: _keys(found, data_dir)),
    ]
    return [problem for name, check in checks for problem in _problems(name, check)]


def _problems(name: str, check: Callable[[], object]) -> Iterator[InputError]:
    try:
        check()
    except InputError as error:
        yield error
    except (BorneError, OSError) as error:
        yield ConfigurationError(name, " ".join(str(error).split()))


def _language_check(code: str) -> Callable[[], object]:
    return lambda: Translator.of(code, TextDomain.SCREENS)


def _catalogue(settings: Settings) -> object:
    from kiosk.store.catalogue_file import load_catalogue

    return load_catalogue(overrides=settings.procedures_file)


def _calendar(settings: Settings) -> object:
    from kiosk.store.places_file import load_calendar

    return load_calendar(overrides=settings.holidays_file)


def _site(settings: Settings) -> object:
    from kiosk.store.places_file import load_places
    from ui.composition import site_of

    return site_of(settings, load_places())


def _hours_check(settings: Settings, day: str) -> Callable[[], object]:
    from ui.composition.site_data import check_hours

    return lambda: check_hours(settings, day)


def _closed_days(settings: Settings) -> None:
    from ui.composition.site_data import check_closed_days

    check_closed_days(settings)


def _printer(settings: Settings) -> object:
    from ui.composition import printer_of

    return printer_of(settings)


def _counter_printer(settings: Settings) -> object:
    from ui.composition.tickets import counter_printer_of

    return counter_printer_of(settings)


def _centre(settings: Settings) -> None:
    from urllib.parse import urlsplit

    from ui.commands.journal_reading import read_public_key

    parts = urlsplit(settings.central.url)
    if settings.central.url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ConfigurationError("central.url", f"http://HOST or https://HOST, not {settings.central.url!r}")
    if settings.central.public_key_file:
        read_public_key(settings.central.public_key_file)


def _time_stamp_authority(settings: Settings) -> None:
    from sync.client.time_stamping import HttpTimeStampAuthority

    if settings.evidence.time_stamp_url:
        HttpTimeStampAuthority(settings.evidence)


def _keys(settings: Settings, data_dir: Path) -> None:
    """Existing keys must load; missing ones are made later, unless their database exists already."""
    from kiosk.store.store import DATABASE_NAME
    from ui.composition import key_files_of, keys_of

    if (data_dir / DATABASE_NAME).exists() or all(path.exists() for path in key_files_of(settings, data_dir)):
        keys_of(settings, data_dir)
