"""The section of accounts, on what it works with."""

# ruff: noqa: PLC0415  # ReportLab takes a third of a second to load

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.ports.account_desk import NewAccount
from ui.supervisor.accounts_section import AccountsSection
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def accounts_section(machine: "Machine", work: StaffWork) -> AccountsSection:
    """Return the section of a machine's accounts."""

    def sheet(accounts: Sequence[NewAccount]) -> bytes:
        from printing.reports.account_sheet import AccountSheet, account_sheet_pdf

        return account_sheet_pdf(AccountSheet(machine.site, machine.staff.period_figures.today(), accounts))

    desk, zone = machine.desk, machine.site.departement.timezone
    return AccountsSection(staff_translator(), work, desk.account_desk, desk.second_factor, sheet=sheet, zone=zone)
