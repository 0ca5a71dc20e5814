"""``printer discover``: what is attached, and the settings to paste."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from printing.discovery import (
    Candidate,
    Found,
    ask_all,
    attached,
    device_at,
    hosts_with_port,
    settings_text,
)
from printing.escpos.profile import profiles, python_escpos_names
from ui.commands.answers import answer, note

_NOTHING, _NOT_REACHED = 1, 3


def discover(devices: Sequence[Path], network: str | None, port: int, *, as_json: bool) -> int:
    """Look, ask, and say what to write; return the exit code: 0 something answers, 1 nothing is there, 3 none answers.

    Args:
        devices: asked instead of looking for attached ones.
        network: whose hosts are tried as well, in CIDR form.
        port: of those hosts.
        as_json: one object with all that was found.

    Raises:
        InputError: the network has no accepted form.
    """
    candidates, notes = _candidates(devices, network, port)
    for sentence in notes:
        note(sentence)
    found = ask_all(candidates)
    if found or as_json:
        text = "\n".join(_text(one, is_first=index == 0) for index, one in enumerate(found))
        answer({"printers": [_facts(one) for one in found]}, as_json=as_json, text=text)
    if not found:
        note(
            "nothing is attached: check power and cable; serial adapters need their driver; network printers: --network"
        )
        return _NOTHING
    if not any(one.answers for one in found):
        note("something is attached and nothing answers as a ticket printer does: see the reason above")
        return _NOT_REACHED
    return 0


def tell_profiles(*, as_json: bool) -> None:
    """Say which names the setting ``printer.profile`` takes, ours first."""
    own = {code: profile.name for code, profile in profiles().items()}
    others = python_escpos_names()
    lines = [*(f"{code:<16} {name}" for code, name in own.items()), *(f"{name:<16} python-escpos" for name in others)]
    answer({"profiles": [*own, *others]}, as_json=as_json, text="\n".join(lines))


def _candidates(devices: Sequence[Path], network: str | None, port: int) -> tuple[list[Candidate], list[str]]:
    found: list[Candidate] = [device_at(path) for path in devices]
    notes: list[str] = []
    if not devices:
        found, notes = attached()
    if network is not None:
        found += hosts_with_port(network, port)
    return found, notes


def _facts(found: Found) -> dict[str, str | bool | None]:
    return asdict(found) | {"kind": found.kind.value, "settings": settings_text(found.url, found.profile)}


def _text(found: Found, *, is_first: bool) -> str:
    """Return TOML: the first printer that answers as settings, everything else as comments."""
    head = f"# {found.description}: {_reason(found)}"
    lines = settings_text(found.url, found.profile).splitlines()
    is_proposed = is_first and found.answers
    return "\n".join([head, *(lines if is_proposed else [f"# {line}" for line in lines]), ""])


def _reason(found: Found) -> str:
    if not found.answers:
        return found.reason
    named = " ".join(filter(None, ("answers as", found.maker, found.model))) if found.model else "answers"
    return f"{named}; profile {found.profile}: {found.reason}"
