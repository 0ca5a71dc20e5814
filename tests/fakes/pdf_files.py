"""What can be read in the PDF files that the program makes."""

import re
import zlib
from base64 import a85decode


def text_of(pdf: bytes) -> str:
    """What is written on the pages of a report, in order."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, flags=re.DOTALL)
    pages = [zlib.decompress(a85decode(stream.strip(), adobe=False)) for stream in map(_body, streams)]
    written = " ".join(match.decode("latin-1") for page in pages for match in re.findall(rb"\((.*?)\) Tj", page))
    return re.sub(r"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]).decode("cp1252"), written)


def streams_of(pdf: bytes) -> list[bytes]:
    """What is packed in a file that Qt painted, unpacked."""
    return [_unpacked(data) for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)]


def _body(stream: bytes) -> bytes:
    return stream.strip().removesuffix(b"~>")


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data
