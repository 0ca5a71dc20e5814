"""Codes as a second factor: whether one is right, and none is right twice."""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.second_factor import SecondFactor, hash_of_recovery_code
from kiosk.one_time_codes import DRIFT_STEPS, step_at, step_of_code


@dataclass(frozen=True, slots=True)
class TakenCode:
    """A code that was right.

    Attributes:
        factor: as it is to be kept: the code is right no more.
        is_recovery: it was one of those that were written down.
    """

    factor: SecondFactor
    is_recovery: bool


def take_code(account: str, factor: SecondFactor, typed: str, now: datetime) -> TakenCode | None:
    """Return what becomes of a second factor by a code; None when it is wrong, or was used before.

    Args:
        account: its name.
        factor: as it is kept.
        typed: six digits, or a recovery code, with spaces or hyphens wherever the person put them.
        now: UTC instant.
    """
    step = step_of_code(factor.secret, "".join(typed.split()), now)
    if step is not None:
        return TakenCode(replace(factor, used_step=step), is_recovery=False) if _is_new(factor, step, now) else None
    hashed = hash_of_recovery_code(account, typed)
    if hashed not in factor.recovery_hashes:
        return None
    left = tuple(kept for kept in factor.recovery_hashes if kept != hashed)
    return TakenCode(replace(factor, recovery_hashes=left), is_recovery=True)


def _is_new(factor: SecondFactor, step: int, now: datetime) -> bool:
    """Whether no code of this step or a later one was taken (RFC 6238, 5.2).

    A step that lies beyond what the clock can have shown by drift was taken before the clock fell back: it would lock
    the person out until then.
    """
    used = factor.used_step
    return used is None or step > used or used > step_at(now) + DRIFT_STEPS
