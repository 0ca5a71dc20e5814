"""Forms of the words that both sides exchange."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from kiosk.errors import InputError

_LEAP_YEAR: Final = "(2[0-9](0[48]|[2468][048]|[13579][26])|2[048]00)"
DAY: Final = (
    "(2[0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    f"|{_LEAP_YEAR}-02-29)"
)
INSTANT: Final = rf"^{DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{3}}Z$"
WORD: Final = r"^[a-z_]{1,32}$"
# A day as people choose it; whether there is such a day, :func:`civil_day` says.
CHOSEN_DAY: Final = r"^(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$"
IDENTIFIER: Final = r"^[0-9A-Za-z-]{1,64}$"
# The reference on a ticket, as typed; whether it is one, the verb says.
TypedReference = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]


def civil_day(field: str, text: str) -> date:
    """Return a civil day.

    Raises:
        InputError: there is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(field, "a day that there is") from error
