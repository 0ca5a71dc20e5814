"""How much room there is beside the data."""

import shutil
from pathlib import Path


def free_bytes(data_dir: Path) -> int:
    """Return the room for data in a directory, or where it would be made.

    Raises:
        OSError: the disk does not say.
    """
    existing = next(place for place in (data_dir, *data_dir.parents) if place.exists())
    return shutil.disk_usage(existing).free
