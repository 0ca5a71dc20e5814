"""Tickets that were never filed: marked SPÉCIMEN, sealed with a key that nobody knows.

The seal of a specimen must never verify: with the kiosk's own key, ``ticket render --at`` could make proofs of a past
that never was. So each specimen is signed with a key made for it and forgotten.
"""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.moment import ClockQuality, Moment, instant_text, parse_instant
from kiosk.domain.reference import make_reference
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestContent, RequestId
from kiosk.domain.request_json import request_from_json
from kiosk.domain.ticket import Ticket
from kiosk.errors import ConfigurationError, InputError
from kiosk.journal.canonical import JsonValue
from kiosk.services.issue_ticket import IssueTicket
from kiosk.settings import Settings
from kiosk.store.local_signer import LocalSigner
from kiosk.translation import languages
from ui.commands.filing import read_request
from ui.composition import SiteData, gui_application, load_site

_SEQUENCE: Final = 0  # no filing ever gets it
_NO_HASH: Final = "0" * 64
_NO_SALT: Final = bytes(16)


def specimen_of(settings: Settings, request: str, at: str | None) -> Ticket:
    """Return the specimen of a request file, as if received at an instant (ISO 8601 with zone), by default now.

    Raises:
        InputError: the request or the instant is wrong; it is named.
    """
    data = load_site(settings)
    content, _ = request_from_json(read_request(request), data.catalogue, data.places, languages())
    return _specimen(data, settings, content, _instant(at))


def sample_specimen(settings: Settings) -> Ticket:
    """Return the specimen that ``printer test`` prints."""
    data = load_site(settings)
    identity = Identity("SPÉCIMEN", ("Essai",), birth_date=PartialDate(1990, 1, 1))
    procedure = next(iter(data.catalogue.procedures))
    return _specimen(data, settings, RequestContent(procedure, "fr", identity), datetime.now(UTC))


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
    from printing.escpos.profile import profile_of
    from printing.render.office import OfficePaper
    from printing.render.paper import Paper
    from printing.render.specimen import TicketForm, render_specimen
    from ui.composition.tickets import office_pdf

    gui_application()
    profile = profile_of(settings.printer)
    paper = Paper(profile.width_dots, profile.dots_per_inch, settings.seal.module_dots)
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


def _specimen(data: SiteData, settings: Settings, content: RequestContent, utc: datetime) -> Ticket:
    site = data.site
    received = Moment.of(utc, site.departement.timezone, ClockQuality.SYNCED)
    filing = Filing(
        FilingId("specimen"), 1, received, "A000", PrintJobId("specimen"), _SEQUENCE, _NO_HASH, content.language
    )
    request = FiledRequest(
        RequestId("specimen"),
        make_reference(site.departement.code, site.kiosk_id, received.civil_date, _SEQUENCE),
        received,
        content,
        _NO_SALT,
        (filing,),
    )
    issue = IssueTicket(
        signer=LocalSigner(ec.generate_private_key(ec.SECP256R1())),
        site=site,
        places=data.places,
        catalogue=data.catalogue,
        calendar=data.calendar,
        verify_url=settings.seal.verify_url,
    )
    return dataclasses.replace(issue(request, filing), is_specimen=True)


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return parse_instant(text)
    except ValueError as error:
        raise InputError("--at", f"an instant in ISO 8601 with a zone ({error})") from error
