"""The request of a person who came back: what is known of it, and what can be done with it."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.deadlines import deadlines_of
from kiosk.domain.file_act import CounterMessage
from kiosk.domain.place import Departement
from kiosk.domain.procedure import TicketKind
from kiosk.domain.request_change import ChangeKind, RequestChange
from kiosk.domain.slip import passage_days
from kiosk.domain.ticket import Deadlines
from kiosk.services.recognise_holder import YourRequest
from ui.applicant.page import Page
from ui.applicant.return_acts import Act
from ui.applicant.ticket_pages import returning_of
from ui.applicant.wording import day_in_words, initial_of, masked, procedure_label
from ui.kit.comfort import TextSize
from ui.kit.counter_messages import counter_message_said
from ui.kit.labels import panel, text_label

_SHOWN_DAYS = 6  # the paper lists all


class YourRequestPage(Page):
    """What the prefecture has, how far it is, and what can be done."""

    name = "your_request"

    def build(self) -> None:
        """Show the request, masked, and a card for each act."""
        yours = self.yours
        self.title_in_line(self.say("returning", "Votre demande"), procedure_label(yours.procedure, self.texts))
        scroll = self.scrolled("request_text")
        if self._is_dense:
            scroll.column.setSpacing(self.theme.steps(1.5))
        if yours.message is not None and yours.withdrawal is None:
            scroll.column.addWidget(self._message(yours.message))
        facts = self.side_by_side()
        for panel_of in (self._what, self._how_far):
            facts.addWidget(panel_of(yours), 1)
        scroll.column.addLayout(facts)
        grid = QGridLayout()
        grid.setSpacing(self.theme.steps(1.5))
        columns = 3 if self.theme.is_wide else 2
        if not self._is_dense:
            columns -= 1
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        for rank, card in enumerate(self._cards(yours)):
            grid.addWidget(card, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.ways_on(self.primary("finish", self.say("action", "Terminer"), self.journey.leave))

    @property
    def _is_dense(self) -> bool:
        """Whether letters let more stand in a line, so that all that can be done is seen at once."""
        return self.theme.comfort.text_size is TextSize.NORMAL

    @property
    def yours(self) -> YourRequest:
        """The request that its holder looks at."""
        yours = returning_of(self).yours
        if yours is None:
            raise ValueError("the holder must be recognised first")
        return yours

    def _message(self, message: CounterMessage) -> QWidget:
        """Say first what staff want the person to know."""
        frame, column = panel(self.theme, name="request_message", rim=4)
        column.addWidget(text_label(self.say("returning", "Message de la préfecture"), "hint"))
        column.addWidget(text_label(counter_message_said(self.texts, message), "section", "message"))
        return frame

    def _what(self, yours: YourRequest) -> QWidget:
        frame, column = panel(self.theme, name="request_facts", rim=1.25 if self._is_dense else 2)
        column.setSpacing(self.theme.steps(0.5))
        column.addWidget(text_label(self.say("outcome", "Référence de votre demande"), "hint"))
        column.addWidget(text_label(self.texts.isolated(yours.request.reference), "section", "reference"))
        received = self.say("outcome", "Reçue le {day} à {time}").format(
            day=day_in_words(yours.request.received.civil_date, self.texts),
            time=self.texts.isolated(yours.request.received.local.strftime("%H:%M")),
        )
        column.addWidget(text_label(received, "lead", "received"))
        column.addLayout(self._masked(yours))
        if not self._has_room_beside(yours):
            column.addSpacing(self.theme.steps(0 if self._is_dense else 1))
            column.addLayout(self._passages(yours))
        column.addStretch(1)
        return frame

    def _masked(self, yours: YourRequest) -> QVBoxLayout:
        """Say just enough for the person to know that it is theirs, and for nobody else to know who it is."""
        content = yours.content
        values = (
            ("shown_name", self.say("review", "Nom et prénoms"), initial_of(content.identity.birth_name)),
            ("shown_number", self.say("review", "Numéro étranger"), masked(content.foreigner_number or "")),
            ("shown_phone", self.say("contact", "Téléphone"), masked(content.phone or "")),
        )
        ones = [self._captioned(name, caption, value) for name, caption, value in values if value]
        lines = [ones] if self._is_dense and self.theme.is_wide else [ones[:1], ones[1:]]
        if not self._is_dense:
            lines = [[one] for one in ones]
        column = QVBoxLayout()
        column.setSpacing(self.theme.steps(0.5))
        for line in filter(None, lines):
            row = QHBoxLayout()
            row.setSpacing(self.theme.steps(1.5))
            for one in line:
                row.addLayout(one, 1)
            column.addLayout(row)
        return column

    def _captioned(self, name: str, caption: str, value: str) -> QBoxLayout:
        """Return a value with its caption: above it on a wide screen, before it on a tall one, told from the top."""
        is_above = self._is_dense and self.theme.is_wide
        way = QBoxLayout.Direction
        one = QBoxLayout(way.TopToBottom if is_above else way.LeftToRight)
        one.setSpacing(self.theme.steps(0.25 if is_above else 1.5))
        one.addWidget(text_label(caption, "hint"))
        one.addWidget(text_label(self.texts.isolated(value), "lead", name), 1)
        return one

    def _how_far(self, yours: YourRequest) -> QWidget:
        frame, column = panel(self.theme, name="request_state", rim=1.25 if self._is_dense else 2)
        column.setSpacing(self.theme.steps(0.5))
        column.addWidget(text_label(self.say("returning", "Où en est votre demande"), "hint"))
        column.addWidget(text_label(self._status(yours), "section", "status"))
        if yours.withdrawal is None and _is_correction_asked(yours.changes):
            text = self.say("returning", "Vous avez demandé une correction. Un agent doit la vérifier.")
            column.addWidget(text_label(text, "lead", "correction_asked"))
        for name, sentence in self._silence(yours):
            column.addWidget(text_label(sentence, "lead", name))
        if self._has_room_beside(yours):
            column.addStretch(1)
            column.addLayout(self._passages(yours))
        column.addStretch(1)
        return frame

    def _has_room_beside(self, yours: YourRequest) -> bool:
        """Whether how far a request is takes so little of a wide screen that the passages stand below it."""
        return self.theme.is_wide and not [*self._silence(yours)]

    def _status(self, yours: YourRequest) -> str:
        """Return how far the request is, in easy words; a word that is not known here is never shown."""
        if yours.withdrawal is not None:
            return self.say("returning", "Vous avez retiré cette demande le {day}.").format(
                day=day_in_words(yours.withdrawal.changed.civil_date, self.texts)
            )
        if yours.status is None:
            return self.say("returning", "La préfecture a reçu votre demande. Elle n'a pas encore dit la suite.")
        match yours.status.status:
            case "received":
                return self.say("returning", "La préfecture a reçu votre demande.")
            case "in_progress":
                return self.say("returning", "La préfecture étudie votre demande.")
            case "incomplete":
                return self.say("returning", "Il manque des papiers. Parlez à un agent.")
            case "completed":
                return self.say("returning", "L'étude est finie. Un agent vous explique la suite.")
            case _:
                return self.say("returning", "Un agent peut vous dire où elle en est.")

    def _silence(self, yours: YourRequest) -> Iterator[tuple[str, str]]:
        """Yield the dates of the ticket, computed as the ticket computes them."""
        deadlines = _deadlines(self, yours)
        is_trace = yours.procedure.ticket_kind is TicketKind.TRACE
        if is_trace or yours.withdrawal is not None or deadlines.implicit_rejection_on is None:
            return
        yield (
            "silence",
            self.say(
                "returning",
                "Sans réponse le {day}, votre demande est considérée comme refusée, si votre dossier est complet.",
            ).format(day=day_in_words(deadlines.implicit_rejection_on, self.texts)),
        )
        if not deadlines.is_silence_sourced:
            yield "silence_to_confirm", self.say("returning", "Un agent doit confirmer cette règle et cette date.")
        if deadlines.appeal_safe_day is not None:
            yield (
                "appeal",
                self.say(
                    "returning", "Vous pourrez alors aller au tribunal administratif ({town}) avant le {day}."
                ).format(
                    town=self.texts.isolated(_residence(self, yours).administrative_court),
                    day=day_in_words(deadlines.appeal_safe_day, self.texts),
                ),
            )

    def _passages(self, yours: YourRequest) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.steps(0.5))
        column.addWidget(text_label(self.say("returning", "Vos passages à la borne"), "hint"))
        days = passage_days(yours.request, yours.changes)[-_SHOWN_DAYS:]
        said = " · ".join(day_in_words(day, self.texts) for day in days)
        line = QBoxLayout(
            QBoxLayout.Direction.LeftToRight
            if self._is_dense and not self.theme.is_wide
            else QBoxLayout.Direction.TopToBottom
        )
        line.setSpacing(self.theme.steps(0.5))
        line.addWidget(text_label(said, "lead", "passage_days"), 1)
        weeks = self.say("returning", "Semaines différentes : {count}").format(
            count=self.texts.isolated(str(yours.weeks))
        )
        line.addWidget(text_label(weeks, "lead", "weeks"), 1)
        column.addLayout(line)
        return column

    def _cards(self, yours: YourRequest) -> Iterator[QWidget]:
        returning = returning_of(self)
        if yours.withdrawal is None:
            yield self._act("bring", self.say("returning", "J'apporte des papiers"), returning.open_papers, "document")
            if yours.procedure.ask_evidence:
                tried = self.say("returning", "Dire que j'ai essayé encore")
                yield self._act("attempts", tried, returning.open_attempts, "aide")
            contact = self.say("returning", "Changer ou effacer mon téléphone, mon courriel")
            yield self._act("contact", contact, returning.open_contact, "changer")
            wrong = self.say("returning", "Mon nom ou ma date est faux")
            yield self._act("correct", wrong, returning.open_correction, "problem")
        has_printer = self.services.has_printer
        if has_printer and Act.REPRINT not in returning.printed:
            again = self.say("returning", "Imprimer encore mon ticket")
            yield self._act("reprint", again, returning.reprint, "ticket")
        if has_printer and Act.PASSAGES not in returning.printed:
            passages = self.say("returning", "Imprimer la liste de mes visites")
            yield self._act("list_passages", passages, returning.list_passages, "printer")
        if yours.withdrawal is None:
            away = self.say("returning", "Retirer ma demande")
            yield self._act("withdraw", away, returning.open_withdrawal, "erase")

    def _act(self, name: str, text: str, then: Callable[[], None], pictogram: str) -> QWidget:
        card = self.card(f"act_{name}", text, then, pictogram=pictogram)
        card.setMinimumHeight(self.theme.steps(11))
        return card


def _is_correction_asked(changes: Sequence[RequestChange]) -> bool:
    """Whether something that the holder asked to be put right waits for an agent."""
    kinds = [change.kind for change in changes]
    last = max((rank for rank, kind in enumerate(kinds) if kind is ChangeKind.CORRECTION_ASKED), default=-1)
    return last >= 0 and ChangeKind.CORRECTED not in kinds[last:]


def _residence(page: Page, yours: YourRequest) -> Departement:
    site = page.services.site
    return page.services.places.departements.get(yours.request.content.departement or "", site.departement)


def _deadlines(page: Page, yours: YourRequest) -> Deadlines:
    content = yours.request.content
    return deadlines_of(
        yours.procedure,
        yours.request.received.civil_date,
        zone=_residence(page, yours).holiday_zone,
        calendar=page.services.calendar,
        permit_expires_on=content.permit_expires_on,
        birth_date=content.identity.birth_date,
    )
