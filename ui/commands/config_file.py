"""The settings as text: a commented TOML file, and the values in force."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from kiosk.settings import Settings, declared_settings, environment_variable, section_of

_HEAD = """\
# Settings of one Borne. Every key may be left out: its default then applies.
# A variable of the environment overrides its key and is named beside it.
# Relative paths are relative to the folder of this file. Secrets are files, never values here.
"""


def commented_toml() -> str:
    """Return a TOML file with every setting; those of the site are written out, the others stand as comments."""
    lines = [_HEAD]
    single = [item for item in declared_settings() if "." not in item[0]]
    for key, field in single:
        lines += _setting(key, field, is_active=False)
    for name, field in Settings.model_fields.items():
        section = section_of(field)
        if section is None:
            continue
        lines += ["", f"# {section.__doc__}", f"[{name}]"]
        for key, setting in declared_settings(section, f"{name}."):
            lines += _setting(key, setting, is_active=name == "site")
    return "\n".join(lines) + "\n"


def _setting(key: str, field: FieldInfo, *, is_active: bool) -> Iterator[str]:
    limits = f"; {allowed_values(field)}" if allowed_values(field) else ""
    yield f"# {field.description} ({environment_variable(key)}{limits})"
    value = '"PATH"' if field.default is None else toml_value(field.default)
    yield f"{'' if is_active else '#'}{key.rpartition('.')[2]} = {value}"


def allowed_values(field: FieldInfo) -> str:
    """Return the range or the choices of a setting in words, empty when anything of its type goes."""
    choices = _choices(field.annotation)
    if choices:
        several = "any of" if get_origin(field.annotation) is tuple else "one of"
        return f"{several} {', '.join(map(str, choices))}"
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than", "pattern": "form"}
    limits = [(word, getattr(rule, name, None)) for rule in field.metadata for name, word in words.items()]
    return ", ".join(f"{word} {limit}" for word, limit in limits if limit is not None)


def _choices(annotation: object) -> tuple[object, ...]:
    """Return the values that a type names, alone, beside None, or as what a list holds; none for any other type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next(filter(None, map(_choices, get_args(annotation))), ())


def toml_value(value: object) -> str:
    """Return a value of the settings as TOML (JSON strings, numbers and booleans are TOML)."""
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False, default=str)  # days are written as they are read
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)


def plain_settings(settings: Settings) -> dict[str, str]:
    """Return every setting in force by its dotted key, written as TOML; ``-`` for what is not set."""
    plain: dict[str, str] = {}
    for key, _ in declared_settings():
        value: object = settings
        for part in key.split("."):
            value = getattr(value, part)
        plain[key] = "-" if value is None else toml_value(value)
    return plain
