"""The ticket of a request as a file on office paper."""

from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.services.make_office_copy import MakeOfficeCopy
from ui.composition import Machine, gui_application
from ui.composition.tickets import office_pdf


def write_office_copy(machine: Machine, reference: str, agent: str, out: Path, paper: str) -> None:
    """Write the proof of a request.

    Args:
        machine: that holds the request.
        reference: of the request.
        agent: who makes it.
        out: the file.
        paper: ``a4`` or ``a5``.

    Raises:
        InputError: no such request here, its data were erased, or no agent.
        ConfigurationError: the file cannot be written.
        StoreError: it could not be recorded; nothing was written.
    """
    from printing.render.office import OfficePaper

    make = MakeOfficeCopy(
        units=machine.store.units,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        issue=machine.paper.issue_ticket,
    )
    ticket = make(reference, agent=agent)
    gui_application()
    document = office_pdf(ticket, OfficePaper(paper))
    try:
        out.write_bytes(document)
    except OSError as error:
        raise ConfigurationError(f"--out {out}", f"a place to write to ({error.strerror})") from error
