"""A voice in the headset."""

from typing import Protocol


class Speech(Protocol):
    """Says one text at a time (EN 301 549, 5.1.3): a new one takes the place of the one that is being said."""

    def utter(self, text: str, voice: str, *, pace: float = 1.0, loudness: float = 1.0) -> None:
        """Begin to say a text and return at once; nothing of it is kept or written to a log.

        Args:
            text: what is said.
            voice: name of the voice, ``languages.toml``.
            pace: times the usual speed.
            loudness: times the usual volume.
        """
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...
