import pytest
from PySide6.QtWidgets import QApplication

from kiosk.domain.procedure import TicketKind
from kiosk.store.catalogue_file import load_catalogue
from kiosk.translation import languages
from printing.document.compose import compose
from printing.render.fonts import missing_glyphs
from tests.fakes.requests import a_filed_request, a_filing, a_request_content
from tests.fakes.tickets import a_ticket, some_deadlines

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("language", list(languages()))
@pytest.mark.parametrize("code", list(CATALOGUE.procedures))
def test_every_procedure_has_a_whole_ticket(qapp: QApplication, code: str, language: str) -> None:
    """Every shipped procedure, in every language: nothing unfilled, every glyph there, the basis that is its own."""
    procedure = CATALOGUE.procedures[code]
    content = a_request_content(
        procedure=code, language=language, documents=[document.code for document in procedure.documents]
    )
    filing = a_filing(language=language)
    request = a_filed_request(content, filings=[filing])
    rejects = procedure.silence.period is not None
    deadlines = some_deadlines() if rejects else some_deadlines(implicit_rejection_on=None, appeal_safe_day=None)

    said = compose(a_ticket(request=request, filing=filing, procedure=procedure, deadlines=deadlines)).words

    assert procedure.label_fr in said
    assert "{" not in said
    assert missing_glyphs(said) == []
    assert ("Sans réponse" in said) is (procedure.ticket_kind is TicketKind.ACKNOWLEDGEMENT)
    assert ("CRPA art. L. 231-4" in said) is (code in {"DCEM", "TITRE-VOYAGE"})
