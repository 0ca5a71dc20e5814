"""Reading the settings: a TOML file, what staff chose, what the centre sent, the environment; the later win.

What is wrong is said by its key, with what was expected and where it was written.
"""

import difflib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kiosk.errors import ConfigurationError
from kiosk.settings import (
    CENTRE_MAY_SET,
    ENVIRONMENT_PREFIX,
    STAFF_MAY_SET,
    Settings,
    declared_settings,
    environment_variable,
    section_of,
)

NOTHING_CHOSEN: Final[Mapping[str, object]] = {}


def load_settings(
    config: Path | None = None, received: Path | None = None, chosen: Mapping[str, object] = NOTHING_CHOSEN
) -> Settings:
    """Return the settings of a TOML file, of the staff screen, of the centre and of the environment; the later win.

    Args:
        config: the file; None for the defaults, which are the sample site.
        received: what the centre sent (JSON); need not exist.
        chosen: dotted key to value, as chosen at the staff screen.

    Raises:
        ConfigurationError: names the first key that is wrong and what was expected of it.
    """
    found = read_settings(config, received, chosen)
    if isinstance(found, Settings):
        return found
    raise found[0]


def read_settings(
    config: Path | None = None, received: Path | None = None, chosen: Mapping[str, object] = NOTHING_CHOSEN
) -> Settings | list[ConfigurationError]:
    """Return the settings, or everything that is wrong with them, one error for each key."""
    problems = [*_unknown_variables(), *_unreadable_variables()]
    if problems:
        return problems
    try:
        data = _with_chosen({} if config is None else _toml_tables(config), chosen)
        if received is not None and received.exists():
            data = _with_received(data, received)
        settings = Settings.model_validate(data)
    except ConfigurationError as error:
        problems.append(error)
    except ValidationError as error:
        problems.extend(_problem(details, config) for details in error.errors())
    else:
        return settings
    return problems


def checked_centre_settings(tables: Mapping[str, object]) -> None:
    """Check settings that the centre sends for this machine.

    Raises:
        ConfigurationError: names the first that is unknown, wrong, or not the centre's to decide.
    """
    for name, table in tables.items():
        keys = [f"{name}.{key}" for key in table] if isinstance(table, dict) else [name]
        for key in keys:
            if key not in CENTRE_MAY_SET:
                raise ConfigurationError(key, "a setting that the centre may decide")
    try:
        Settings.model_validate(dict(tables))
    except ValidationError as error:
        raise _problem(error.errors()[0], None) from error


def is_set_by_environment(key: str) -> bool:
    """Whether a variable decides a setting, alone or with its whole section."""
    section, _, _ = key.partition(".")
    return environment_variable(key) in os.environ or environment_variable(section) in os.environ


def received_keys(received: Path) -> frozenset[str]:
    """Return the settings that the centre decided; none when it sent nothing that can be used."""
    try:
        tables = json.loads(received.read_text(encoding="utf-8"))
        checked_centre_settings(tables)
    except (OSError, ValueError, AttributeError, ConfigurationError):
        return frozenset()
    return frozenset(f"{name}.{key}" for name, table in tables.items() if isinstance(table, dict) for key in table)


def _with_chosen(data: Mapping[str, object], chosen: Mapping[str, object]) -> dict[str, object]:
    """Lay what was chosen at the staff screen over a site's own file.

    Raises:
        ConfigurationError: a key is not one that staff decide.
    """
    merged = dict(data)
    for key, value in chosen.items():
        if key not in STAFF_MAY_SET:
            raise ConfigurationError(key, "a setting that the staff screen may decide")
        section, _, name = key.partition(".")
        own = merged.get(section)
        merged[section] = {**(own if isinstance(own, dict) else {}), name: value}
    return merged


def _with_received(data: Mapping[str, object], received: Path) -> dict[str, object]:
    """Lay what the centre sent over a site's own file; what it may not decide was refused when it came."""
    try:
        tables = json.loads(received.read_text(encoding="utf-8"))
        checked_centre_settings(tables)
    except (OSError, ValueError, AttributeError) as error:
        expected = f"settings that the centre may send ({error}); without the file the machine starts"
        raise ConfigurationError(str(received), expected) from error
    merged = dict(data)
    for name, table in tables.items():
        own = merged.get(name)
        merged[name] = {**own, **table} if isinstance(own, dict) and isinstance(table, dict) else table
    return merged


def _toml_tables(config: Path) -> dict[str, object]:
    """Read the file; paths in it are relative to its own folder."""
    try:
        tables = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"--config {config}", f"a readable TOML file ({_reason(error)})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"--config {config}", f"valid TOML ({error})") from error
    return _anchored(tables, Settings, config.resolve().parent)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "not UTF-8"


def _anchored(table: Mapping[str, object], model: type[BaseModel], folder: Path) -> dict[str, object]:
    anchored = dict(table)
    for name, field in model.model_fields.items():
        value, section = anchored.get(name), section_of(field)
        if section is not None and isinstance(value, dict):
            anchored[name] = _anchored(value, section, folder)
        elif isinstance(value, str) and Path in get_args(field.annotation):
            anchored[name] = folder / Path(value).expanduser()
    return anchored


def _unknown_variables() -> Iterator[ConfigurationError]:
    known = {environment_variable(key) for key, _ in declared_settings()}
    sections = {ENVIRONMENT_PREFIX + name.upper() for name, field in Settings.model_fields.items() if section_of(field)}
    for name in sorted(os.environ):
        if name.upper().startswith(ENVIRONMENT_PREFIX) and name.upper() not in known | sections:
            yield ConfigurationError(name, f"no such setting{_nearest(name.upper(), known)}")


def _unreadable_variables() -> Iterator[ConfigurationError]:
    """Lists and whole sections are JSON in a variable; pydantic-settings would not say which one is not."""
    fields = [*declared_settings(), *((name, field) for name, field in Settings.model_fields.items())]
    for key, field in fields:
        text = os.environ.get(environment_variable(key))
        if text is None or not (section_of(field) or get_origin(field.annotation) is tuple):
            continue
        try:
            json.loads(text)
        except ValueError:
            example = '{"url": "none:"}' if section_of(field) else '["fr", "ar"]'
            yield ConfigurationError(environment_variable(key), f"JSON, for example {example}, not {text!r}")


def _problem(details: ErrorDetails, config: Path | None) -> ConfigurationError:
    """Translate one finding of pydantic: which key, what was expected, what was there, where it was written."""
    known = [key for key, _ in declared_settings()]
    key = ".".join(str(part) for part in details["loc"])
    if details["type"] == "extra_forbidden":
        return ConfigurationError(key, f"no such setting{_nearest(key, known)}")
    setting = next((name for name in known if key == name or key.startswith(f"{name}.")), key)
    variable = environment_variable(setting)
    place = variable if variable in os.environ else str(config) if config else "the environment"
    expectation = details["msg"].removeprefix("Input should be ").removeprefix("Input should ")
    purpose = dict(declared_settings())[setting].description if setting in known else None
    return ConfigurationError(key, f"{expectation}, not {details['input']!r} (in {place}; {purpose or 'a table'})")


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    return f"; the nearest is {close[0]}" if close else ""
