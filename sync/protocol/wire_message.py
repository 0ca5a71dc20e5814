"""What all messages of the protocol have in common."""

from pydantic import BaseModel, ConfigDict


class WireMessage(BaseModel):
    """A message as it travels: what it does not know it refuses, and it takes no value for another kind's."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
