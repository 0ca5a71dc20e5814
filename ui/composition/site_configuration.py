"""The files behind the section « Réglages »: what a start would find, who decided it, and what waits for the next."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from kiosk.domain.opening_hours import WEEKDAYS
from kiosk.domain.procedure import Catalogue
from kiosk.durable_files import replace_durably
from kiosk.errors import ConfigurationError, InputError, SettingsRefusedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.site_configuration import is_genuine
from kiosk.log_events import LogEvent
from kiosk.ports.configuration import StandingValue, ValueSource
from kiosk.settings import STAFF_MAY_SET, Settings
from kiosk.settings_loading import is_set_by_environment, read_settings, received_keys
from kiosk.store.catalogue_file import load_catalogue, ordered_keys
from kiosk.store.key_files import MachineKeys
from kiosk.store.store import Store
from kiosk.translation import SOURCE_LANGUAGE, languages
from ui.composition.received_files import SETTINGS_NAME, STAFF_NAME, Chosen, ordered_catalogue
from ui.composition.site_data import SiteData, check_closed_days, check_hours, load_site

_OF_PROCEDURE: Final = re.compile(r"procedure ([A-Z0-9-]+)\.(\w+)")


class ConfigurationInDirectory:
    """A :class:`kiosk.ports.configuration.ConfigurationFiles` of a machine."""

    def __init__(self, config: Path | None, data_dir: Path, check_printer: Callable[[Settings], object]) -> None:
        """Take what it works with.

        Args:
            config: the machine's own file; None for the sample site.
            data_dir: where what was decided for the machine lies.
            check_printer: refuses the address of a printer that no program can read.
        """
        self._config, self._data_dir = config, data_dir
        self._check_printer = check_printer

    def standing(self, chosen: Mapping[str, JsonValue]) -> Mapping[str, StandingValue]:
        """Return every value that the staff screen may change, as a start would find it."""
        parts = Chosen.of(chosen)
        settings, problems = self._fitting(parts.settings)
        problems |= {_key_of(error.field): error.expectation for error in self._problems(settings)}
        ordered = ordered_catalogue(self._data_dir)
        try:
            catalogue = _catalogue(settings, parts, ordered)
        except ConfigurationError as error:
            raise SettingsRefusedError({**problems, _key_of(error.field): error.expectation}) from error
        if not catalogue.procedures:
            problems["procedures"] = "at least one procedure that is offered"
        if problems:
            raise SettingsRefusedError(problems)
        by_centre = received_keys(self._data_dir / SETTINGS_NAME)
        if ordered is not None:
            by_centre |= ordered_keys(ordered)
        found = {**_settings_values(settings), **_catalogue_values(catalogue)}
        return {key: StandingValue(value, _source(key, chosen, by_centre)) for key, value in found.items()}

    def tried(self, chosen: Mapping[str, JsonValue]) -> tuple[Settings, SiteData]:
        """Return what a start would work with.

        Raises:
            SettingsRefusedError: a start would refuse something.
        """
        self.standing(chosen)
        parts = Chosen.of(chosen)
        settings, _ = self._fitting(parts.settings)
        catalogue = _catalogue(settings, parts, ordered_catalogue(self._data_dir))
        return settings, replace(load_site(settings), catalogue=catalogue)

    def keep(self, document: bytes) -> None:
        """Keep a version for the next start."""
        replace_durably(self._data_dir / STAFF_NAME, document)

    def _fitting(self, chosen: Mapping[str, JsonValue]) -> tuple[Settings, dict[str, str]]:
        """Load settings as a start would, without the values that are wrong by themselves, which are named beside."""
        left, problems = dict(chosen), dict[str, str]()
        while not isinstance(found := self._read(left), Settings):
            wrong = {_key_of(error.field): error.expectation for error in found}
            problems |= wrong
            if not wrong.keys() & left.keys():
                raise SettingsRefusedError(problems)
            left = {key: value for key, value in left.items() if key not in wrong}
        return found, problems

    def _read(self, chosen: Mapping[str, JsonValue]) -> Settings | list[ConfigurationError]:
        """What the centre sent and does not fit here any more is left out, as at a start."""
        found = read_settings(self._config, self._data_dir / SETTINGS_NAME, chosen)
        return found if isinstance(found, Settings) else read_settings(self._config, None, chosen)

    def _problems(self, settings: Settings) -> Iterator[InputError]:
        checks: list[Callable[[Settings], object]] = [check_closed_days, _counters, _french, self._check_printer]
        hours: list[Callable[[Settings], object]] = [partial(check_hours, day=day) for day in WEEKDAYS]
        for check in (*hours, *checks):
            try:
                check(settings)
            except InputError as error:
                yield error


def settle_configuration(store: Store, data_dir: Path, origin: str, keys: MachineKeys) -> None:
    """Let the file say what the store holds: a power cut may have come between them, or somebody changed the file."""
    with store.reading() as unit:
        latest = unit.configurations.latest()
    path, own = data_dir / STAFF_NAME, (*keys.retired, keys.signer.public_key)
    try:
        if latest is None:
            path.unlink(missing_ok=True)
        elif _differs(path, latest.document) and is_genuine(latest.document, origin, own):
            replace_durably(path, latest.document)
    except OSError as error:
        structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, path=STAFF_NAME, error=type(error).__name__)


def _differs(path: Path, document: bytes) -> bool:
    return not path.exists() or path.read_bytes() != document


def _catalogue(settings: Settings, chosen: Chosen, ordered: Path | None) -> Catalogue:
    return load_catalogue(overrides=settings.procedures_file, chosen=chosen.catalogue, ordered=ordered)


def _settings_values(settings: Settings) -> dict[str, JsonValue]:
    tables = settings.model_dump(mode="json")
    found: dict[str, JsonValue] = {}
    for key in STAFF_MAY_SET:
        section, _, name = key.partition(".")
        found[key] = tables[section][name]
    return found


def _catalogue_values(catalogue: Catalogue) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {f"letters.{group.code}": group.service_letter for group in catalogue.groups}
    for procedure in (*catalogue.procedures.values(), *catalogue.withdrawn.values()):
        found[f"procedures.{procedure.code}.enabled"] = procedure.enabled
        found[f"procedures.{procedure.code}.local_label_fr"] = procedure.local_label_fr
        found[f"procedures.{procedure.code}.documents"] = [document.code for document in procedure.documents]
    return found


def _source(key: str, chosen: Mapping[str, JsonValue], by_centre: frozenset[str]) -> ValueSource:
    if key in STAFF_MAY_SET and is_set_by_environment(key):
        return ValueSource.ENVIRONMENT
    if key in by_centre:
        return ValueSource.CENTRE
    return ValueSource.STAFF if key in chosen else ValueSource.SITE


def _key_of(field: str) -> str:
    """Return the dotted key that an error is about: errors name the place in a list or in a file."""
    match = _OF_PROCEDURE.search(field)
    if match is not None:
        return f"procedures.{match[1]}.{match[2]}"
    return next((key for key in STAFF_MAY_SET if field == key or field.startswith(f"{key}.")), field)


def _counters(settings: Settings) -> None:
    counters = [name.strip() for name in settings.hall.counters]
    if len(set(counters)) < len(counters) or not all(counters):
        raise ConfigurationError("hall.counters", "names that are not the same")


def _french(settings: Settings) -> None:
    offered = settings.screen.languages
    if SOURCE_LANGUAGE not in offered or not set(offered) <= set(languages()):
        raise ConfigurationError("screen.languages", "French, and languages that the program has")
