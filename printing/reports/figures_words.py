"""The French words of the figures: what is counted, and how long people waited."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import babel.dates
from babel import Locale

from kiosk.domain.figures import Ending, FiguresPeriod, PeriodKind, TicketEnd
from kiosk.domain.ticket import WindowPosition

TITLES: Final = {
    PeriodKind.DAY: "Chiffres du jour",
    PeriodKind.WEEK: "Chiffres de la semaine",
    PeriodKind.MONTH: "Chiffres du mois",
}
ENDING_WORDS: Final = {
    Ending.SERVED: "reçu, demande traitée",
    Ending.DOCUMENTS_MISSING: "pièces manquantes",
    Ending.DIRECTED: "orienté vers un autre service",
    Ending.LEFT: "parti avant la fin",
    Ending.WITHDRAWN: "demande retirée à la borne",
    Ending.NO_SHOW: "appelé, absent",
    Ending.OPEN: "sans fin notée",
}
TICKET_WORDS: Final = {
    TicketEnd.CONFIRMED: "imprimé, confirmé",
    TicketEnd.UNCONFIRMED: "non confirmé",
    TicketEnd.FAILED: "non imprimé, affiché à l'écran",
    TicketEnd.SHOWN: "parti avec l'écran seul",
    TicketEnd.PENDING: "en cours",
}
WINDOW_WORDS: Final = {
    WindowPosition.EARLY: "trop tôt",
    WindowPosition.IN_TIME: "dans les délais",
    WindowPosition.LATE: "en retard",
    WindowPosition.UNKNOWN: "date non connue",
    WindowPosition.OPEN: "démarche sans délai",
}
_EASY_FRENCH: Final = "fr-x-falc"
_FRENCH: Final = Locale("fr")


def period_in_words(period: FiguresPeriod) -> str:
    """Return « vendredi 20 novembre 2026 », « du 16 au 22 novembre 2026 (semaine 47) », « novembre 2026 »."""
    match period.kind:
        case PeriodKind.DAY:
            return long_day(period.first)
        case PeriodKind.WEEK:
            return f"du {_day(period.first, 'd MMMM')} au {_day(period.last, 'd MMMM y')} (semaine {period.first:%V})"
        case PeriodKind.MONTH:
            return month_in_words(period.first)


def long_day(day: date) -> str:
    """Return « vendredi 20 novembre 2026 »."""
    return _day(day, "EEEE d MMMM y")


def month_in_words(day: date) -> str:
    """Return « novembre 2026 »."""
    return _day(day, "MMMM y")


def short_day(day: date) -> str:
    """Return « ven. 20/11 »."""
    return f"{_day(day, 'EEE')} {day:%d/%m}"


def language_in_words(code: str) -> str:
    """Return the French name of a language of the screens."""
    if code == _EASY_FRENCH:
        return "français facile"
    if not code:
        return "effacée avec les données"
    names: Mapping[str, str] = _FRENCH.languages
    return names.get(code.partition("-")[0], code)


def hour_in_words(hour: int) -> str:
    """Return « 9 h »."""
    return f"{hour} h"


def wait_in_words(seconds: int) -> str:
    """Return « 8 min », « 1 h 05 »; under a minute is « < 1 min »."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "< 1 min"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def _day(day: date, pattern: str) -> str:
    return str(babel.dates.format_date(day, pattern, locale="fr_FR"))
