"""What commands say: answers on standard output, everything else on standard error."""

import json
import sys
from collections.abc import Mapping

from kiosk.journal.canonical import JsonValue


def answer(report: Mapping[str, JsonValue], *, as_json: bool, text: str | None = None) -> None:
    """Write a report on standard output, at once.

    Args:
        report: the facts.
        as_json: one JSON object on one line.
        text: what a person reads instead; without it one ``key: value`` line for each fact.
    """
    if as_json:
        line = json.dumps(report, ensure_ascii=False)
    elif text is not None:
        line = text
    else:
        line = "\n".join(f"{key}: {_plain(value)}" for key, value in report.items())
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def note(sentence: str) -> None:
    """Write one line on standard error."""
    sys.stderr.write(f"borne: {' '.join(sentence.split())}\n")
    sys.stderr.flush()


def _plain(value: JsonValue) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
