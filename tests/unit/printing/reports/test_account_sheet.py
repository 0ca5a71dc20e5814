"""The sheet with first passwords: a slip for each person, to be cut apart."""

from datetime import date

from kiosk.domain.staff import Role
from kiosk.ports.account_desk import NewAccount
from printing.reports.account_sheet import AccountSheet, account_sheet_pdf
from tests.fakes.pdf_files import text_of
from tests.fakes.requests import a_site

ON = date(2026, 11, 20)


def sheet_of(*accounts: NewAccount) -> bytes:
    return account_sheet_pdf(AccountSheet(a_site(), ON, accounts))


def test_each_account_has_a_slip_with_role_and_password() -> None:
    """And the machine at which it signs in."""
    said = text_of(
        sheet_of(
            NewAccount("a.martin", Role.AGENT, "Bakori-Fumela-Tedopi-Nusavo-47"),
            NewAccount("s.blanc", Role.ADMINISTRATOR, "Zumiko-Fumela-Tedopi-Nusavo-48"),
        )
    )

    for word in ("a.martin, agent", "s.blanc, administrateur", "Bakori-Fumela", "Zumiko", "38-A2", "20/11/2026"):
        assert word in said


def test_two_hundred_accounts_fill_pages() -> None:
    """No slip is cut by the end of one."""
    accounts = [NewAccount(f"agent{n}", Role.AGENT, f"Bakori-Fumela-{n}") for n in range(200)]
    said = text_of(sheet_of(*accounts))

    assert all(f"agent{n}, agent" in said for n in range(200))
