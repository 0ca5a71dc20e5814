"""The section of accounts on a kiosk of the tests, with its real sheet of passwords."""

from collections.abc import Sequence

from kiosk.ports.account_desk import NewAccount
from printing.reports.account_sheet import AccountSheet, account_sheet_pdf
from tests.fakes.kiosks import AKiosk
from ui.supervisor.accounts_section import AccountsSection
from ui.supervisor.window import SectionMaker
from ui.supervisor.wording import staff_translator


def account_sections(kiosk: AKiosk) -> Sequence[SectionMaker]:
    """Return how the section is made."""

    def sheet(accounts: Sequence[NewAccount]) -> bytes:
        return account_sheet_pdf(AccountSheet(kiosk.site, kiosk.figures.today(), accounts))

    desk, zone = kiosk.desk, kiosk.site.departement.timezone
    return [
        lambda work: AccountsSection(
            staff_translator(), work, desk.account_desk, desk.second_factor, sheet=sheet, zone=zone
        )
    ]
