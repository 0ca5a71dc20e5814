"""Requests as JSON, filed one by one; each is answered when it is durable and before its ticket is printed.

A client's ``idempotency_key`` decides what is the same filing. Without one the key is made of the content, so that the
same lines given again create nothing (``docs/adr/009``).
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

from kiosk.domain.moment import instant_text
from kiosk.domain.request import FilingOutcome, RequestContent
from kiosk.domain.request_json import request_from_json, request_to_json
from kiosk.errors import IdempotencyConflictError, InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.translation import languages
from kiosk.workflows.print_job import PrintState
from ui.commands.answers import answer, note
from ui.composition import Machine

PRINT_FAILED_EXIT_CODE = 3


def read_request(path: str) -> Mapping[str, object]:
    """Return the JSON object of a file.

    Raises:
        InputError: the file cannot be read or is not one JSON object.
    """
    try:
        return parsed_object(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("--request", f"a readable JSON file in UTF-8, not {path} ({error})") from error


def parsed_object(text: str) -> Mapping[str, object]:
    """Return the JSON object of a text.

    Raises:
        InputError: not JSON, a key twice, or not an object.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object_without_doubles)
    except (ValueError, RecursionError) as error:
        raise InputError("request", f"one JSON object ({error})") from error
    if not isinstance(value, dict):
        raise InputError("request", f"one JSON object, not {type(value).__name__}")
    return value


def file_one(machine: Machine, path: str) -> int:
    """File the request of a JSON file, print its ticket, report; return the exit code."""
    outcome = _file(machine, read_request(path))
    state = print_state_of(machine, outcome)
    if machine.paper.has_printer and state is PrintState.SAVED:
        state = machine.paper.print_ticket(outcome.filing.print_job_id)
    answer(report_of(outcome, state), as_json=True)
    return _exit_code([state] if machine.paper.has_printer else [])


def file_lines(machine: Machine, lines: BinaryIO | None = None) -> int:
    """File the JSON lines of standard input, answering each line at once; return the exit code.

    A refused line is answered with its error and stops nothing. Tickets are printed after the answer of their line.
    """
    states: list[PrintState] = []
    for number, line in enumerate(lines or sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            outcome = _file(machine, parsed_object(_decoded(line)))
        except InputError as error:
            answer({"error": {"field": error.field, "message": error.expectation}, "line": number}, as_json=True)
        except IdempotencyConflictError as error:
            answer({"error": {"field": "idempotency_key", "message": str(error)}, "line": number}, as_json=True)
        else:
            state = print_state_of(machine, outcome)
            answer(report_of(outcome, state), as_json=True)
            if machine.paper.has_printer and state is PrintState.SAVED:
                states.append(machine.paper.print_ticket(outcome.filing.print_job_id))
    return _exit_code(states)


def report_of(outcome: FilingOutcome, state: PrintState) -> dict[str, JsonValue]:
    """Return what is said of a filed request."""
    return {
        "reference": outcome.request.reference,
        "call_number": outcome.filing.call_number,
        "received_at": instant_text(outcome.request.received.utc),
        "print_state": state.value,
        "journal_seq": outcome.filing.journal_seq,
    }


def print_state_of(machine: Machine, outcome: FilingOutcome) -> PrintState:
    """Return where the ticket of a filing stands; a replayed confirmation may find it printed already."""
    with machine.store.reading() as unit:
        return unit.print_jobs.get(outcome.filing.print_job_id).state


def _file(machine: Machine, fields: Mapping[str, object]) -> FilingOutcome:
    content, key = request_from_json(fields, machine.catalogue, machine.places, languages())
    return machine.visitors.file_request(content, key or key_of_content(content))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("request", f"UTF-8 ({error.reason} at byte {error.start})") from error


def key_of_content(content: RequestContent) -> str:
    """Return the key of a request that came without one: the same words, the same key."""
    return f"content-{hashlib.sha256(canonical_bytes(cast('JsonValue', request_to_json(content)))).hexdigest()}"


def _exit_code(states: list[PrintState]) -> int:
    unprinted = sum(state is not PrintState.CONFIRMED for state in states)
    if unprinted:
        note(f"saved; the printer did not confirm {unprinted} of {len(states)} tickets ({states[-1].value})")
    return PRINT_FAILED_EXIT_CODE if unprinted else 0


def _object_without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"key given twice: {next(name for name in names if names.count(name) > 1)}")
    return found
