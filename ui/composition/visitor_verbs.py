"""What visitors ask of a machine: to file, to come back to a request, to call a person."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.services.change_request import AskCorrection, CompleteRequest, WithdrawRequest
from kiosk.services.file_request import FileRequest
from kiosk.services.find_ticket import FindTicket
from kiosk.services.list_passages import ListPassages
from kiosk.services.machine import CallAgent
from kiosk.services.recognise_holder import RecogniseHolder
from kiosk.services.record_change import ChangeOutcome

if TYPE_CHECKING:
    from ui.composition.machine import Machine


@dataclass(frozen=True)
class VisitorVerbs:
    """The verbs behind the public's screens.

    Attributes:
        machine: the one that does them.
    """

    machine: "Machine"

    @cached_property
    def file_request(self) -> FileRequest:
        """Files a request."""
        return FileRequest(**self.machine.parts, catalogue=self.machine.catalogue, rank=self.machine.data.rank)

    @cached_property
    def find_ticket(self) -> FindTicket:
        """Reads the ticket of a person who comes back."""
        machine = self.machine
        return FindTicket(
            reading=machine.store.reading,
            clock=machine.clock,
            origin=machine.site.origin,
            keys=machine.trust.keys_of_seals,
        )

    @cached_property
    def recognise_holder(self) -> RecogniseHolder:
        """Opens a request to its holder."""
        machine = self.machine
        return RecogniseHolder(reading=machine.store.reading, clock=machine.clock, catalogue=machine.catalogue)

    @cached_property
    def complete_request(self) -> CompleteRequest:
        """Adds to a request what its holder brings."""
        return CompleteRequest(**self.machine.parts, catalogue=self.machine.catalogue)

    @cached_property
    def ask_correction(self) -> AskCorrection:
        """Records what a holder says is wrong."""
        return AskCorrection(**self.machine.parts)

    @cached_property
    def withdraw_request(self) -> WithdrawRequest:
        """Withdraws a request for its holder."""
        return WithdrawRequest(**self.machine.parts)

    @cached_property
    def list_passages(self) -> ListPassages:
        """Orders the list of a holder's passages."""
        return ListPassages(**self.machine.parts)

    @cached_property
    def call_agent(self) -> CallAgent:
        """Records that a visitor asked for a person."""
        return CallAgent(**self.machine.parts)

    def file_and_notify(self, content: RequestContent, idempotency_key: str) -> FilingOutcome:
        """File a request and wake the link, which nobody waits for."""
        outcome = self.file_request(content, idempotency_key)
        self.machine.link.wake()
        return outcome

    def and_notify(self, outcome: ChangeOutcome) -> ChangeOutcome:
        """Wake the link after something was recorded, and return that."""
        self.machine.link.wake()
        return outcome
