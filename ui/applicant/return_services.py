"""What the screens of a person who comes back need from the rest of Borne; the composition fills it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.services.find_ticket import BroughtTicket
from kiosk.services.recognise_holder import YourRequest
from kiosk.services.record_change import ChangeOrder, ChangeOutcome


@dataclass(frozen=True, slots=True)
class ReturnServices:
    """Verbs; they may be slow and are called on a background thread.

    Attributes:
        find: a scan or a typed reference to the ticket that it is.
        recognise: reference and birth date, or name, to the request of its holder; None when the answer is wrong.
        look_again: the request as it is now, of somebody who was recognised in this visit.
        complete: adds papers and contacts.
        ask_correction: records what is wrong, for an agent.
        withdraw: withdraws the request.
        reprint: orders the ticket again, as DUPLICATA.
        list_passages: orders the list of passages, in a language.
    """

    find: Callable[[str], BroughtTicket]
    recognise: Callable[[str, PartialDate | None, str], YourRequest | None]
    look_again: Callable[[str], YourRequest | None]
    complete: Callable[[ChangeOrder, Completion], ChangeOutcome]
    ask_correction: Callable[[ChangeOrder, Mapping[CorrectedField, str]], ChangeOutcome]
    withdraw: Callable[[ChangeOrder], ChangeOutcome]
    reprint: Callable[[str], PrintJobId]
    list_passages: Callable[[str, str], PrintJobId]
