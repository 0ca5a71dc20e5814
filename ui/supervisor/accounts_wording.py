"""What the section of accounts says: states, acts and refusals in the words of an office."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.domain.account_list import AccountLine, LineProblem
from kiosk.errors import InputError, LastAdministratorError, NameTakenError
from kiosk.ports.account_desk import AccountRow
from kiosk.translation import Translator
from ui.supervisor.hall_wording import moment_said


class AccountAct(Enum):
    """One thing that an administrator does to an account; the value is its object name."""

    CHANGE_ROLE = "changeRole"
    CLOSE = "closeAccount"
    OPEN = "openAccount"
    RESET = "resetPassword"
    UNLOCK = "unlockName"
    REMOVE_FACTOR = "removeFactor"


# A closed account is opened by the key that closes an open one.
ACT_KEYS: Final = {
    AccountAct.CHANGE_ROLE: "F4",
    AccountAct.RESET: "F5",
    AccountAct.UNLOCK: "F6",
    AccountAct.REMOVE_FACTOR: "F7",
    AccountAct.CLOSE: "F8",
    AccountAct.OPEN: "F8",
}


def possible_acts(row: AccountRow) -> frozenset[AccountAct]:
    """Return what can be done to an account."""
    acts = {AccountAct.CHANGE_ROLE, AccountAct.RESET, AccountAct.CLOSE} if row.is_enabled else {AccountAct.OPEN}
    if row.locked_until is not None:
        acts.add(AccountAct.UNLOCK)
    if row.has_second_factor:
        acts.add(AccountAct.REMOVE_FACTOR)
    return frozenset(acts)


def act_label(tr: Translator, act: AccountAct) -> str:
    """Return what the button of an act says."""
    match act:
        case AccountAct.CHANGE_ROLE:
            return tr.text("supervisor", "Changer le rôle")
        case AccountAct.CLOSE:
            return tr.text("supervisor", "Fermer le compte")
        case AccountAct.OPEN:
            return tr.text("supervisor", "Rouvrir le compte")
        case AccountAct.RESET:
            return tr.text("supervisor", "Nouveau mot de passe")
        case AccountAct.UNLOCK:
            return tr.text("supervisor", "Débloquer")
        case AccountAct.REMOVE_FACTOR:
            return tr.text("supervisor", "Retirer le code du téléphone")


def act_question(tr: Translator, act: AccountAct) -> str:
    """Return what is asked before an act, with places for name and role."""
    match act:
        case AccountAct.CHANGE_ROLE:
            return tr.text("supervisor", "{name} devient {role}, tout de suite, même si la personne est connectée.")
        case AccountAct.CLOSE:
            return tr.text("supervisor", "{name} ne pourra plus se connecter. Son écran se ferme tout de suite.")
        case AccountAct.OPEN:
            return tr.text("supervisor", "{name} pourra de nouveau se connecter, avec son mot de passe.")
        case AccountAct.RESET:
            return tr.text(
                "supervisor", "Le mot de passe actuel de {name} ne vaudra plus. Le nouveau s'affichera une fois."
            )
        case AccountAct.UNLOCK:
            return tr.text("supervisor", "{name} pourra réessayer tout de suite, avec le même mot de passe.")
        case AccountAct.REMOVE_FACTOR:
            return tr.text(
                "supervisor", "{name} entrera avec le mot de passe seul. Vérifiez que c'est bien la personne."
            )


def act_done(tr: Translator, act: AccountAct) -> str:
    """Return what was done, with places for name and role."""
    match act:
        case AccountAct.CHANGE_ROLE:
            return tr.text("supervisor", "{name} : {role}.")
        case AccountAct.CLOSE:
            return tr.text("supervisor", "{name} : compte fermé.")
        case AccountAct.OPEN:
            return tr.text("supervisor", "{name} : compte rouvert.")
        case AccountAct.RESET:
            return tr.text("supervisor", "{name} : nouveau mot de passe.")
        case AccountAct.UNLOCK:
            return tr.text("supervisor", "{name} : débloqué.")
        case AccountAct.REMOVE_FACTOR:
            return tr.text("supervisor", "{name} : le code du téléphone n'est plus demandé.")


def account_state_said(tr: Translator, row: AccountRow, zone: ZoneInfo) -> str:
    """Return where an account stands."""
    if row.disabled_at is not None:
        return tr.text("supervisor", "Fermé")
    if row.locked_until is not None:
        text = tr.text("supervisor", "Bloqué jusqu'à {time}")
        return text.format(time=f"{row.locked_until.astimezone(zone):%H:%M}")
    if row.must_change:
        return tr.text("supervisor", "Mot de passe à choisir")
    return tr.text("supervisor", "Ouvert")


def signed_in_said(tr: Translator, at: datetime | None, zone: ZoneInfo) -> str:
    """Return when somebody signed in last."""
    return tr.text("supervisor", "Jamais") if at is None else moment_said(at.astimezone(zone), with_day=True)


def factor_said(tr: Translator, *, has_factor: bool) -> str:
    """Return whether a code is asked beside the password."""
    return tr.text("supervisor", "Oui") if has_factor else tr.text("supervisor", "Non")


def line_said(tr: Translator, line: AccountLine) -> str:
    """Return what a line of a list will make, or what is wrong with it."""
    match line.problem:
        case None:
            return tr.text("supervisor", "Sera créé")
        case LineProblem.COLUMNS:
            return tr.text("supervisor", "Il faut un nom et un rôle")
        case LineProblem.NAME:
            return tr.text("supervisor", "Nom : 2 à 40 petites lettres sans accent, chiffres, points, tirets")
        case LineProblem.ROLE:
            return tr.text("supervisor", "Rôle : agent, superviseur ou administrateur")
        case LineProblem.TWICE:
            return tr.text("supervisor", "Ce nom est déjà plus haut dans la liste")
        case LineProblem.EXISTS:
            return tr.text("supervisor", "Ce compte existe, ou a existé")


def refusal_said(tr: Translator, locked_for: timedelta | None) -> str:
    """Return why a password or a code opened nothing."""
    if locked_for is None:
        return tr.text("supervisor", "Mot de passe ou code inexact.")
    minutes = max(1, round(locked_for.total_seconds() / 60))
    return tr.text("supervisor", "Trop d'échecs sous ce nom : réessayez dans {minutes} min.").format(minutes=minutes)


def input_said(tr: Translator, error: InputError) -> str:
    """Return what is wrong with what was asked of an account."""
    match error:
        case LastAdministratorError():
            return tr.text("supervisor", "Impossible : c'est le dernier administrateur.")
        case NameTakenError():
            return tr.text("supervisor", "Ce compte existe, ou a existé : prenez un autre nom.")
        case InputError(field="code"):
            return tr.text("supervisor", "Ce n'est pas le code que le téléphone montre. Vérifiez son heure.")
        case InputError(field="offer"):
            return tr.text("supervisor", "Ce code n'est plus proposé : recommencez.")
        case InputError(field="file"):
            return tr.text(
                "supervisor",
                "Ce n'est pas une liste nom;rôle de 200 comptes au plus. Au tableur, enregistrez en CSV (UTF-8).",
            )
        case InputError(field="name"):
            return tr.text("supervisor", "Nom : 2 à 40 petites lettres sans accent, chiffres, points, tirets.")
        case _:
            return tr.text("supervisor", "Impossible : cette valeur n'est pas bonne.")


def act_refused_said(tr: Translator, error: InputError) -> str:
    """Return why an act was not done."""
    if isinstance(error, LastAdministratorError):
        return input_said(tr, error)
    return tr.text("supervisor", "Impossible : le compte a changé entre-temps. La liste est à jour.")
