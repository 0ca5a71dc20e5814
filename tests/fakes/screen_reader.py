"""A client of AT-SPI, as a screen reader is: it knows of programs what the accessibility bus tells, and nothing else.

A program of its own, run by Debian's Python, for which Debian packages the bindings. Orders come in and answers go out
as lines of JSON; :mod:`tests.fakes.accessible_desktop` speaks with it.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  # the version is chosen first

_HEARD: Final = ("object:announcement", "object:state-changed:focused", "object:state-changed:checked",
                 "object:text-changed", "window:activate")  # fmt: skip
_STATES: Final = {
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "checkable": Atspi.StateType.CHECKABLE,
    "checked": Atspi.StateType.CHECKED,
    "enabled": Atspi.StateType.SENSITIVE,
    "modal": Atspi.StateType.MODAL,
}
_PRESSES: Final = ("Press", "Toggle")
_FOCUS: Final = "SetFocus"


class ScreenReader:
    """Looks, operates, and keeps what it is told."""

    def __init__(self) -> None:
        self._heard: list[dict[str, object]] = []
        self._listener = Atspi.EventListener.new(self._hear)
        for kind in _HEARD:
            self._listener.register(kind)

    def obey(self, order: dict[str, Any]) -> object:
        """Do what an order says; return the answer."""
        match order["do"]:
            case "read":
                return [told(node) for node in on_the_screen()]
            case "press":
                return press(order["name"])
            case "focus":
                return press(order["name"], (_FOCUS,))
            case "write":
                return write(order["name"], order["text"])
            case "hear":
                heard, self._heard = self._heard, []
                return heard
            case other:
                raise ValueError(other)

    def _hear(self, event: Any) -> None:
        said = event.any_data if isinstance(event.any_data, str) else ""
        name = _asked(event.source.get_name) or ""
        self._heard.append({"kind": event.type, "begins": bool(event.detail1), "said": said, "name": name})


def on_the_screen() -> Iterator[Any]:
    """Yield what the programs show, in the order in which it is told."""
    desktop = Atspi.get_desktop(0)
    for rank in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(rank)
        if program is not None:
            program.clear_cache()  # not every change is an event
            yield from _shown_below(program)


def _shown_below(node: Any) -> Iterator[Any]:
    for rank in range(_asked(node.get_child_count) or 0):
        child = _asked(partial(node.get_child_at_index, rank))
        if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield child
            yield from _shown_below(child)


def _asked(question: Callable[[], Any]) -> Any:
    """Return an answer, or None: what is asked about may be gone by now."""
    try:
        return question()
    except GLib.Error:
        return None


def told(node: Any) -> dict[str, object]:
    """Return what is told of a node."""
    states = node.get_state_set()
    has_text = "Text" in node.get_interfaces()
    return {
        "role": _asked(node.get_role_name) or "",
        "name": _asked(node.get_name) or "",
        "description": _asked(node.get_description) or "",
        "actions": _asked(partial(_actions_of, node)) or [],
        "text": _asked(partial(Atspi.Text.get_text, node, 0, -1)) if has_text else None,
        **{name: states.contains(state) for name, state in _STATES.items()},
    }


def _actions_of(node: Any) -> list[str]:
    count = Atspi.Action.get_n_actions(node) if "Action" in node.get_interfaces() else 0
    return [Atspi.Action.get_action_name(node, rank) for rank in range(count)]


def press(name: str, ways: Sequence[str] = _PRESSES) -> bool:
    """Press what has a name, or do something else with it; tell whether there is such a thing."""
    for node in on_the_screen():
        if _asked(node.get_name) == name:
            actions = _asked(partial(_actions_of, node)) or []
            for wanted in ways:
                if wanted in actions:
                    return bool(Atspi.Action.do_action(node, actions.index(wanted)))
    return False


def write(name: str, text: str) -> bool:
    """Write into the field that has a name; tell whether there is one."""
    for node in on_the_screen():
        if _asked(node.get_name) == name and "EditableText" in node.get_interfaces():
            return bool(Atspi.EditableText.set_text_contents(node, text))
    return False


def say_that_one_is_here() -> None:
    """Tell the programs of this session that somebody listens: only then they tell anything."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    proxy = Gio.DBusProxy.new_sync(bus, Gio.DBusProxyFlags.NONE, None, "org.a11y.Bus", "/org/a11y/bus",
                                   "org.freedesktop.DBus.Properties")  # fmt: skip
    proxy.Set("(ssv)", "org.a11y.Status", "ScreenReaderEnabled", GLib.Variant("b", True))


def main() -> None:
    """Obey until the orders end."""
    say_that_one_is_here()
    Atspi.init()
    reader, loop = ScreenReader(), GLib.MainLoop()

    def take_order(*_: object) -> bool:
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        sys.stdout.write(json.dumps(reader.obey(json.loads(line))) + "\n")
        sys.stdout.flush()
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, take_order)
    loop.run()


if __name__ == "__main__":
    main()
