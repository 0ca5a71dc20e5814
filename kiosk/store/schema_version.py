"""Which schemas this version of Borne knows, without importing the machinery that changes them."""

from typing import Final

# Oldest first; the last one is what tables.py describes. A test holds this list against the migrations' folder.
KNOWN_REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0012",
    "0015",
    "0016",
)
NEWEST_REVISION: Final = KNOWN_REVISIONS[-1]
VERSION_TABLE: Final = "schema_version"
