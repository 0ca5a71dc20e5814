"""The figures of a day, a week or a month as pages for people: a question, its answer, a picture, the table behind it.

French and Latin letters only, so ReportLab's own Helvetica suffices. The same figures give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from kiosk.domain.figures import Figures, PeriodKind, Waits
from kiosk.domain.place import Site
from kiosk.domain.ticket import WindowPosition
from printing.reports.charts import Bar, columns, numeral, rows, share
from printing.reports.day_register import CLOCK_WORDS
from printing.reports.figures_words import (
    ENDING_WORDS,
    TICKET_WORDS,
    TITLES,
    WINDOW_WORDS,
    hour_in_words,
    language_in_words,
    period_in_words,
    short_day,
    wait_in_words,
)
from printing.reports.look import BAND, BODY, HEADING, LINE, SECTION, SMALL, paragraph, report_pdf
from printing.reports.questions import PAGE_MM, PICTURE_MM, bars_of, named, question, sentence, table_of

_COLUMNS_HEIGHT: Final = 50 * mm
_FIGURE: Final = ParagraphStyle("figure", parent=BODY, fontName="Helvetica-Bold", fontSize=17, leading=21)

_DEFINITIONS: Final = (
    (
        "Une arrivée est le premier dépôt d'une personne dans la journée pour une demande ; revenir à la borne le même "
        "jour ne compte pas deux fois. L'attente va de l'arrivée au premier appel ; « la moitié » : la moitié des "
        "personnes appelées ont attendu ce temps ou moins ; « 9 sur 10 » de même. Heures légales. Aucune donnée "
        "nominative dans ce document."
    )
    .replace("« ", "«\u00a0")
    .replace(" »", "\u00a0»")
)


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """All that the report says.

    Attributes:
        site: the kiosk.
        figures: of the period.
        procedures: code to French label.
        services: letter to French label.
        is_of_hall: they are of all kiosks of a hall, counted at its hub, and not of one.
    """

    site: Site
    figures: Figures
    procedures: Mapping[str, str]
    services: Mapping[str, str]
    is_of_hall: bool = False

    @property
    def whose(self) -> str:
        """Of which kiosks they are, in French."""
        site = self.site
        return "toutes les bornes du hall" if self.is_of_hall else f"borne {site.origin}, {site.kiosk_place}"


def figures_report_pdf(report: FiguresReport) -> bytes:
    """Return the report as the bytes of a PDF file, A4."""
    figures = report.figures
    parts: list[Flowable] = [*_head(report), Spacer(0, 4 * mm)]
    if figures.arrivals:
        parts += [_key_figures(figures), Spacer(0, 2 * mm), *_questions(report)]
    else:
        parts.append(paragraph("Personne n'est venu pendant cette période.", SECTION))
    whose = report.whose if report.is_of_hall else f"borne {report.site.origin}"
    title = f"{TITLES[figures.period.kind]}, {period_in_words(figures.period)}, {whose}"
    return report_pdf(title, report.site.prefecture_name, parts)


def _questions(report: FiguresReport) -> list[Flowable]:
    figures = report.figures
    asked = [_when(figures)]
    if figures.period.kind is not PeriodKind.DAY:
        asked.append(_on_which_days(figures))
    asked += [_how_long(figures), *_where_they_wait(report), *_for_what(report), _how_it_ended(figures)]
    return [*asked, _tickets(figures), _languages(figures), _how_often(figures), _in_time(figures), _clocks(figures)]


def _head(report: FiguresReport) -> list[Flowable]:
    site, period = report.site, report.figures.period
    return [
        paragraph(f"{site.prefecture_name} · {site.service_name}", SMALL),
        paragraph(TITLES[period.kind], HEADING),
        paragraph(f"{period_in_words(period)} · {report.whose}", BODY),
        Spacer(0, 1.5 * mm),
        paragraph(_DEFINITIONS, SMALL),
    ]


def _key_figures(figures: Figures) -> Flowable:
    waits, printed = figures.waits, figures.tickets.get(next(iter(TICKET_WORDS)), 0)
    shown = (
        (numeral(figures.arrivals), "arrivée" if figures.arrivals < 2 else "arrivées"),
        (wait_in_words(waits.median_s) if waits.count else "-", "d'attente au plus pour la moitié"),
        (wait_in_words(waits.p90_s) if waits.count else "-", "d'attente au plus pour 9 sur 10"),
        (share(printed, figures.filings), "des tickets imprimés et confirmés"),
        (share(figures.returning, figures.people), "des demandes : la personne est déjà venue"),
    )
    table = Table([[[paragraph(number, _FIGURE), paragraph(words, SMALL)] for number, words in shown]])
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), BAND),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEAFTER", (0, 0), (-2, -1), 0.6, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    return table


def _when(figures: Figures) -> Flowable:
    by_hour = figures.arrivals_by_hour
    busiest = max(by_hour, key=lambda hour: (by_hour[hour], -hour))
    answer = (
        f"L'heure la plus chargée est de {hour_in_words(busiest)} à {hour_in_words(busiest + 1)} : "
        f"{_counted(by_hour[busiest], 'arrivée')}, {share(by_hour[busiest], figures.arrivals)} du total."
    )
    bars = [Bar(hour_in_words(hour), by_hour.get(hour, 0)) for hour in _hours(figures)]
    table = [
        (f"{hour} h à {hour + 1} h", numeral(number), share(number, figures.arrivals))
        for hour, number in by_hour.items()
    ]
    picture = columns(bars, width=PICTURE_MM * mm, height=_COLUMNS_HEIGHT, across="heure d'arrivée", upright="arrivées")
    return question("Quand les personnes arrivent-elles ?", answer, picture, ("Heure", "Arrivées", "Part"), table)


def _on_which_days(figures: Figures) -> Flowable:
    by_day = figures.arrivals_by_day
    busiest = max(by_day, key=lambda day: (by_day[day], day))
    answer = f"Le jour le plus chargé est {short_day(busiest)} : {_counted(by_day[busiest], 'arrivée')}."
    is_week = figures.period.kind is PeriodKind.WEEK
    bars = [
        Bar(short_day(day).partition("/")[0] if is_week else str(day.day), by_day.get(day, 0))
        for day in figures.period.days
    ]
    table = [(short_day(day), numeral(number), share(number, figures.arrivals)) for day, number in by_day.items()]
    picture = columns(bars, width=PICTURE_MM * mm, height=_COLUMNS_HEIGHT, across="jour", upright="arrivées")
    return question("Quels jours ?", answer, picture, ("Jour", "Arrivées", "Part"), table)


def _how_long(figures: Figures) -> Flowable:
    title, waits = "Combien de temps attendent-elles ?", figures.waits
    if not waits.count:
        return sentence(title, "Personne n'a été appelé à un guichet pendant cette période.")
    answer = (
        f"Sur {_counted(waits.count, 'personne appelée', 'personnes appelées')}, la moitié a attendu "
        f"{wait_in_words(waits.median_s)} au plus, et 9 sur 10 ont attendu {wait_in_words(waits.p90_s)} au plus."
    )
    bars = [_wait_bar(hour_in_words(hour), figures.waits_by_hour.get(hour, Waits())) for hour in _hours(figures)]
    picture = columns(
        bars,
        width=PICTURE_MM * mm,
        height=_COLUMNS_HEIGHT,
        across="heure d'arrivée",
        upright="minutes d'attente au plus",
        words=("la moitié", "9 sur 10"),
    )
    table = [(f"{hour} h", *_wait_cells(waits)) for hour, waits in figures.waits_by_hour.items()]
    return question(title, answer, picture, ("Arrivée", "Appelées", "La moitié", "9 sur 10"), table, first_mm=15.0)


def _where_they_wait(report: FiguresReport) -> list[Flowable]:
    figures = report.figures
    if not figures.waits.count:
        return []
    table = [
        (f"{letter} · {report.services.get(letter, '')}", numeral(number), *_wait_cells(waits))
        for letter, number in figures.arrivals_by_service.items()
        for waits in [figures.waits_by_service.get(letter, Waits())]
    ]
    heads = ("Service (lettre du ticket)", "Arrivées", "Appelées", "La moitié", "9 sur 10")
    heading = paragraph("Et dans quel service ?", SECTION)
    return [Spacer(0, 4 * mm), KeepTogether([heading, table_of(heads, table, (93.6, 20, 20, 20, 20))])]


def _for_what(report: FiguresReport) -> list[Flowable]:
    figures, labels = report.figures, report.procedures
    by_procedure = figures.arrivals_by_procedure
    first = next(iter(by_procedure))
    part = share(by_procedure[first], figures.arrivals)
    answer = f"La démarche la plus demandée : « {labels.get(first, first)} », {part} des arrivées."
    title = "Pour quelles démarches viennent-elles ?"
    bars = bars_of({labels.get(code, code): number for code, number in by_procedure.items()})
    picture = rows(bars, width=PAGE_MM * mm, label_width=90 * mm, along="arrivées")
    table = [
        (labels.get(code, code), code, numeral(number), *_wait_cells(figures.waits_by_procedure.get(code, Waits())))
        for code, number in by_procedure.items()
    ]
    heads = ("Démarche", "Code", "Arrivées", "Appelées", "La moitié", "9 sur 10")
    lines = table_of(heads, table, (68, 38, 17, 17, 17, 16.6))
    lines.setStyle(TableStyle([("ALIGN", (1, 0), (1, -1), "LEFT")]))  # the codes
    return [
        Spacer(0, 4 * mm),
        KeepTogether([paragraph(title, SECTION), paragraph(answer, BODY), Spacer(0, 2 * mm), picture]),
        Spacer(0, 2 * mm),
        lines,
    ]


def _how_it_ended(figures: Figures) -> Flowable:
    counts = {words: figures.endings.get(ending, 0) for ending, words in ENDING_WORDS.items()}
    missing = counts["pièces manquantes"]
    answer = (
        f"{_counted(missing, 'personne', 'personnes')} : il manquait des pièces ({share(missing, figures.arrivals)})."
    )
    return named("Comment la visite s'est-elle terminée ?", answer, counts, "arrivées", "Fin de la visite")


def _tickets(figures: Figures) -> Flowable:
    counts = {words: figures.tickets.get(end, 0) for end, words in TICKET_WORDS.items()}
    printed = counts["imprimé, confirmé"]
    answer = (
        f"L'imprimante a confirmé {_counted(printed, 'ticket')} sur {numeral(figures.filings)}. Un ticket non "
        "imprimé est montré à l'écran : la demande est enregistrée et datée dans tous les cas."
    )
    return named("Les tickets sont-ils sortis ?", answer, counts, "tickets", "Ticket")


def _languages(figures: Figures) -> Flowable:
    counts = {language_in_words(code): number for code, number in figures.arrivals_by_language.items()}
    others = figures.arrivals - counts.get("français", 0)
    answer = f"{share(others, figures.arrivals)} des arrivées dans une autre langue que le français ordinaire."
    return named("Dans quelle langue ?", answer, counts, "arrivées", "Langue de l'écran")


def _how_often(figures: Figures) -> Flowable:
    weeks, visits = figures.people_by_weeks, figures.people_by_visits
    several = sum(number for count, number in weeks.items() if count > 1)
    answer = (
        f"Pour {_counted(figures.returning, 'demande')} sur {numeral(figures.people)} la personne était déjà venue ; "
        f"pour {numeral(several)}, essais et passages sur plusieurs semaines différentes."
    )
    last = max(*visits, *weeks)
    bars = [Bar(str(count), weeks.get(count, 0)) for count in range(1, max(weeks) + 1)]
    table = [(str(n), numeral(weeks.get(n, 0)), numeral(visits.get(n, 0))) for n in range(1, last + 1)]
    picture = columns(
        bars,
        width=PICTURE_MM * mm,
        height=38 * mm,
        across="semaines différentes d'essais ailleurs et de passages",
        upright="demandes",
    )
    heads = ("n", "sur n semaines", "en n dépôts")
    return question("Combien de fois faut-il venir ?", answer, picture, heads, table, first_mm=12.0)


def _in_time(figures: Figures) -> Flowable:
    title = "Les demandes arrivent-elles à temps ?"
    if not figures.requests:
        return sentence(title, "Aucune demande nouvelle pendant cette période.")
    counts = {words: figures.requests_by_window.get(position, 0) for position, words in WINDOW_WORDS.items()}
    early, late = (counts[WINDOW_WORDS[each]] for each in (WindowPosition.EARLY, WindowPosition.LATE))
    answer = (
        f"{_counted(figures.requests, 'demande nouvelle', 'demandes nouvelles')} : {share(early, figures.requests)} "
        f"trop tôt, {share(late, figures.requests)} en retard. La fenêtre est celle de la démarche, "
        "d'après la fin du titre déclarée ; « date non connue » compte aussi les données déjà effacées."
    )
    return named(title, answer, counts, "demandes", "Fenêtre de dépôt")


def _clocks(figures: Figures) -> Flowable:
    title = "L'heure de la borne était-elle sûre ?"
    if not figures.requests:
        return sentence(title, "Aucune demande nouvelle à dater.")
    counts = [(words, figures.requests_by_clock.get(quality, 0)) for quality, words in CLOCK_WORDS.items()]
    said = ", ".join(f"{numeral(number)} avec l'horloge {words}" for words, number in counts if number)
    return sentence(title, f"Demandes nouvelles : {said}.")


def _hours(figures: Figures) -> range:
    return range(min(figures.arrivals_by_hour), max(figures.arrivals_by_hour) + 1)


def _wait_bar(label: str, waits: Waits) -> Bar:
    return Bar(label, round(waits.median_s / 60), round(waits.p90_s / 60) if waits.count else None)


def _wait_cells(waits: Waits) -> tuple[str, str, str]:
    if not waits.count:
        return "0", "-", "-"
    return numeral(waits.count), wait_in_words(waits.median_s), wait_in_words(waits.p90_s)


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{numeral(number)} {one if number < 2 else several or one + 's'}"
