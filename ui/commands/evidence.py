"""Evidence from outside and for outside: time stamps, and the journal as an archive that anybody can check."""

from pathlib import Path

from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError
from kiosk.journal.canonical import JsonValue
from kiosk.ports.evidence_archive import Days
from kiosk.settings import Settings
from ui.composition import open_machine, prepared


def stamp_now(settings: Settings, data_dir: Path) -> dict[str, JsonValue]:
    """Have the last entry stamped and return ``{seq, hash, stamped_at}`` of the newest token.

    Raises:
        ConfigurationError: no authority is configured.
        TimeStampError: it gave no token; nothing was recorded.
    """
    with open_machine(settings, data_dir) as machine:
        if machine.evidence.stamp_head is None:
            raise ConfigurationError("evidence.time_stamp_url", "the address of a time-stamp authority; it is empty")
        with prepared(machine):
            machine.evidence.stamp_head()
        with machine.store.reading() as unit:
            newest = unit.time_stamps.latest()
    if newest is None:
        return {"seq": 0, "hash": "", "stamped_at": None}
    return {"seq": newest.seq, "hash": newest.hash, "stamped_at": instant_text(newest.stamped_at)}


def export_journal(
    settings: Settings, data_dir: Path, out: Path, *, days: Days, with_payloads: bool, agent: str
) -> dict[str, JsonValue]:
    """Write an archive of the journal and return what is in it.

    Raises:
        ConfigurationError: the archive cannot be written, or a key of the centre or authority cannot be read.
        InputError: nothing was recorded in these days.
        StoreError: the export could not be recorded; no archive is left.
    """
    from kiosk.store.archive_file import new_archive

    with open_machine(settings, data_dir) as machine, prepared(machine), new_archive(out) as archive:
        manifest = machine.evidence.export_journal(archive, with_payloads=with_payloads, by=agent, days=days)
    return {
        "out": str(out),
        "origin": manifest.origin,
        "first_seq": manifest.first_seq,
        "last_seq": manifest.last_seq,
        "head": manifest.head,
        "with_payloads": manifest.with_payloads,
        "key_id": manifest.key_id,
        "files": len(manifest.files) + 2,
    }


def archive_verdict(path: Path, public_key: Path | None) -> dict[str, JsonValue]:
    """Check an archive from scratch, without any data of this machine, and return the verdict.

    Raises:
        ConfigurationError: the archive or the key cannot be read.
    """
    from kiosk.errors import ArchiveBrokenError
    from kiosk.services.verify_archive import ArchiveReport, verify_archive
    from kiosk.store.archive_file import opened_archive
    from ui.commands.journal_reading import read_public_key

    trusted = [read_public_key(public_key)] if public_key else []
    try:
        with opened_archive(path) as archive:
            report = verify_archive(archive, trusted)
    except ArchiveBrokenError as error:
        report = ArchiveReport(fault=str(error))
    manifest = report.manifest
    return {
        "verified": report.fault is None,
        "key_is_trusted": bool(trusted),
        "origin": manifest.origin if manifest else None,
        "key_id": manifest.key_id if manifest else None,
        "first_seq": manifest.first_seq if manifest else None,
        "last_seq": manifest.last_seq if manifest else None,
        "head": manifest.head if manifest else None,
        "entries": report.entries,
        "absent_payloads": report.absent_payloads,
        "closures": report.closures,
        "acknowledgements": report.acknowledgements,
        "unchecked_acknowledgements": report.unchecked_acknowledgements,
        "time_stamps": report.time_stamps,
        "unchecked_time_stamps": report.unchecked_time_stamps,
        "first_bad_seq": report.first_bad_seq,
        "reason": report.fault,
    }
