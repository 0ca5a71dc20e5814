"""Tickets that were never filed: marked SPÉCIMEN, sealed with a key that nobody knows.

The seal of a specimen must never verify: with the kiosk's own key, ``ticket render --at`` could make proofs of a past
that never was. So each specimen is signed with a key made for it and forgotten.
"""

# ruff: noqa: PLC0415  # paper is loaded by whoever draws a specimen

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.reference import make_reference
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestContent, RequestId
from kiosk.domain.ticket import Ticket
from kiosk.services.issue_ticket import IssueTicket
from kiosk.settings import Settings
from kiosk.store.local_signer import LocalSigner
from ui.composition.site_data import SiteData, load_site

if TYPE_CHECKING:
    from printing.render.paper import Paper

_SEQUENCE: Final = 0  # no filing ever gets it
_NO_HASH: Final = "0" * 64
_NO_SALT: Final = bytes(16)


def sample_specimen(settings: Settings, data: SiteData | None = None) -> Ticket:
    """Return the specimen that ``printer test`` prints and the staff screen shows."""
    data = data or load_site(settings)
    identity = Identity("SPÉCIMEN", ("Essai",), birth_date=PartialDate(1990, 1, 1))
    procedure = next(iter(data.catalogue.procedures))
    return make_specimen(data, settings, RequestContent(procedure, "fr", identity), datetime.now(UTC))


def paper_of(settings: Settings) -> "Paper":
    """Return the paper of the printer that the settings describe."""
    from printing.escpos.profile import profile_of
    from printing.render.paper import Paper

    profile = profile_of(settings.printer)
    return Paper(profile.width_dots, profile.dots_per_inch, settings.seal.module_dots)


def specimen_picture(settings: Settings, data: SiteData) -> bytes:
    """Return the sample specimen as PNG, on the paper of the printer. A QGuiApplication must exist."""
    from printing.render.specimen import TicketForm, render_specimen

    return render_specimen(sample_specimen(settings, data), TicketForm.PNG, paper_of(settings))


def make_specimen(data: SiteData, settings: Settings, content: RequestContent, utc: datetime) -> Ticket:
    """Return a specimen of a content, as if received at an aware instant."""
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
