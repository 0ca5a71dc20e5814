"""Documents as a reader reads them; nobody's."""

from kiosk.domain.mrz import check_digit


def a_permit(birth: str = "900412", expiry: str = "270228", names: str = "BENALI<<AMINA<LINA") -> str:
    """Return the three lines of a French titre de séjour (TD1), with good check digits."""
    number, optional = "ABC123456", "9901234567".ljust(15, "<")
    first = f"IRFRA{number}{check_digit(number)}{optional}"
    dates = f"{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}"
    rest = "<" * 11
    whole = first[5:30] + dates[0:7] + dates[8:15] + rest
    return "\n".join((first, f"{dates}DZA{rest}{check_digit(whole)}", names.ljust(30, "<")))
