"""From what a printer calls itself to the settings that use it."""

import re
from typing import Final

from printing.escpos.profile import profiles, python_escpos_names

GENERIC: Final = "generic-80"
_OWN: Final = "the profile of this model"
_FAMILY: Final = "a model of the same family; compare with `printer test --page`"
_OTHERS: Final = "a profile of python-escpos; compare with `printer test --page`"
_UNKNOWN: Final = "no profile is known for it; `printer test --page` shows width and code pages"
_UNNAMED: Final = "it does not say its model; `printer test --page` shows width and code pages"


def guessed_profile(model: str | None) -> tuple[str, str]:
    """Return the code of the profile that fits a model's name, and why it was chosen."""
    if not model:
        return GENERIC, _UNNAMED
    wanted = _letters_and_digits(model)
    own = {
        code: [_letters_and_digits(part) for part in profile.name.split(",")] for code, profile in profiles().items()
    }
    for code, names in own.items():
        if any(name.endswith(wanted) for name in names):
            return code, _OWN
    for name in python_escpos_names():
        if _letters_and_digits(name) == wanted:
            return name, _OTHERS
    family = re.match(r"[A-Z]+\d+", wanted)
    for code, names in own.items():
        if family and any(re.search(rf"{family.group()}(?!\d)", name) for name in names):
            return code, _FAMILY
    return GENERIC, _UNKNOWN


def _letters_and_digits(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def settings_text(url: str, profile: str) -> str:
    """Return the section ``printer`` of the configuration, ready to paste."""
    return f'[printer]\nurl = "{url}"\nprofile = "{profile}"\n'
