"""Arabic numbers taken apart for a voice that goes astray in the long ones.

WORKAROUND: espeak-ng 1.51 writes the sounds of the longest Arabic numbers past the end of what it keeps, so 44 and 999
end in other sounds at each start, or in none at all. The same words said one by one are whole.
"""

import re
from collections.abc import Iterator
from typing import Final

_VOICE: Final = "ar"
_AND: Final = " وَ "
_FIRST_OF_TWO_WORDS: Final = 21
# Not what begins with a zero, nor longer than a year: those are said figure by figure.
_NUMBER: Final = re.compile(r"(?<![0-9])[1-9][0-9]{1,3}(?![0-9])")


def for_voice(text: str, voice: str) -> str:
    """Return a text as this voice says it rightly: ``4 وَ 40`` for ``44`` in Arabic, and any other as it is."""
    if voice != _VOICE:
        return text
    return _NUMBER.sub(lambda found: _AND.join(map(str, _parts(int(found[0])))), text)


def _parts(number: int) -> Iterator[int]:
    """Yield the parts in the order in which Arabic says them: thousands, hundreds, units, tens."""
    thousands, hundreds = number // 1000 * 1000, number % 1000 // 100 * 100
    yield from filter(None, (thousands, hundreds))
    rest = number % 100
    if rest >= _FIRST_OF_TWO_WORDS:
        yield from filter(None, (rest % 10, rest // 10 * 10))
    elif rest:
        yield rest
