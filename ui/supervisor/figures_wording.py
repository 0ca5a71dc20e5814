"""The words of the figures on the staff screen."""

from datetime import date

import babel.dates

from kiosk.domain.figures import Ending, FiguresPeriod, PeriodKind, TicketEnd
from kiosk.domain.ticket import WindowPosition
from kiosk.translation import Translator
from ui.supervisor.language_wording import language_said


def ending_said(tr: Translator, ending: Ending) -> str:
    """Return how a visit ended."""
    match ending:
        case Ending.SERVED:
            return tr.text("figures", "reçu, demande traitée")
        case Ending.DOCUMENTS_MISSING:
            return tr.text("figures", "pièces manquantes")
        case Ending.DIRECTED:
            return tr.text("figures", "orienté vers un autre service")
        case Ending.LEFT:
            return tr.text("figures", "parti avant la fin")
        case Ending.WITHDRAWN:
            return tr.text("figures", "demande retirée à la borne")
        case Ending.NO_SHOW:
            return tr.text("figures", "appelé, absent")
        case Ending.OPEN:
            return tr.text("figures", "en attente ou en cours")


def ticket_said(tr: Translator, end: TicketEnd) -> str:
    """Return what became of a ticket."""
    match end:
        case TicketEnd.CONFIRMED:
            return tr.text("figures", "imprimé, confirmé")
        case TicketEnd.UNCONFIRMED:
            return tr.text("figures", "non confirmé")
        case TicketEnd.FAILED:
            return tr.text("figures", "non imprimé, affiché à l'écran")
        case TicketEnd.SHOWN:
            return tr.text("figures", "parti avec l'écran seul")
        case TicketEnd.PENDING:
            return tr.text("figures", "en cours")


def window_said(tr: Translator, position: WindowPosition) -> str:
    """Return where requests fell in their windows."""
    match position:
        case WindowPosition.EARLY:
            return tr.text("figures", "trop tôt")
        case WindowPosition.IN_TIME:
            return tr.text("figures", "dans les délais")
        case WindowPosition.LATE:
            return tr.text("figures", "en retard")
        case WindowPosition.UNKNOWN:
            return tr.text("figures", "date non connue")
        case WindowPosition.OPEN:
            return tr.text("figures", "démarche sans délai")


def language_counted(tr: Translator, code: str) -> str:
    """Return a language of the public screens, or that it is not known any more."""
    return language_said(tr, code) if code else tr.text("figures", "effacée avec les données")


def wait_said(tr: Translator, seconds: int) -> str:
    """Return how long somebody waited, in whole minutes."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return tr.text("figures", "moins d'une minute")
    if minutes < 60:
        return tr.text("figures", "{minutes} min").format(minutes=minutes)
    return tr.text("figures", "{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def share_said(part: int, whole: int) -> str:
    """Return how much of all something is; « - » of nothing."""
    return f"{round(100 * part / whole)}\u202f%" if whole else "-"


def period_said(period: FiguresPeriod) -> str:
    """Return « vendredi 20 novembre 2026 », « du 16 au 22 novembre 2026 (semaine 47) », « novembre 2026 »."""
    match period.kind:
        case PeriodKind.DAY:
            return day_said(period.first)
        case PeriodKind.WEEK:
            is_one_month = period.first.month == period.last.month
            first = _day(period.first, "d" if is_one_month else "d MMMM")
            return f"du {first} au {_day(period.last, 'd MMMM y')} (semaine {period.first:%V})"
        case PeriodKind.MONTH:
            return _day(period.first, "MMMM y")


def day_said(day: date) -> str:
    """Return « vendredi 20 novembre 2026 »."""
    return _day(day, "EEEE d MMMM y")


def short_day_said(day: date) -> str:
    """Return « 20/11 »."""
    return f"{day:%d/%m}"


def hour_said(hour: int) -> str:
    """Return « 9 h »."""
    return f"{hour}\u202fh"


def _day(day: date, pattern: str) -> str:
    return str(babel.dates.format_date(day, pattern, locale="fr_FR"))
