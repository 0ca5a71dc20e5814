"""How a machine begins and ends: founding, settling what an earlier run left, start and stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from kiosk.services.close_period import CloseEarlierPeriods
from kiosk.services.machine import FoundJournal, StartMachine, StopMachine
from kiosk.services.print_jobs import RecoverPrintJobs
from kiosk.store.running_lock import RunningLock
from ui.composition.machine import Machine


def founded(machine: Machine) -> None:
    """Found the journal of a machine if it is empty, so that something may be recorded in it."""
    FoundJournal(
        units=machine.store.units,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        signer=machine.signer,
        software_version=software_version(),
    )()


@contextmanager
def prepared(machine: Machine, *, serves_visitors: bool = False) -> Iterator[Machine]:
    """Make a machine ready to file: found its journal if it is empty, and settle what an earlier run left behind.

    Print jobs that an earlier run left open are settled only by a run that prints or serves visitors, and that is
    alone on the data: beside another process they may be its own.
    """
    lock = RunningLock(machine.data_dir)
    try:
        is_alone = lock.is_alone()
        founded(machine)
        if is_alone and (machine.has_printer or serves_visitors):
            units, clock, entropy, site = machine.store.units, machine.clock, machine.entropy, machine.site
            RecoverPrintJobs(units=units, clock=clock, entropy=entropy, site=site)()
        lock.share()
        yield machine
    finally:
        lock.close()


@contextmanager
def started(machine: Machine) -> Iterator[Machine]:
    """Prepare a machine for visitors and record its start, and its stop when it ends in order."""
    units, clock, entropy, site = machine.store.units, machine.clock, machine.entropy, machine.site
    start = StartMachine(
        units=units,
        clock=clock,
        entropy=entropy,
        site=site,
        signer=machine.signer,
        catalogue=machine.catalogue,
        software_version=software_version(),
    )
    with prepared(machine, serves_visitors=True):
        CloseEarlierPeriods(units=units, clock=clock, entropy=entropy, site=site)()
        start()
        yield machine
        StopMachine(units=units, clock=clock, entropy=entropy, site=site)()


def software_version() -> str:
    """Return the version of the installed program."""
    return version("borne")
