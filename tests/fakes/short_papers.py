"""Builders of the papers that are no tickets: the proof of an act, lists of passages and of missing papers."""

from datetime import UTC, date, datetime
from typing import Any, Final

from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.moment import Moment
from kiosk.domain.request_change import ChangeId, ChangeKind, Completion, CorrectedField, Correction, RequestChange
from kiosk.domain.slip import PassageList, Proof
from tests.fakes.requests import a_filed_request, a_filing, a_moment, a_procedure, a_request_content, a_site
from tests.fakes.tickets import A_LATER_VISIT

_SAID: Final[dict[ChangeKind, dict[str, Any]]] = {
    ChangeKind.COMPLETED: {"added": Completion(documents=("titre",), phone="0612345678")},
    ChangeKind.CORRECTION_ASKED: {"corrections": (Correction(CorrectedField.BIRTH_NAME, "DIALLO", "DIALLOU"),)},
    ChangeKind.CORRECTED: {
        "corrections": (Correction(CorrectedField.FOREIGNER_NUMBER, "9912345678", "9912345670"),),
        "by": "Claire Martin",
        "reason": "passeport",
    },
    ChangeKind.WITHDRAWN: {},
}


def a_change(kind: ChangeKind, *, changed: Moment | None = None, seq: int = 12) -> RequestChange:
    """Done one week after the filing."""
    moment = changed or a_moment(A_LATER_VISIT)
    said = _SAID[kind]
    return RequestChange(ChangeId("c"), 1, kind, moment, seq, "ab" * 32, **said)


def a_proof(kind: ChangeKind, *, language: str = "fr", changed: Moment | None = None) -> Proof:
    content = a_request_content(language=language)
    change = a_change(kind, changed=changed)
    return Proof(a_filed_request(content), content, change, a_procedure(), a_site(), language)


def some_passages(language: str = "fr") -> PassageList:
    """Two filings, papers brought later, and a correction by an agent, for which the person was not at the kiosk."""
    second = a_filing(ordinal=2, filed=a_moment(A_LATER_VISIT), journal_seq=9)
    request = a_filed_request(filings=(a_filing(), second))
    later = a_moment(datetime(2026, 12, 1, 10, tzinfo=UTC))
    changes = [a_change(ChangeKind.COMPLETED, changed=later), a_change(ChangeKind.CORRECTED, changed=later, seq=13)]
    return PassageList(request, request.content, changes, a_procedure(), a_site(), language, later)


def some_missing_papers(language: str = "fr") -> MissingPapers:
    """A paper of the procedure and another one, to be brought within a month."""
    request = a_filed_request()
    labels = ("Titre de séjour actuel", "Acte de naissance")
    return MissingPapers(
        request=request,
        content=request.content,
        procedure_label="Renouveler une carte de séjour salarié",
        labels=labels,
        asked_on=date(2026, 11, 20),
        bring_by=date(2026, 12, 20),
        site=a_site(),
        language=language,
    )
