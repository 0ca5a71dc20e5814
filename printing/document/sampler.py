"""Every sentence of the ticket in one language, in every size and weight it comes in: for warming up and for proofs."""

from datetime import UTC, datetime

from kiosk.domain.moment import ClockQuality, Moment
from printing.document.blocks import Code, Document, KeyValue, Size, Text, Title, Weight
from printing.document.texts import ALL_MESSAGES
from printing.document.wording import Wording

_AN_INSTANT = datetime(2026, 11, 20, 8, 3, tzinfo=UTC)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz ÀÂÇÉÈÊËÎÏÔÙÛÜ àâçéèêëîïôùûü 0123456789 .,:;?!'()-/@"


def every_sentence(language: str) -> Document:
    """Return a document that says everything once.

    Raises:
        ConfigurationError: the language has no catalogue.
    """
    wording = Wording(language)
    speech = wording.speech
    moment = Moment.of(_AN_INSTANT, "Europe/Paris", ClockQuality.SYNCED)
    sentences = [wording.say(message) for message in ALL_MESSAGES] + [wording.legal_time(moment)]
    title = Title(" ".join(sentence for sentence in sentences if sentence.isupper()) or sentences[0], speech)
    return Document(
        (
            title,
            Text("A0123456789", Size.HUGE, Weight.BOLD, one_line=True),
            Text("38-A2-0123456789-K", Size.LARGE, Weight.BOLD, one_line=True),
            KeyValue(_LETTERS, _LETTERS),
            KeyValue(wording.instant(moment), wording.date(moment.civil_date), speech),
            *(Text(sentence, weight=weight, speech=speech) for sentence in sentences for weight in Weight),
            Code("PREFTKT1." + "A" * 250),
        ),
        language,
    )
