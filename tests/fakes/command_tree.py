"""The commands of the program, as the parser knows them."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from ui.commands.app import app

COMMANDS = {
    "demo", "kiosk", "supervisor", "display", "file", "ticket render", "ticket reprint", "ticket pdf", "printer roll",
    "printer status", "printer test", "printer emulate", "printer discover", "sync once", "sync status", "central",
    "journal verify",
    "journal close", "journal register", "journal show", "journal stamp", "journal export", "verify", "config init",
    "config check", "config show", "keys show", "keys rotate", "doctor", "enrol", "fleet invite", "fleet list",
    "fleet revoke", "fleet configure", "fleet catalogue", "fleet status", "fleet reprint",
    "person export", "person correct", "person erase", "person retention",
    "staff add", "staff list", "staff disable", "staff reset", "staff role", "staff enable", "staff unlock",
    "staff import", "staff totp remove",
    "centre account add", "centre account list", "centre account disable", "centre account reset",
    "centre account totp remove",
    "sync export", "sync import", "fleet join", "fleet relayed", "fleet entrust", "fleet rekey",
    "find", "figures", "backup", "restore",
}  # fmt: skip


def commands(group: Any = None, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its whole name."""
    tree: Any = group or get_command(app)
    for name, command in tree.commands.items():
        if getattr(command, "commands", None):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def command_names() -> set[str]:
    """The whole names."""
    return {name for name, _ in commands()}
