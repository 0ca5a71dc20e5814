"""Changing the key to which carried entries are sealed, as an administrator orders it."""

from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext


def change_opening_key(centre: CentreContext, *, by: str) -> tuple[str, str]:
    """Publish another key from now on and record that; return the short names of the keys, old first.

    Kiosks ask for it within a day of their next contact. What was sealed to the old one opens as long as its file is
    here.

    Args:
        centre: whose key it is.
        by: who orders it.

    Raises:
        ConfigurationError: the folder of the keys cannot be written; nothing was changed.
    """
    old, new = centre.opening_keys.replace()
    with centre.engine.begin() as connection:
        facts = {"what": "encryption_key", "replaces": old, "key_id": new, "by": by}
        centre.journal.append(connection, EntryType.CONFIGURATION_CHANGED, {**facts})
    return old, new
