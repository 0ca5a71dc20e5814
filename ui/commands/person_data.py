"""A person's data at a kiosk and at the centre: shown to that person, or erased."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kiosk.domain.identity import PartialDate
from kiosk.domain.request_change import CorrectedField
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.services.erase_request import ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.settings import Settings
from kiosk.translation import SOURCE_LANGUAGE
from sync.central.context import CentreContext
from ui.composition import Machine, open_machine, prepared


class PersonData(Protocol):
    """What is held of people in one place; reports are JSON values."""

    def export(self, reference: str, birth_date: str | None, by: str) -> dict[str, JsonValue]:
        """Return what is held of a person's request.

        Raises:
            InputError: no such request, or another person's.
        """
        ...

    def erase(self, reference: str, by: str) -> dict[str, JsonValue]:
        """Erase a person's data here, and have the other side do the same.

        Raises:
            InputError: no such request, its ticket is being printed, or the centre does not hold it yet.
            StoreError: nothing was erased.
        """
        ...

    def apply_retention(self) -> dict[str, JsonValue]:
        """Erase what is due.

        Raises:
            StoreError: what was erased before stays erased.
        """
        ...


class DataAtKiosk:
    """The :class:`PersonData` of a kiosk, which tells the centre what it erases."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def export(self, reference: str, birth_date: str | None, by: str) -> dict[str, JsonValue]:
        born = PartialDate.parse(birth_date) if birth_date else None
        return self._machine.keeping.export_person(reference, born, by=by)

    def erase(self, reference: str, by: str) -> dict[str, JsonValue]:
        machine = self._machine
        if machine.settings.central.url and not machine.link.is_held_by_centre(reference):
            raise InputError("reference", "a request that the centre holds; `sync once` first, or the proof is lost")
        is_new = machine.keeping.erase_request(reference, ErasureReason.RIGHT, by=by)
        return {"reference": reference, "erased": is_new, "no_copy_left": machine.store.scrub()}

    def apply_retention(self) -> dict[str, JsonValue]:
        return {"erased": self._machine.keeping.apply_retention(), "no_copy_left": self._machine.store.scrub()}


class DataAtCentre:
    """The :class:`PersonData` of a centre, which orders the kiosk to erase the same."""

    def __init__(self, centre: CentreContext, keep_days: Callable[[], int]) -> None:
        self._centre, self._keep_days = centre, keep_days

    def export(self, reference: str, birth_date: str | None, by: str) -> dict[str, JsonValue]:
        from sync.central.erasure.export import export_person

        return export_person(self._centre, reference, birth_date, by=by)

    def erase(self, reference: str, by: str) -> dict[str, JsonValue]:
        from sync.central.erasure.erase import erase_by_reference

        erased = erase_by_reference(self._centre, reference, reason="right", by=by)
        return {"reference": reference, "entries": erased}

    def apply_retention(self) -> dict[str, JsonValue]:
        from sync.central.erasure.erase import apply_retention

        return {"erased": apply_retention(self._centre, self._keep_days())}


@contextmanager
def data_at_kiosk(settings: Settings, data_dir: Path) -> Iterator[DataAtKiosk]:
    """Open what the kiosk of this machine holds."""
    with open_machine(settings, data_dir) as machine, prepared(machine):
        yield DataAtKiosk(machine)


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
