"""What the form at the door says when it did not work."""

from zoneinfo import ZoneInfo

from kiosk.errors import HubLostError, InputError, SignInRefusedError
from kiosk.translation import Translator
from ui.kit.background import log_unexpected
from ui.supervisor.accounts_wording import refusal_said
from ui.supervisor.sign_in_page import Door


def door_refusal_said(tr: Translator, error: Exception, door: Door, zone: ZoneInfo) -> str:
    """Return why nobody was let in.

    Args:
        tr: of the staff screen.
        error: what came of it.
        door: what was asked; only a sign-in asks for a name.
        zone: of the legal time.
    """
    match error:
        case SignInRefusedError(locked_for=wait) if wait is not None:
            return refusal_said(tr, wait)
        case SignInRefusedError():
            asks_name = door is Door.SIGN_IN
            wrong = tr.text("supervisor", "Mot de passe inexact.")
            return tr.text("supervisor", "Nom ou mot de passe inexact.") if asks_name else wrong
        case InputError():
            return _input_said(tr, error)
        case HubLostError(since=since):
            text = tr.text("supervisor", "Pas de lien avec le serveur depuis {hour}. Réessayez quand il revient.")
            return text.format(hour=f"{since.astimezone(zone):%H:%M}")
        case _:
            log_unexpected(error, "supervisor")
            return tr.text("supervisor", "La base n'a pas répondu. Rien n'a été enregistré.")


def _input_said(tr: Translator, error: InputError) -> str:
    match error.field:
        case "name":
            return tr.text("supervisor", "Nom : 2 à 40 petites lettres sans accent, chiffres, points, tirets.")
        case "counter":
            return tr.text("supervisor", "Le serveur ne connaît pas ce guichet. Relancez cet écran.")
        case _ if error.expectation.startswith("another password"):
            return tr.text("supervisor", "C'est le mot de passe actuel : choisissez-en un autre.")
        case _:
            return tr.text("supervisor", "Ce mot de passe n'est pas assez sûr : lisez la règle.")
