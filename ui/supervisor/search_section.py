"""The search as a section: asks while somebody types, lists everything when nothing is typed, opens files."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from kiosk.domain.reference import parse_reference
from kiosk.domain.search import Match
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.seal import seal_in
from kiosk.journal.seal_verdict import has_mark
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.finding import EVERYTHING, ListOrder
from kiosk.ports.request_search import Findings, ListPage, RequestSearch
from kiosk.translation import Translator
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.file_page import FilePage
from ui.supervisor.key_line import KeyLine
from ui.supervisor.list_export import EXPORT_KEY, ListQuestion
from ui.supervisor.search_filters import NO_FILTER_KEY
from ui.supervisor.search_page import SearchPage
from ui.supervisor.search_table import IN_ORDER_OF_RECEIPT, RECEIVED, WHY
from ui.supervisor.search_wording import seal_said
from ui.supervisor.section import Section
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import Said, Tone

_PAUSE_MS: Final = 150  # between two keys of somebody who goes on typing
_AT_ONCE: Final = 300  # rows that are read before somebody scrolls
MOST_SORTED: Final = 5_000  # rows that are sorted by what no index knows
MOST_SHOWN: Final = 20_000  # nobody reads on; and a screen must not hold a million people


class SearchSection(Section):
    """Finds and lists requests.

    One question is asked at a time; while it is being answered, only the newest further one is remembered, so that
    what is shown is never the answer to an older one.
    """

    def __init__(
        self, tr: Translator, work: StaffWork, search: RequestSearch, page: SearchPage, file_page: FilePage
    ) -> None:
        """Make a section that has asked nothing yet.

        Args:
            tr: of the staff screen.
            work: asks.
            search: answers.
            page: what is seen.
            file_page: of this section alone.
        """
        super().__init__()
        self.setObjectName("searchSection")
        self.title = tr.text("supervisor", "Recherche")
        self._tr, self._work, self._search = tr, work, search
        self.page, self._file = page, file_page
        self._question: ListQuestion | None = None  # what the list answers, or will
        self._is_asking, self._ask_again = False, False
        self._is_refused, self._is_lost = False, False
        self._beyond: str | None = None
        self._wanted_rows = _AT_ONCE
        self._order = ListOrder.NEWEST_FIRST
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None  # of what is shown, not of the list of all
        self._jumps = False  # to the list, once the answer is there
        self._kept = ""  # reference that was before the eyes
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pages = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._pages)
        self._pages.addWidget(page)
        self._pages.addWidget(file_page)
        self._connect()

    @property
    def keys(self) -> Sequence[KeyLine]:
        """Those of the box and of the list."""
        tr = self._tr
        return [
            KeyLine("Ctrl+F", tr.text("supervisor", "Chercher")),
            KeyLine(NO_FILTER_KEY, tr.text("supervisor", "Tout afficher")),
            KeyLine("F5", tr.text("supervisor", "Relire")),
            KeyLine(EXPORT_KEY, tr.text("supervisor", "Exporter la liste"), Permission.EXPORT_LIST),
        ]

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in."""
        self.page.export.begin(session)

    def enter(self) -> None:
        """Show the results; the list of all is read anew unless somebody is far down in it."""
        if self._jumps:
            return  # to an answer that is still to come
        if self._pages.currentWidget() is self._file and self._file.is_unfinished:
            self._file.resume()
            return
        self._show_results()
        if self._question is None or self._question.text or len(self.page.table.rows) <= _AT_ONCE:
            self._ask()
        self.page.focus_box()

    def show_news(self, news: DeskNews) -> None:
        """Ask again what could not be answered, once the link to a hub is back."""
        was_lost, self._is_lost = self._is_lost, news.hub_lost_since is not None
        if was_lost and not self._is_lost and self._is_refused:
            self._ask()

    def take_scan(self, text: str) -> bool:
        """Look for the request of a scanned ticket; a code of another kind is not for here."""
        if not (has_mark(seal_in(text)) or _is_reference(text)):
            return False
        self._show_results()
        self.page.filters.reset()
        self.page.put_text(text.strip())
        self._enter()
        return True

    def forget(self) -> None:
        """Leave nothing of anybody, and drop what is still being answered."""
        self._pause.stop()
        self._question, self._ask_again, self._is_asking, self._is_refused = None, False, False, False
        self._beyond, self._kept, self._jumps = None, "", False
        self._order, self._sorted_by = ListOrder.NEWEST_FIRST, None
        self.page.forget()
        self.page.filters.reset()
        self._pause.stop()
        self._file.forget()
        self._pages.setCurrentWidget(self.page)

    # Asking ----------------------------------------------------------------------------------------------------------

    def _question_now(self) -> ListQuestion:
        return ListQuestion(self.page.text, self.page.filters.wanted(), self._order)

    def _type(self) -> None:
        self._sorted_by = None
        self._pause.start()

    def _enter(self) -> None:
        """Answer what was typed or scanned at once, and go to the list."""
        self._jumps = True
        self._sorted_by = None
        self._kept = ""
        self._ask()

    def _ask(self) -> None:
        """Begin another list; if one is being asked for, when its answer is there."""
        self._pause.stop()
        if self._work.session is None:
            return
        if self._is_asking:
            self._ask_again = True
            return
        chosen = self.page.chosen
        self._kept = chosen.reference if chosen and not self._jumps else ""
        self._question = question = self._question_now()
        self._wanted_rows = MOST_SORTED if self._sorted_by else _AT_ONCE
        if question.text:
            self._read(
                lambda session: self._search.find(session, question.text, question.wanted),
                lambda findings: self._show_findings(question, findings),
            )
        else:
            self._read_page(question, None)

    def _ask_more(self) -> None:
        """Go on with the list."""
        self._wanted_rows = max(self._wanted_rows, len(self.page.table.rows) + _AT_ONCE)
        if self._question is not None and self._beyond is not None and not self._is_asking:
            self._read_page(self._question, self._beyond)

    def _read_page(self, question: ListQuestion, beyond: str | None) -> None:
        self._read(
            lambda session: self._search.page(session, question.wanted, question.order, beyond),
            lambda page: self._show_page(question, page, is_first=beyond is None),
        )

    def _read(self, task: Callable[[StaffSession], object], show: Callable[..., None]) -> None:
        question = self._question
        self._is_asking, self._is_refused = True, False

        def done(answer: object) -> None:
            if self._question is question and question is not None:
                self._is_asking = False
                if not self._goes_back_to_asking():
                    show(answer)

        def refuse(sentence: str) -> None:
            if self._question is question:
                self._is_asking, self._is_refused = False, True
                self.page.say(Said(sentence, Tone.BAD))
                self._goes_back_to_asking()

        self._work.read(task, done, refuse)

    def _goes_back_to_asking(self) -> bool:
        """Whether something else was asked meanwhile; then that is asked now, and this answer is worth nothing."""
        if self._ask_again:
            self._ask_again = False
            self._ask()
            return True
        return False

    # Showing ---------------------------------------------------------------------------------------------------------

    def _show_findings(self, question: ListQuestion, findings: Findings) -> None:
        self._beyond = None
        self.page.table.show_rows(findings.requests, has_more=False)
        self.page.show_reason(is_shown=True)
        seal = seal_said(self._tr, findings)
        if seal is not None and findings.reference:
            # What a reader typed is four lines long and says nothing to anybody.
            self.page.put_text(findings.reference)
            self._question = ListQuestion(findings.reference, question.wanted, question.order)
        self.page.say(seal or self._found_said(findings, is_filtered=question.wanted != EVERYTHING))
        self._sort_again()
        self._settle()

    def _show_page(self, question: ListQuestion, page: ListPage, *, is_first: bool) -> None:
        table = self.page.table
        self._beyond = page.beyond
        has_more = page.beyond is not None and len(table.rows) + len(page.requests) < MOST_SHOWN
        if is_first:
            table.show_rows(page.requests, has_more=page.beyond is not None)
            self.page.show_reason(is_shown=False)
        else:
            table.append(page.requests, has_more=has_more)
        is_short = len(table.rows) < self._wanted_rows
        self.page.say(self._listed_said(page, is_short=is_short))
        if page.beyond is not None and is_short and has_more:
            self._read_page(question, page.beyond)
        self._sort_again()
        if is_first or self._kept:
            self._settle()

    def _settle(self) -> None:
        """Put the same request before the eyes as before, or the first one where somebody asked for the list."""
        if self._kept:
            self.page.choose(self._kept)
        if self._jumps:
            self._jumps = False
            self.page.focus_list() if self.page.table.rows else self.page.focus_box()

    def _found_said(self, findings: Findings, *, is_filtered: bool) -> Said:
        tr, count = self._tr, len(findings.requests)
        if not count:
            if is_filtered:
                return Said(tr.text("supervisor", "Rien trouvé avec ces filtres."), Tone.WARNING)
            return Said(tr.text("supervisor", "Rien trouvé."), Tone.WARNING)
        if not findings.are_all:
            text = tr.text("supervisor", "Les {count} demandes les plus sûres ; tapez plus de lettres pour préciser.")
            return Said(text.format(count=count), Tone.WARNING)
        if all(request.match is Match.SUGGESTION for request in findings.requests):
            text = tr.text("supervisor", "Référence proche de ce qui a été tapé : faute de frappe ? Vérifiez le nom.")
            return Said(text, Tone.WARNING)
        if count == 1:
            return Said(tr.text("supervisor", "1 demande trouvée."), Tone.QUIET)
        text = tr.text("supervisor", "{count} demandes trouvées, les plus sûres d'abord.")
        return Said(text.format(count=count), Tone.QUIET)

    def _listed_said(self, page: ListPage, *, is_short: bool) -> Said:
        tr, count = self._tr, len(self.page.table.rows)
        if page.beyond is None:
            if not count:
                return Said(tr.text("supervisor", "Aucune demande dans cette liste."), Tone.QUIET)
            text = tr.text("supervisor", "Nombre de demandes : {count}.")
            return Said(text.format(count=count), Tone.QUIET)
        if count >= MOST_SHOWN:
            text = tr.text("supervisor", "{count} demandes affichées : choisissez une période ou un filtre.")
            return Said(text.format(count=count), Tone.WARNING)
        if is_short and page.looked_to is not None:
            text = tr.text("supervisor", "Demandes : {count} ; recherche en cours, jusqu'au {day}…")
            return Said(text.format(count=count, day=f"{page.looked_to:%d/%m/%Y}"), Tone.BUSY)
        text = tr.text("supervisor", "{count} demandes affichées ; la suite vient en descendant.")
        return Said(text.format(count=count), Tone.QUIET)

    # Sorting ---------------------------------------------------------------------------------------------------------

    def _sort(self, column: int) -> None:
        """Sort by a heading that was clicked, and the other way round when it was the last one, too."""
        if self._question is None:
            return
        if not self._question.text and column in IN_ORDER_OF_RECEIPT:
            self._sorted_by = None
            is_newest = self._order is ListOrder.NEWEST_FIRST
            self._order = ListOrder.OLDEST_FIRST if is_newest else ListOrder.NEWEST_FIRST
            self._ask()
            return
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        is_again = self._sorted_by == (column, ascending) and column != WHY
        self._sorted_by = column, descending if is_again else ascending
        self._wanted_rows = max(self._wanted_rows, MOST_SORTED)
        if self._beyond is not None and len(self.page.table.rows) < MOST_SORTED:
            if not self._is_asking:
                self._read_page(self._question, self._beyond)
            return
        self._sort_again()

    def _sort_again(self) -> None:
        """Keep what is shown in the order that was asked for, once all of it is there."""
        if self._sorted_by is not None and self._beyond is None:
            self.page.table.sort(*self._sorted_by)
        elif self._sorted_by is not None and len(self.page.table.rows) >= MOST_SORTED:
            self._sorted_by = None
            text = self._tr.text("supervisor", "Liste trop longue pour ce tri : choisissez une période ou un filtre.")
            self.page.say(Said(text, Tone.WARNING))
        self._show_order()

    def _show_order(self) -> None:
        is_list = self._question is not None and not self._question.text
        if self._sorted_by is not None:
            self.page.show_order(*self._sorted_by)
        elif is_list:
            is_newest = self._order is ListOrder.NEWEST_FIRST
            order = Qt.SortOrder.DescendingOrder if is_newest else Qt.SortOrder.AscendingOrder
            self.page.show_order(RECEIVED, order)
        else:
            self.page.show_order(None, Qt.SortOrder.AscendingOrder)

    # A person's file -------------------------------------------------------------------------------------------------

    def _open(self, reference: str) -> None:
        def refuse(sentence: str) -> None:
            self.page.say(Said(sentence, Tone.BAD))

        self._work.do(
            lambda session: self._search.open_file(session, reference), self._show_file, refuse, said=self._gone
        )

    def _gone(self, _error: InputError) -> str:
        return self._tr.text("supervisor", "Cette demande n'est plus enregistrée ici.")

    def _show_file(self, file: PersonFile) -> None:
        self._file.show_file(file)
        self._pages.setCurrentWidget(self._file)

    def _go_back(self) -> None:
        """Show the results as they were; only the request whose file was open is read anew."""
        if self._pages.currentWidget() is not self._file:
            return
        self._show_results()
        self.page.focus_list()
        chosen = self.page.chosen
        if chosen is None:
            return

        def show(findings: Findings) -> None:
            for request in findings.requests:
                if request.reference == chosen.reference:
                    self.page.table.replace(request, match=chosen.match)

        self._work.read(
            lambda session: self._search.find(session, chosen.reference, EVERYTHING), show, lambda _sentence: None
        )

    def _show_results(self) -> None:
        self._file.forget()
        self._pages.setCurrentWidget(self.page)

    # How it is built -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        page = self.page
        self._pause.timeout.connect(self._ask)
        page.typed.connect(self._type)
        page.entered.connect(self._enter)
        page.opened.connect(self._open)
        page.sorted.connect(self._sort)
        page.wants_again.connect(self._ask)
        page.filters.changed.connect(self._ask)
        page.table.wants_more.connect(self._ask_more)
        page.export.ask(self._question_now)
        page.export.said.connect(lambda sentence: page.say(Said(sentence, Tone.GOOD)))
        page.export.refused.connect(lambda sentence: page.say(Said(sentence, Tone.BAD)))
        self._file.left.connect(self._go_back)
        back = QShortcut(QKeySequence("Esc"), self._file)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._go_back)


def _is_reference(text: str) -> bool:
    try:
        parse_reference(text.strip())
    except InputError:
        return False
    return True
