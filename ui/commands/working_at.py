"""Commands that work at the same place share its options, which are declared once, with what they open."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from ui.commands.options import CentreNameOption, ConfigOption, DatabaseOption, DataDirOption

if TYPE_CHECKING:
    from sync.central.context import CentreContext

Place = TypeVar("Place")
Given = ParamSpec("Given")


def works_at(
    place: Callable[..., AbstractContextManager[Place]],
) -> Callable[[Callable[Concatenate[Place, Given], None]], Callable[..., None]]:
    """Give a command the options of a place, and the place itself, open while it runs, as its first argument.

    Args:
        place: opens it; its keyword arguments are the options, shown after the command's own and before ``--json``.
    """
    shared = inspect.signature(place).parameters

    def take(command: Callable[Concatenate[Place, Given], None]) -> Callable[..., None]:
        do: Callable[..., None] = command  # typer gives it what its signature asks for

        def run(**given: object) -> None:
            with place(**{name: given.pop(name) for name in shared if name in given}) as opened:
                do(opened, **given)

        _, *own = inspect.signature(command).parameters.values()
        last = [each for each in own if each.name == "as_json"]
        arguments = [*(each for each in own if each not in last), *shared.values(), *last]
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__signature__ = inspect.Signature(arguments)  # type: ignore[attr-defined]  # typer reads it
        return run

    return take


@contextmanager
def the_centre(
    *,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> Iterator["CentreContext"]:
    """Open the centre on this machine."""
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name) as centre:
        yield centre


@contextmanager
def the_centre_to_be(
    *,
    database: DatabaseOption = None,
    name: CentreNameOption = "CENTRE-00",
    config: ConfigOption = None,
    data_dir: DataDirOption = None,
) -> Iterator["CentreContext"]:
    """Open the centre on this machine, also before its first run."""
    from ui.commands.centre_database import centre_here

    with centre_here(config, data_dir, database, name, may_begin=True) as centre:
        yield centre
