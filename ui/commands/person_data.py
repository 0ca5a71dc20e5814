"""A person's data at a kiosk and at the centre: shown to that person, or erased."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.domain.identity import PartialDate
from kiosk.domain.request_change import CorrectedField
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.services.erase_request import ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.settings import Settings
from kiosk.translation import SOURCE_LANGUAGE
from sync.central.context import CentreContext
from ui.composition import open_machine, prepared


def exported_here(
    settings: Settings, data_dir: Path, reference: str, birth_date: str | None, by: str
) -> dict[str, JsonValue]:
    """Return what this kiosk holds.

    Raises:
        InputError: no such request, or another person's.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        return machine.keeping.export_person(reference, PartialDate.parse(birth_date) if birth_date else None, by=by)


def exported_at_centre(centre: CentreContext, reference: str, birth_date: str | None, by: str) -> dict[str, JsonValue]:
    """Return what the centre holds.

    Raises:
        InputError: no such request, or another person's.
    """
    from sync.central.erasure.export import export_person

    return export_person(centre, reference, birth_date, by=by)


def corrected_here(
    settings: Settings, data_dir: Path, reference: str, right: Mapping[str, str], *, by: str, reason: str
) -> dict[str, JsonValue]:
    """Correct a request at this kiosk and return ``{reference, journal_seq, corrections}``.

    Args:
        settings: of this kiosk.
        data_dir: of this kiosk.
        reference: on the ticket.
        right: what is right, by field of the request JSON; empty texts change nothing.
        by: the agent.
        reason: why.

    Raises:
        InputError: no such request, nothing that differs, or a value that cannot be.
        StoreError: nothing was corrected.
    """
    asked = {CorrectedField(field): value for field, value in right.items() if value}
    with open_machine(settings, data_dir) as machine, prepared(machine):
        order = ChangeOrder(reference, machine.entropy.identifier(), SOURCE_LANGUAGE, has_slip=False)
        outcome = machine.staff.correct_request(order, asked, agent=by, reason=reason)
    corrections: dict[str, JsonValue] = {
        each.field.value: {"old": each.old, "new": each.new} for each in outcome.change.corrections
    }
    return {"reference": reference, "journal_seq": outcome.change.journal_seq, "corrections": corrections}


def erased_here(settings: Settings, data_dir: Path, reference: str, by: str) -> dict[str, JsonValue]:
    """Erase at this kiosk, which tells the centre, and return ``{reference, erased, no_copy_left}``.

    Raises:
        InputError: no such request, its ticket is being printed, or the centre does not hold it yet.
        StoreError: nothing was erased.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        if settings.central.url and not machine.link.is_held_by_centre(reference):
            raise InputError("reference", "a request that the centre holds; `sync once` first, or the proof is lost")
        is_new = machine.keeping.erase_request(reference, ErasureReason.RIGHT, by=by)
        return {"reference": reference, "erased": is_new, "no_copy_left": machine.store.scrub()}


def erased_at_centre(centre: CentreContext, reference: str, by: str) -> dict[str, JsonValue]:
    """Erase at the centre, which orders the kiosk to do the same, and return ``{reference, entries}``.

    Raises:
        InputError: no such request.
    """
    from sync.central.erasure.erase import erase_by_reference

    return {"reference": reference, "entries": erase_by_reference(centre, reference, reason="right", by=by)}


def retention_applied(settings: Settings, data_dir: Path) -> dict[str, JsonValue]:
    """Erase what is due at this kiosk and return ``{erased, no_copy_left}``.

    Raises:
        StoreError: what was erased before stays erased.
    """
    with open_machine(settings, data_dir) as machine, prepared(machine):
        return {"erased": machine.keeping.apply_retention(), "no_copy_left": machine.store.scrub()}


def retention_applied_at_centre(centre: CentreContext, keep_days: int) -> dict[str, JsonValue]:
    """Erase what is due at the centre and return ``{erased}``."""
    from sync.central.erasure.erase import apply_retention

    return {"erased": apply_retention(centre, keep_days)}
