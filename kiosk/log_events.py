"""The catalogue of log events: every event name that Borne logs, so that none carries anything personal.

Logs hold identifiers and kinds of events only. A log event's fields are limited to :data:`ALLOWED_FIELDS`.
"""

from enum import StrEnum
from typing import Final

ALLOWED_FIELDS: Final = frozenset(
    {
        "origin", "seq", "print_job_id", "filing_id", "request_id", "state", "condition", "verdict", "bytes_sent",
        "count", "accepted_to", "duration_ms", "error", "url", "path", "version", "reason", "screen", "boot_id",
        "clock", "status", "port", "language", "method",
    }
)  # fmt: skip


class LogEvent(StrEnum):
    """Event names; the value is what the log line says."""

    PROGRAM_STARTED = "program.started"
    PROGRAM_STOPPED = "program.stopped"
    REQUEST_FILED = "request.filed"
    FILING_REPEATED = "filing.repeated"
    FILING_REPLAYED = "filing.replayed"
    REQUEST_CHANGED = "request.changed"
    CHANGE_REPLAYED = "change.replayed"
    HOLDER_NOT_RECOGNISED = "holder.not_recognised"
    PRINT_STARTED = "print.started"
    PRINT_ENDED = "print.ended"
    PRINT_RECOVERED = "print.recovered"
    PRINTER_CONDITION_CHANGED = "printer.condition_changed"
    STORE_CONDITION_CHANGED = "store.condition_changed"
    REPRINT_ORDERED = "reprint.ordered"
    SEAL_CHECKED = "seal.checked"
    ROLL_CHANGED = "roll.changed"
    PRINTER_TESTED = "printer.tested"
    ALARM_RAISED = "alarm.raised"
    ALARM_ENDED = "alarm.ended"
    ALARM_SILENCED = "alarm.silenced"
    CLOSURE_MADE = "closure.made"
    TIME_STAMPED = "evidence.time_stamped"
    TIME_STAMP_FAILED = "evidence.time_stamp_failed"
    JOURNAL_EXPORTED = "journal.exported"
    SYNC_SENT = "sync.sent"
    SYNC_FAILED = "sync.failed"
    SYNC_REFUSED = "sync.refused"
    PAYLOAD_WITHHELD = "sync.payload_withheld"
    CONDITION_NOT_TOLD = "sync.condition_not_told"
    JOURNAL_PARTED = "sync.journal_parted"
    UPDATE_APPLIED = "update.applied"
    UPDATE_REFUSED = "update.refused"
    STORE_COPIED = "store.copied"
    STORE_RESTORED = "store.restored"
    CONFIGURATION_TAKEN_OVER = "configuration.taken_over"
    DATA_ERASED = "data.erased"
    RETENTION_APPLIED = "retention.applied"
    CLOCK_JUMPED = "clock.jumped"
    JOURNAL_BROKEN = "journal.broken"
    VISIT_STARTED = "visit.started"
    VISIT_ENDED = "visit.ended"
    AGENT_CALLED = "agent.called"
    SIGNED_IN = "staff.signed_in"
    SIGN_IN_FAILED = "staff.sign_in_failed"
    PLACE_MOVED = "hall.place_moved"
    FORM_PRINTED = "form.printed"
    SCAN_TAKEN = "scan.taken"
    SCAN_REFUSED = "scan.refused"
    BOARD_SHOWN = "display.board_shown"
    BOARD_AGED = "display.board_aged"
    BOARD_RECOVERED = "display.board_recovered"
    SPEECH_MISSING = "speech.missing"
    SPEECH_FAILED = "speech.failed"
    SCANNER_MISSING = "scanner.missing"
    BATCH_ACCEPTED = "centre.batch_accepted"
    BATCH_REFUSED = "centre.batch_refused"
    REQUEST_ANSWERED = "centre.request_answered"
    WORKER_ENDED = "centre.worker_ended"
    UNEXPECTED_ERROR = "error.unexpected"
