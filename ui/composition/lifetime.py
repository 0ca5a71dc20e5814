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
    FoundJournal(**machine.parts, signer=machine.signer, software_version=software_version())()


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
        if is_alone and (machine.paper.has_printer or serves_visitors):
            RecoverPrintJobs(**machine.parts)()
        lock.share()
        yield machine
    finally:
        lock.close()


@contextmanager
def started(machine: Machine) -> Iterator[Machine]:
    """Prepare a machine for visitors and record its start, and its stop when it ends in order."""
    start = StartMachine(
        **machine.parts, signer=machine.signer, catalogue=machine.catalogue, software_version=software_version()
    )
    with prepared(machine, serves_visitors=True):
        CloseEarlierPeriods(**machine.parts)()
        start()
        yield machine
        StopMachine(**machine.parts)()


def software_version() -> str:
    """Return the version of the installed program."""
    return version("borne")
