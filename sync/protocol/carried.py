"""What a bundle of carried entries is made of: a ZIP file whose parts are sealed envelopes, and what each part says.

The file's name and the names inside it say whose entries it holds and from which to which; nothing else is readable.
"""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Final, Literal

from pydantic import Field, ValidationError

from kiosk.errors import BundleRefusedError, InputError
from kiosk.journal.entry import Entry, Payload
from sync.protocol.envelopes import MOST_SEALED_BYTES
from sync.protocol.wire_entries import MOST_ENTRIES, MOST_ROTATIONS, WireEntry, entry_of, wire_entry
from sync.protocol.wire_message import WireMessage

FORM: Final = "borne-carried-entries/1"
MOST_PARTS: Final = 100_000
MOST_PART_BYTES: Final = 32 << 20  # inside, like the body of a request
README_NAME: Final = "LISEZMOI.txt"
_PART_NAME: Final = re.compile(r"part-([0-9]{6})\.jose")
_GZIP_WBITS: Final = 31


class CarriedPart(WireMessage):
    """One part of a bundle: a contiguous batch, and its place in the whole.

    Attributes:
        form: of this message.
        bundle: identifier, the same in all parts.
        part: 1, 2, 3...
        parts: how many there are.
        origin: the machine that wrote the entries and sealed the bundle.
        stream: under which name the centre takes them.
        made_at: the machine's clock, UTC.
        first_seq: first entry of the whole bundle.
        last_seq: last one.
        proofs: the entries that lead to the key which signs: the founding one, if the bundle begins with it, and those
            that name each new key.
        entries: of this part, in order.
    """

    form: Literal["borne-carried-entries/1"] = FORM
    bundle: str = Field(pattern=r"^[0-9a-f-]{36}$")
    part: int = Field(ge=1, le=MOST_PARTS)
    parts: int = Field(ge=1, le=MOST_PARTS)
    origin: str = Field(max_length=32)
    stream: str = Field(max_length=32)
    made_at: str = Field(max_length=24)
    first_seq: int = Field(ge=1)
    last_seq: int = Field(ge=1)
    proofs: list[WireEntry] = Field(default_factory=list, max_length=MOST_ROTATIONS + 1)
    entries: list[WireEntry] = Field(min_length=1, max_length=MOST_ENTRIES)


def wire_entries(entries: Iterable[tuple[Entry, Payload | None]]) -> list[WireEntry]:
    """Return entries as a part holds them."""
    return [wire_entry(entry, payload) for entry, payload in entries]


def entries_of(wires: Sequence[WireEntry]) -> list[tuple[Entry, Payload | None]]:
    """Return the entries of a part.

    Raises:
        BundleRefusedError: one of them has not the form of an entry.
    """
    try:
        return [entry_of(wire) for wire in wires]
    except InputError as error:
        raise BundleRefusedError(f"an entry in it cannot be read ({error})") from error


def part_content(part: CarriedPart) -> bytes:
    """Return a part as it is signed: gzip of JSON."""
    return gzip.compress(part.model_dump_json().encode(), compresslevel=6, mtime=0)


def parsed_part(content: bytes) -> CarriedPart:
    """Return the part that was signed.

    Raises:
        BundleRefusedError: no part of ours, of a newer form, or larger than any part may be.
    """
    machine = zlib.decompressobj(wbits=_GZIP_WBITS)
    try:
        document = machine.decompress(content, MOST_PART_BYTES + 1)
    except zlib.error as error:
        raise BundleRefusedError("its content is damaged inside the envelope") from error
    if len(document) > MOST_PART_BYTES or not machine.eof:
        raise BundleRefusedError(f"a part of it holds more than {MOST_PART_BYTES} bytes, or ends in the middle")
    try:
        return CarriedPart.model_validate_json(document)
    except (ValidationError, RecursionError) as error:
        raise BundleRefusedError(f"its content has not the form {FORM}; was it made by a newer version?") from error


class BundleWriter:
    """Writes the parts of a bundle one after the other, so that no more than one is in memory."""

    def __init__(self, file: IO[bytes], readme: str) -> None:
        """Begin a bundle.

        Args:
            file: open for writing.
            readme: for whoever finds the stick; nothing personal.
        """
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self._zip.writestr(README_NAME, readme)
        self._count = 0

    def add(self, envelope: bytes) -> None:
        """Add the next part."""
        self._count += 1
        self._zip.writestr(f"part-{self._count:06d}.jose", envelope)

    def close(self) -> None:
        """Write the table of contents, without which the file is not whole."""
        self._zip.close()


def envelopes_in(path: Path) -> Iterator[bytes]:
    """Yield the envelopes of a bundle in order, reading one at a time.

    Raises:
        BundleRefusedError: the file is cut short, damaged, or no bundle; a part is missing.
        InputError: the file cannot be read at all.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            infos = {info.filename: info for info in bundle.infolist()}
            parts = sorted(name for name in infos if _PART_NAME.fullmatch(name))
            if set(infos) - set(parts) - {README_NAME} or not parts or len(parts) > MOST_PARTS:
                raise BundleRefusedError("it is no bundle of `sync export`")
            for number, name in enumerate(parts, start=1):
                if name != f"part-{number:06d}.jose":
                    raise BundleRefusedError(f"part {number} is missing from it")
                if infos[name].file_size > MOST_SEALED_BYTES:
                    raise BundleRefusedError(f"part {number} is larger than any part may be")
                yield bundle.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BundleRefusedError("it is cut short or damaged: copy it again from the machine that made it") from error
    except OSError as error:
        raise InputError("FILE", f"a file that can be read, not {path} ({error.strerror})") from error
