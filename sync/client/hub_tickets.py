"""Tickets at a hub, over HTTP: checked, printed again at their kiosk, given as a file."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason, Ticket
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.reprint_desk import ReprintNews
from kiosk.ports.ticket_checks import CheckedTicket
from kiosk.services.person_file import ReadFile
from sync.client.answers import Answer
from sync.client.hub_link import HubLink, understood
from sync.protocol.hall_tickets import (
    MOST_CODE_CHARACTERS,
    HallReprint,
    HolderAnswer,
    ShownCode,
    ShownHolder,
    TicketCheck,
    TicketCopy,
    WantedCopy,
    WantedReprint,
)

_TICKETS: Final = "/v1/hall/tickets"
# Draws a ticket up: the file, the kiosk at which it was filed, the seal, empty where it cannot be had.
DrawUp = Callable[[PersonFile, str, str], Ticket]


class HttpTicketChecks:
    """The :class:`kiosk.ports.ticket_checks.TicketChecks` of a hub."""

    def __init__(self, link: HubLink) -> None:
        self._link = link

    def check(self, session: StaffSession, text: str) -> CheckedTicket:
        """Return what can be said of a code, scanned or pasted."""
        answer = self._link.act(f"{_TICKETS}/checks", ShownCode(text=_sent(text)), session.token)
        return understood(TicketCheck.checked, self._link.read(TicketCheck, answer))

    def is_of(self, session: StaffSession, text: str, birth_name: str, birth_date: PartialDate | None) -> bool:
        """Whether a genuine ticket is this person's."""
        born = None if birth_date is None else str(birth_date)
        shown = ShownHolder.model_construct(text=_sent(text), birth_name=birth_name, birth_date=born)
        answer = self._link.act(f"{_TICKETS}/holders", shown, session.token)
        return self._link.read(HolderAnswer, answer).matches


class HttpReprintDesk:
    """The :class:`kiosk.ports.reprint_desk.ReprintDesk` of a hub: the kiosk prints, this machine makes the files."""

    def __init__(self, link: HubLink, words: ReadFile, draw_up: DrawUp, write_pdf: Callable[[Ticket], bytes]) -> None:
        """Take what a counter works with.

        Args:
            link: to the hub.
            words: gives a file this site's words and dates.
            draw_up: makes a ticket of what the hub says of it.
            write_pdf: lays a ticket out on office paper.
        """
        self._link, self._words, self._draw_up, self._write_pdf = link, words, draw_up, write_pdf

    def printers(self) -> Sequence[ReprintPrinter]:
        """Return where a duplicate can come out: a counter of a hub has none of its own."""
        return (ReprintPrinter.KIOSK,)

    def order(
        self, session: StaffSession, reference: str, reason: ReprintReason, printer: ReprintPrinter
    ) -> ReprintNews:
        """Order a duplicate of the kiosk at which the request was filed."""
        if printer is not ReprintPrinter.KIOSK:
            raise InputError("printer", ReprintPrinter.KIOSK)
        wanted = WantedReprint.model_construct(reference=reference, reason=reason.value)  # type: ignore[arg-type]
        return self._news_in(self._link.act(f"{_TICKETS}/reprints", wanted, session.token))

    def print_here(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Return where a duplicate stands: its kiosk takes it up by itself."""
        return self.news(session, print_job_id)

    def news(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Return where a duplicate stands now, as far as its kiosk told the hub."""
        self._link.require()
        return self._news_in(self._link.ask("GET", f"{_TICKETS}/reprints/{print_job_id}", token=session.token))

    def give_up(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Take an order back that its kiosk has not said it took up; return where it stands."""
        return self._news_in(self._link.act(f"{_TICKETS}/reprints/{print_job_id}/undo", None, session.token))

    def office_pdf(self, session: StaffSession, reference: str) -> bytes:
        """Return the ticket as an A4 PDF, with its kiosk's seal where the hub can say it again."""
        wanted = WantedCopy.model_construct(reference=reference)
        message = self._link.read(TicketCopy, self._link.act(f"{_TICKETS}/copies", wanted, session.token))
        return self._write_pdf(understood(self._ticket_of, message))

    def _ticket_of(self, message: TicketCopy) -> Ticket:
        ticket = self._draw_up(message.file.file(self._words), message.kiosk, message.seal)
        return dataclasses.replace(ticket, office_copy=message.office_copy())

    def _news_in(self, answer: Answer) -> ReprintNews:
        return understood(HallReprint.news, self._link.read(HallReprint, answer))


def _sent(text: str) -> str:
    """Return a code as it can be sent: what is longer is no seal, and half a character is none."""
    return text[:MOST_CODE_CHARACTERS].encode("utf-8", "replace").decode()
