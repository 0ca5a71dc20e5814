"""A sheet with the first passwords of new accounts, one slip for each person, to be cut apart and handed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from kiosk.domain.place import Site
from kiosk.domain.staff import Role
from kiosk.ports.account_desk import NewAccount
from printing.reports.look import BODY, HEADING, LINE, MARGIN, SECTION, SMALL, paragraph, report_pdf

_PASSWORD: Final = ParagraphStyle("password", parent=BODY, fontName="Courier-Bold", fontSize=13, leading=17)
_SLIP_WIDTH: Final = 210 * mm - 2 * MARGIN
_CUT: Final = TableStyle(
    [
        ("BOX", (0, 0), (-1, -1), 0.6, LINE, None, (3, 3)),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
    ]
)
ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.AGENT: "agent",
    Role.SUPERVISOR: "superviseur",
    Role.ADMINISTRATOR: "administrateur",
}


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """New accounts and their first passwords.

    Attributes:
        site: whose machine they sign in at.
        made_on: civil day.
        accounts: in the order of the list.
    """

    site: Site
    made_on: date
    accounts: Sequence[NewAccount]


def account_sheet_pdf(sheet: AccountSheet) -> bytes:
    """Return the sheet as the bytes of a PDF file."""
    site = sheet.site
    parts: list[Flowable] = [
        paragraph("Premiers mots de passe", HEADING),
        paragraph(f"{site.prefecture_name} · {site.service_name} · borne {site.origin}", BODY),
        paragraph(f"Comptes créés le {sheet.made_on:%d/%m/%Y}. Ces mots de passe ne sont gardés nulle part.", BODY),
        paragraph("Découpez, remettez chaque coupon en main propre, détruisez ce qui reste.", BODY),
        Spacer(0, 6 * mm),
    ]
    for account in sheet.accounts:
        parts += [KeepTogether([_slip(sheet, account)]), Spacer(0, 4 * mm)]
    return report_pdf("Premiers mots de passe", site.prefecture_name, parts)


def _slip(sheet: AccountSheet, account: NewAccount) -> Table:
    lines = [
        paragraph(f"{account.name}, {ROLE_WORDS[account.role]}", SECTION),
        paragraph(account.password, _PASSWORD),
        paragraph(
            f"Écran du personnel, borne {sheet.site.origin}. À la première connexion, vous choisissez votre "
            "propre mot de passe. Ne donnez jamais celui-ci à une autre personne.",
            SMALL,
        ),
    ]
    return Table([[lines]], colWidths=[_SLIP_WIDTH], style=_CUT)
