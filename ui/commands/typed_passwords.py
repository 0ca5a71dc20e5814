"""Passwords at the command line: asked for without showing them, or read from a file or standard input."""

import sys
from pathlib import Path

import typer

from kiosk.errors import ConfigurationError


def typed_password(file: Path | None, *, option: str, prompt: str, is_new: bool) -> str:
    """Return a password.

    Args:
        file: its first line is the password, ``-`` is standard input; None asks for it.
        option: that names the file, for the message.
        prompt: what is asked.
        is_new: asked for twice.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    if file is None:
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=is_new, err=True))
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(option, f"a readable text file, not {file}") from error
    return text.partition("\n")[0].rstrip("\r")
