"""What staff have said to an applicant at the next scan: the same sentences where they choose and where it is read."""

from kiosk.domain.file_act import CounterMessage
from kiosk.translation import Translator


def counter_message_said(texts: Translator, message: CounterMessage) -> str:
    """Return a message in the language of a screen."""
    match message:
        case CounterMessage.COME_TO_COUNTER:
            return texts.text("message", "Un agent veut vous parler. Allez au guichet avec votre ticket.")
        case CounterMessage.BRING_PAPERS:
            return texts.text("message", "Il manque des papiers. Un agent vous dit lesquels.")
        case CounterMessage.GIVE_CONTACT:
            return texts.text("message", "Nous voulons vous joindre. Donnez votre téléphone ou votre courriel.")
        case CounterMessage.LETTER_SENT:
            return texts.text("message", "La préfecture vous a écrit. Lisez votre courrier.")
        case CounterMessage.CARD_READY:
            return texts.text("message", "Votre carte est prête. Demandez à un agent où la prendre.")
        case CounterMessage.NOTHING_TO_DO:
            return texts.text("message", "Vous n'avez rien à faire pour le moment.")
