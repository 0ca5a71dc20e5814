"""Entries carried by hand: written at the kiosk, taken at the centre, acknowledged at the kiosk."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import BundleRefusedError, ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from ui.composition import Machine

if TYPE_CHECKING:
    from sync.central.carried.take_bundle import TakenBundle

Report = tuple[dict[str, JsonValue], str]


@dataclass(frozen=True, slots=True)
class CentreHere:
    """Where the centre's database is, as the command line says it; see ``sync import --help``."""

    config: Path | None
    data_dir: Path | None
    database: str | None
    name: str
    trust_first_use: bool


def is_bundle(file: Path) -> bool:
    """Tell a bundle from everything else; a damaged one counts, so that it is refused as such.

    Raises:
        InputError: there is no such file.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(2) == b"PK" or zipfile.is_zipfile(file)
    except OSError as error:
        raise InputError("FILE", f"a file that can be read, not {file} ({error.strerror})") from error


def carried_out(machine: Machine, out: Path, *, from_seq: int | None, centre_key: Path | None) -> Report:
    """Write a bundle and say what it holds.

    Raises:
        InputError: the file cannot be written, the centre's key is not known, there is no such entry.
    """
    recipient = machine.trust.pin.encryption_key(centre_key)
    made = machine.link.carry_out(out, recipient, from_seq=from_seq)
    if made is None:
        return {"file": None, "count": 0}, "nothing to carry: the centre holds everything"
    count = made.last_seq - made.first_seq + 1
    report: dict[str, JsonValue] = {
        "file": str(made.file),
        "bundle": made.bundle,
        "stream": made.stream,
        "first_seq": made.first_seq,
        "last_seq": made.last_seq,
        "count": count,
    }
    return report, (
        f"{made.file}: {count} entries of {made.stream}, {made.first_seq} to {made.last_seq}, signed and encrypted; "
        "at the centre: `sync import` it, and bring the acknowledgement back"
    )


def bundle_taken(here: CentreHere, file: Path, out: Path | None, *, by: str) -> Report:
    """Take a bundle at the centre, write the acknowledgement, and say what became of it.

    Raises:
        BundleRefusedError: nothing was taken of it, or not all; says why.
        InputError: a file cannot be read or written, or no centre is here.
    """
    from sync.central.carried.take_bundle import TakeBundle
    from sync.central.receiver import receiver
    from ui.commands.centre_database import centre_here

    with centre_here(
        here.config, here.data_dir, here.database, here.name, trust_first_use=here.trust_first_use
    ) as centre:
        try:
            taken = TakeBundle(centre, receiver(centre))(file, by=by)
        except BundleRefusedError as error:
            raise BundleRefusedError(f"{file.name} is refused: {error}") from error
    written = _written(file, out, taken)
    report: dict[str, JsonValue] = {
        "origin": taken.origin,
        "stream": taken.stream,
        "bundle": taken.bundle,
        "first_seq": taken.first_seq,
        "last_seq": taken.last_seq,
        "new": taken.new,
        "already_held": taken.new == 0,
        "accepted_to": taken.accepted.accepted_to,
        "quarantined": list(taken.accepted.quarantined),
        "acknowledgement": str(written),
    }
    what = f"{taken.new} new entries" if taken.new else "nothing new, all of it was held already"
    return report, (
        f"{taken.stream}, {taken.first_seq} to {taken.last_seq}: {what}; held up to {taken.accepted.accepted_to}; "
        f"bring the acknowledgement back to the kiosk: {written}"
    )


def acknowledgement_taken(machine: Machine, file: Path) -> Report:
    """Take the centre's answer back at the kiosk, and say what that changes.

    Raises:
        BundleRefusedError: it is not our centre's word about our entries; says why.
        InputError: it cannot be read, or this machine knows no centre.
    """
    from sync.client.carry_out import MOST_ACKNOWLEDGEMENT_BYTES

    centre_key = machine.trust.pin.known()
    if centre_key is None:
        raise ConfigurationError("central.public_key_file", "the key of the centre; this machine knows no centre yet")
    try:
        with file.open("rb") as opened:
            document = opened.read(MOST_ACKNOWLEDGEMENT_BYTES + 1)
    except OSError as error:
        raise InputError("FILE", f"a file that can be read, not {file} ({error.strerror})") from error
    try:
        back = machine.link.take_acknowledgement(centre_key)(document)
    except BundleRefusedError as error:
        raise BundleRefusedError(f"{file.name} is refused: {error}") from error
    report: dict[str, JsonValue] = {
        "accepted_to": back.accepted_to,
        "already_held": back.was_known,
        "pending": machine.desk.backlog().pending,
    }
    said = "this was known already" if back.was_known else "they are not sent again"
    return report, f"the centre holds the entries up to {back.accepted_to}: {said}"


def _written(file: Path, out: Path | None, taken: "TakenBundle") -> Path:
    name = f"borne-accuse-{taken.stream}-{taken.accepted.accepted_to}.json"
    path = file.with_name(name) if out is None else out / name if out.is_dir() else out
    try:
        path.write_text(taken.accepted.model_dump_json() + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            "--out", f"a place where the acknowledgement can be written, not {path} ({error.strerror}); "
            "the entries were taken: import again with another --out",
        ) from error  # fmt: skip
    return path
