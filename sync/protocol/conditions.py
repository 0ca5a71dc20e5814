"""What a machine says of itself."""

from typing import Final, Literal

from pydantic import Field

from kiosk.journal.canonical import LARGEST_WHOLE
from sync.protocol.forms import INSTANT, WORD
from sync.protocol.machine_facts import ToldFacts
from sync.protocol.wire_message import WireMessage

# Headers of the answer to a condition: how often the receiver wants to hear, in seconds, and the newest order.
TELL_EVERY: Final = "borne-tell-every"
NEWEST_ORDER: Final = "borne-newest-order"
# Members of a condition that an earlier version refuses.
LATER_MEMBERS: Final = {"told_every_s", "facts"}


class Condition(WireMessage):
    """Body of ``PUT /v1/origins/{origin}/condition``: what a machine says of itself. Nothing personal.

    Attributes:
        told_at: the machine's clock, UTC.
        version: of its software.
        head_seq: last entry of its journal.
        head: hash of that entry; zeros before the first.
        pending: entries that the centre has not acknowledged.
        oldest_unsent_at: when the oldest of them was recorded, UTC; null when there is none.
        link: what its sending side is about: ``idle``, ``sending``, ``refused``...
        printer: condition of its printer, ``ready``, ``paper_out``...; null when nothing is heard of it.
        tickets_left: what the roll still gives, about; null when nobody said when it was put in.
        clock: what its clock is worth: ``synced``, ``holdover``, ``suspect``, ``agent_confirmed``.
        chain: what the last verification of its journal found: ``whole``, ``broken``, or ``never`` verified.
        chain_verified_at: when that was, UTC; null with ``never``.
        chain_broken_at: first entry that did not verify; null unless ``broken``.
        told_every_s: the longest pause between two such words while all is well, in seconds.
        facts: all that its staff see of it; null from an older machine, and of one that its hub speaks for.
    """

    told_at: str = Field(pattern=INSTANT)
    version: str = Field(pattern=r"^[0-9A-Za-z.+-]{1,32}$")
    head_seq: int = Field(ge=0, le=LARGEST_WHOLE)
    head: str = Field(pattern=r"^[0-9a-f]{64}$")
    pending: int = Field(ge=0, le=LARGEST_WHOLE)
    oldest_unsent_at: str | None = Field(None, pattern=INSTANT)
    link: str = Field(pattern=WORD)
    printer: str | None = Field(None, pattern=WORD)
    tickets_left: int | None = Field(None, ge=0, le=1_000_000)
    clock: str = Field(pattern=WORD)
    chain: Literal["whole", "broken", "never"]
    chain_verified_at: str | None = Field(None, pattern=INSTANT)
    chain_broken_at: int | None = Field(None, ge=1, le=LARGEST_WHOLE)
    told_every_s: int = Field(60, ge=1, le=86_400)
    facts: ToldFacts | None = None
