"""Copying the store, and laying a copy ready, for whoever types a command on the machine."""

from pathlib import Path

from kiosk.domain.moment import instant_text
from kiosk.journal.canonical import JsonValue
from kiosk.ports.store_copies import StoreCopy
from ui.commands.answers import answer, note
from ui.commands.settings_lookup import Found
from ui.composition import founded, open_machine
from ui.composition.restoring import back_up_of


def copied(found: Found, folder: Path, by: str, *, as_json: bool) -> None:
    """Write a copy, verify it and report it.

    Raises:
        InputError: names what stood in the way; there is no copy then.
    """
    with open_machine(found.settings, found.data_dir, config=found.config) as machine:
        founded(machine)
        copy = back_up_of(machine).make_as(by, folder.expanduser().absolute())
    answer(_report(copy), as_json=as_json)


def laid_ready(found: Found, copy: Path, by: str, *, as_json: bool) -> None:
    """Verify a copy, lay it ready and report it.

    Raises:
        InputError: names what is wrong with it; nothing was laid ready then.
    """
    with open_machine(found.settings, found.data_dir, config=found.config) as machine:
        founded(machine)
        prepared = back_up_of(machine).prepare_as(by, copy.expanduser().absolute())
    note("the next start puts it back, once no other program works on the store")
    answer(_report(prepared.copy), as_json=as_json)


def _report(copy: StoreCopy) -> dict[str, JsonValue]:
    return {
        "copy": str(copy.folder),
        "made_at": instant_text(copy.made_at),
        "entries": copy.entries,
        "head": copy.head,
        "bytes": copy.size_bytes,
    }
