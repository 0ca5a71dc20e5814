"""Under which keys the counters' index finds a person: those of a kiosk's store, so that both find the same people."""

from collections.abc import Sequence
from typing import Final

from kiosk.domain.identity import Identity
from kiosk.domain.name_keys import search_consonants_of, search_name_of, search_usage_name_of
from kiosk.domain.search import phone_key

KEY_LENGTH: Final = 200  # more of a name tells nobody apart, and an index has no room for pages of it


def name_keys(birth_name: str | None, given_names: Sequence[str], usage_name: str | None) -> dict[str, str | None]:
    """Return the keys of a name; none of nobody's."""
    identity = Identity(birth_name or "", tuple(given_names), usage_name)
    return {
        "search_name": _cut(search_name_of(identity)),
        "search_usage_name": _cut(search_usage_name_of(identity)),
        "search_consonants": _cut(search_consonants_of(identity)),
    }


def number_key(foreigner_number: str | None) -> str | None:
    """Return the key of a numéro étranger, None when there is none."""
    return _cut(foreigner_number)


def phone_number_key(phone: str | None) -> str | None:
    """Return the key of a telephone number, None when there is none."""
    return _cut(phone_key(phone or ""))


def _cut(key: str | None) -> str | None:
    return key[:KEY_LENGTH].replace("\0", "") or None if key else None
