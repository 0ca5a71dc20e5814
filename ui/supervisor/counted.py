"""A number before its word, as French counts: none and one are singular."""


def counted(count: int, one: str, many: str) -> str:
    """Return the right one of two sentences, with the number in the place of ``{count}``."""
    return (one if abs(count) < 2 else many).format(count=count)
