"""The figures as lines of a table: everything that the pictures show, whole, one number a line."""

from collections.abc import Iterable, Iterator, Mapping

from kiosk.domain.figures import Figures, TicketEnd, Waits
from kiosk.translation import Translator
from ui.supervisor.counted import number_said
from ui.supervisor.figures_wording import (
    day_said,
    ending_said,
    hour_said,
    language_counted,
    share_said,
    ticket_said,
    window_said,
)

FigureRow = tuple[str, str, str]


class FigureRows:
    """Writes figures as lines « what is counted, of which, how much »; waits in whole minutes."""

    def __init__(self, tr: Translator, procedures: Mapping[str, str], services: Mapping[str, str]) -> None:
        """Take the words.

        Args:
            tr: of the staff screen.
            procedures: code to label.
            services: letter to label.
        """
        self._tr, self._procedures, self._services = tr, procedures, services

    def of(self, figures: Figures) -> list[FigureRow]:
        """Return all lines, in the order of the pictures."""
        return [*self._whole(figures), *self._arrivals(figures), *self._waits(figures), *self._others(figures)]

    def _whole(self, figures: Figures) -> Iterator[FigureRow]:
        say = self._say
        everything = say("ensemble")
        yield say("Arrivées"), everything, number_said(figures.arrivals)
        yield say("Tickets imprimés et confirmés"), everything, share_said(_printed(figures), figures.filings)
        yield say("Déjà venus pour leur demande"), everything, share_said(figures.returning, figures.people)
        yield (
            say("Essais et passages sur plusieurs semaines"),
            everything,
            share_said(figures.over_weeks, figures.people),
        )

    def _arrivals(self, figures: Figures) -> Iterator[FigureRow]:
        say = self._say
        days = ((day_said(day), count) for day, count in figures.arrivals_by_day.items())
        yield from _counted(say("Arrivées par jour"), days)
        yield from _counted(say("Arrivées par heure"), ((hour_said(h), n) for h, n in figures.arrivals_by_hour.items()))
        by_procedure = ((self._procedures.get(c, c), n) for c, n in figures.arrivals_by_procedure.items())
        yield from _counted(say("Arrivées par démarche"), by_procedure)
        by_service = ((self._service(letter), n) for letter, n in figures.arrivals_by_service.items())
        yield from _counted(say("Arrivées par service"), by_service)
        by_language = ((language_counted(self._tr, code), n) for code, n in figures.arrivals_by_language.items())
        yield from _counted(say("Arrivées par langue"), by_language)

    def _waits(self, figures: Figures) -> Iterator[FigureRow]:
        say = self._say
        groups: list[tuple[str, Waits]] = [(say("ensemble"), figures.waits)]
        groups += [(hour_said(hour), waits) for hour, waits in figures.waits_by_hour.items()]
        groups += [(self._service(letter), waits) for letter, waits in figures.waits_by_service.items()]
        groups += [(self._procedures.get(code, code), waits) for code, waits in figures.waits_by_procedure.items()]
        called = [(label, waits) for label, waits in groups if waits.count]
        yield from _counted(say("Personnes appelées"), ((label, waits.count) for label, waits in groups if waits.count))
        half = ((label, round(waits.median_s / 60)) for label, waits in called)
        yield from _counted(say("Minutes d'attente, la moitié au plus"), half)
        nine = ((label, round(waits.p90_s / 60)) for label, waits in called)
        yield from _counted(say("Minutes d'attente, 9 sur 10 au plus"), nine)

    def _others(self, figures: Figures) -> Iterator[FigureRow]:
        tr, say = self._tr, self._say
        yield from _counted(say("Fin des visites"), ((ending_said(tr, e), n) for e, n in figures.endings.items()))
        yield from _counted(say("Tickets"), ((ticket_said(tr, e), n) for e, n in figures.tickets.items()))
        windows = ((window_said(tr, each), n) for each, n in figures.requests_by_window.items())
        yield from _counted(say("Demandes nouvelles : dans les délais ?"), windows)
        weeks = ((str(count), n) for count, n in figures.people_by_weeks.items())
        yield from _counted(say("Demandes par nombre de semaines d'essais et de passages"), weeks)
        visits = ((str(count), n) for count, n in figures.people_by_visits.items())
        yield from _counted(say("Demandes par nombre de passages"), visits)

    def _service(self, letter: str) -> str:
        return f"{letter} · {self._services.get(letter, '')}"

    def _say(self, french: str) -> str:
        return self._tr.text("figures", french)


def _printed(figures: Figures) -> int:
    return figures.tickets.get(TicketEnd.CONFIRMED, 0)


def _counted(what: str, counts: Iterable[tuple[str, int]]) -> Iterator[FigureRow]:
    for label, count in counts:
        yield what, label, number_said(count)
