"""The command line, one module per group; each imports what it needs when it runs."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command of this process's arguments and end the process with its exit code."""
    from ui.commands.app import run

    sys.exit(run(sys.argv[1:]))
