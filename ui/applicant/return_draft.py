"""What a person said since coming back: in memory only, gone with the visit."""

from dataclasses import dataclass, field

from kiosk.domain.procedure import Procedure
from kiosk.domain.request_change import Completion, Contact, CorrectedField, RemovedContact
from ui.applicant.draft import DateParts


@dataclass
class ReturnDraft:
    """The pages write into it.

    Attributes:
        reference: as typed.
        birth: to be recognised by.
        name: to be recognised by, without a birth date.
        documents: ticked now.
        phone: new one.
        email: new one.
        gone: contacts to take out.
        right: what is right, by the name of the wrong value.
        right_birth: the right birth date.
    """

    reference: str = ""
    birth: DateParts = field(default_factory=DateParts)
    name: str = ""
    documents: set[str] = field(default_factory=set)
    phone: str = ""
    email: str = ""
    gone: set[Contact] = field(default_factory=set)
    right: dict[CorrectedField, str] = field(default_factory=dict)
    right_birth: DateParts = field(default_factory=DateParts)

    def forget_act(self) -> None:
        """Forget what belongs to one act only."""
        self.documents.clear()
        self.phone = self.email = ""
        self.gone.clear()
        self.right.clear()
        self.right_birth = DateParts()

    def papers(self, procedure: Procedure) -> Completion:
        """Return the papers that were ticked."""
        codes = [document.code for document in procedure.documents]
        return Completion(documents=tuple(code for code in codes if code in self.documents))

    def contact(self) -> Completion:
        """Return the new telephone and e-mail, and what is taken out."""
        removed = tuple(RemovedContact(each) for each in Contact if each in self.gone)
        return Completion(phone=self.phone or None, email=self.email or None, removed=removed)
