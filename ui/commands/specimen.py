"""Tickets of request files that were never filed, written as pictures, pages or a printer's bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.request_json import request_from_json
from kiosk.domain.ticket import Ticket
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.settings import Settings
from kiosk.translation import languages
from ui.commands.filing import read_request
from ui.composition import gui_application, load_site
from ui.composition.specimens import make_specimen, paper_of


def specimen_of(settings: Settings, data_dir: Path, request: str, at: str | None) -> Ticket:
    """Return the specimen of a request file, as if received at an instant (ISO 8601 with zone), by default now.

    Raises:
        InputError: the request or the instant is wrong; it is named.
    """
    data = load_site(settings, data_dir)
    content, _ = request_from_json(read_request(request), data.catalogue, data.places, languages())
    return make_specimen(data, settings, content, _instant(at))


def dates_of(ticket: Ticket) -> dict[str, JsonValue]:
    """Return the dates that a ticket states, for ``--json``."""
    deadlines = ticket.deadlines
    days = {
        "implicit_rejection_on": deadlines.implicit_rejection_on,
        "appeal_safe_day": deadlines.appeal_safe_day,
        "appeal_legal_last_day": deadlines.appeal_legal_last_day,
    }
    return {
        "received_at": instant_text(ticket.request.received.utc),
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "window": deadlines.window.value,
    }


def write_outputs(ticket: Ticket, settings: Settings, outputs: Mapping[str, Path], sheet: str = "ticket") -> None:
    """Write a ticket as ``png``, ``pdf`` or ``escpos``, each to its path.

    Args:
        ticket: what to write.
        settings: of the printer.
        outputs: kind and path.
        sheet: of the PDF: ``ticket``, ``a4`` or ``a5``.

    Raises:
        ConfigurationError: a file cannot be written.
    """
    from printing.render.office import OfficePaper
    from printing.render.specimen import TicketForm, render_specimen
    from ui.composition.tickets import office_pdf

    gui_application()
    paper = paper_of(settings)
    for kind, path in outputs.items():
        if kind == "escpos":
            document = _printer_bytes(ticket, settings)
        elif kind == "pdf" and sheet != "ticket":
            document = office_pdf(ticket, OfficePaper(sheet))
        else:
            document = render_specimen(ticket, TicketForm(kind), paper)
        try:
            path.write_bytes(document)
        except OSError as error:
            raise ConfigurationError(f"--{kind} {path}", f"a place to write to ({error.strerror})") from error


def _printer_bytes(ticket: Ticket, settings: Settings) -> bytes:
    """Return what the configured printer would be sent, picture or hybrid."""
    from printing.slips.making import SlipMaker

    maker = SlipMaker(settings.printer, module_dots=settings.seal.module_dots)
    try:
        return b"".join(maker.slip(ticket).portions)
    finally:
        maker.close()


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return parse_instant(text)
    except ValueError as error:
        raise InputError("--at", f"an instant in ISO 8601 with a zone ({error})") from error
