"""What an agent can do in the hall: each with its key, and when it makes sense. Pure: the desk decides in the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from kiosk.domain.staff import Permission
from kiosk.ports.desk import HallRow, StaffSession
from kiosk.translation import Translator
from kiosk.workflows.hall_place import PlaceEvent, PlaceState, can_happen

UNDO_FOR: Final = timedelta(minutes=1)


class Action(Enum):
    """One thing to do; the value is its object name."""

    HELP = "help"
    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    MISSED = "missed"
    PARK = "park"
    HAND_OVER = "hand_over"
    PRIORITY = "priority"
    OPEN_FILE = "open_file"
    MINE = "mine"
    UNDO = "undo"
    SEARCH = "search"
    LOCK = "lock"
    NEW_PASSWORD = "new_password"  # noqa: S105  # the name of a key
    SIGN_OUT = "sign_out"
    BACK = "back"


KEYS: Final = {
    Action.HELP: "F1",
    Action.CALL_NEXT: "F2",
    Action.CALL: "F3",
    Action.RECALL: "F4",
    Action.SERVE: "F5",
    Action.FINISH: "F6",
    Action.MISSED: "F7",
    Action.PARK: "F8",
    Action.HAND_OVER: "F9",
    Action.PRIORITY: "F10",
    Action.OPEN_FILE: "F11",
    Action.MINE: "F12",
    Action.UNDO: "Ctrl+Z",
    Action.SEARCH: "Ctrl+F",
    Action.LOCK: "Ctrl+L",
    Action.NEW_PASSWORD: "Ctrl+M",
    Action.SIGN_OUT: "Ctrl+Shift+L",
    Action.BACK: "Esc",
}

# From every section.
EVERYWHERE: Final = (Action.HELP, Action.LOCK, Action.NEW_PASSWORD, Action.SIGN_OUT)

# To one person, in the order of their buttons.
ON_A_PLACE: Final = (
    Action.CALL,
    Action.RECALL,
    Action.SERVE,
    Action.FINISH,
    Action.MISSED,
    Action.PARK,
    Action.HAND_OVER,
    Action.PRIORITY,
    Action.OPEN_FILE,
)

_EVENTS: Final = {
    Action.CALL: PlaceEvent.CALLED,
    Action.RECALL: PlaceEvent.RECALLED,
    Action.SERVE: PlaceEvent.CAME,
    Action.FINISH: PlaceEvent.FINISHED,
    Action.MISSED: PlaceEvent.MISSED,
    Action.HAND_OVER: PlaceEvent.HANDED_OVER,
    Action.PRIORITY: PlaceEvent.PRIORITISED,
}


def action_label(tr: Translator, action: Action, *, is_aside: bool = False) -> str:
    """Return what a button says.

    Args:
        tr: of the staff.
        action: which.
        is_aside: of somebody who was put aside or did not come: then the way is back.
    """
    if action is Action.PARK and is_aside:
        return tr.text("supervisor", "Remettre en attente")
    words = {
        Action.HELP: tr.text("supervisor", "Raccourcis"),
        Action.CALL_NEXT: tr.text("supervisor", "Appeler le suivant"),
        Action.CALL: tr.text("supervisor", "Appeler"),
        Action.RECALL: tr.text("supervisor", "Rappeler"),
        Action.SERVE: tr.text("supervisor", "Prendre en charge"),
        Action.FINISH: tr.text("supervisor", "Terminer"),
        Action.MISSED: tr.text("supervisor", "Absent"),
        Action.PARK: tr.text("supervisor", "Mettre de côté"),
        Action.HAND_OVER: tr.text("supervisor", "Transmettre"),
        Action.PRIORITY: tr.text("supervisor", "Priorité"),
        Action.OPEN_FILE: tr.text("supervisor", "Ouvrir le dossier"),
        Action.MINE: tr.text("supervisor", "Revenir à mon guichet"),
        Action.UNDO: tr.text("supervisor", "Annuler"),
        Action.SEARCH: tr.text("supervisor", "Chercher"),
        Action.LOCK: tr.text("supervisor", "Verrouiller"),
        Action.NEW_PASSWORD: tr.text("supervisor", "Changer de mot de passe"),
        Action.SIGN_OUT: tr.text("supervisor", "Se déconnecter"),
        Action.BACK: tr.text("supervisor", "Retour à la liste"),
    }
    return words[action]


def key_said(key: str) -> str:
    """Return what is written on a key of a French keyboard."""
    words = {"Esc": "Échap", "Shift": "Maj"}
    return "+".join(words.get(part, part) for part in key.split("+"))


def done_said(tr: Translator, action: Action, *, was_aside: bool = False) -> str:
    """Return what was done to somebody, beside the number."""
    if action is Action.PARK and was_aside:
        return tr.text("supervisor", "remis en attente")
    words = {
        Action.CALL_NEXT: tr.text("supervisor", "appelé"),
        Action.CALL: tr.text("supervisor", "appelé"),
        Action.RECALL: tr.text("supervisor", "rappelé"),
        Action.SERVE: tr.text("supervisor", "pris en charge"),
        Action.FINISH: tr.text("supervisor", "passage terminé"),
        Action.MISSED: tr.text("supervisor", "absent à l'appel"),
        Action.PARK: tr.text("supervisor", "mis de côté"),
        Action.HAND_OVER: tr.text("supervisor", "transmis"),
        Action.PRIORITY: tr.text("supervisor", "priorité changée"),
    }
    return words[action]


def is_aside(row: HallRow) -> bool:
    """Whether somebody waits for nothing: put aside, or did not come."""
    return row.standing.state in (PlaceState.PARKED, PlaceState.NO_SHOW)


def possible(row: HallRow, session: StaffSession) -> frozenset[Action]:
    """Return what can be done to a place by somebody."""
    state = row.standing.state
    found = {action for action, event in _EVENTS.items() if can_happen(state, event)}
    if Action.PRIORITY in found and not session.may(Permission.CHANGE_ORDER):
        found.discard(Action.PRIORITY)
    if can_happen(state, PlaceEvent.RETURNED if is_aside(row) else PlaceEvent.PARKED):
        found.add(Action.PARK)
    return frozenset(found | {Action.OPEN_FILE})


def is_at_counter_of(row: HallRow, session: StaffSession) -> bool:
    """Whether the counter of a session is busy with a person."""
    return row.standing.state.is_at_counter and row.standing.counter == session.counter


@dataclass(frozen=True, slots=True)
class LastMove:
    """What somebody did last, and may take back.

    Attributes:
        row: the place before it.
        action: what was done.
        at: UTC instant.
    """

    row: HallRow
    action: Action
    at: datetime

    def seconds_left(self, now: datetime) -> int:
        """Return for how long it can be taken back."""
        return max(0, int((self.at + UNDO_FOR - now).total_seconds()))
