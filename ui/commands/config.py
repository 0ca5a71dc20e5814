"""``config init``, ``config check``, ``config show``."""

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="Settings: write a file, check everything, show what is in force.", no_args_is_help=True)


@app.command("init")
def init(config: ConfigOption = None, data_dir: DataDirOption = None) -> None:
    """Write a TOML file with every setting, its meaning and its default; never over an existing file."""
    from kiosk.errors import ConfigurationError
    from ui.commands.config_file import commented_toml
    from ui.commands.settings_lookup import CONFIG_NAME, default_data_dir

    target = config or (data_dir or default_data_dir()) / CONFIG_NAME
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as stream:
            stream.write(commented_toml())
    except FileExistsError as error:
        raise ConfigurationError(f"--config {target}", "a file that does not exist yet") from error
    except OSError as error:
        raise ConfigurationError(f"--config {target}", f"a place to write to ({error.strerror})") from error
    typer.echo(str(target))


@app.command("check")
def check(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Load everything that the settings name and explain every mistake; exit 2 when there is one."""
    from ui.commands.answers import answer
    from ui.commands.config_check import problems_of
    from ui.commands.settings_lookup import chosen_config

    chosen, directory = chosen_config(config, data_dir)
    problems = problems_of(chosen, directory)
    lines = [str(problem) for problem in problems] or ["everything is in order"]
    answer(
        {
            "config": None if chosen is None else str(chosen),
            "data_dir": str(directory),
            "problems": [{"field": problem.field, "message": problem.expectation} for problem in problems],
        },
        as_json=as_json,
        text="\n".join(lines),
    )
    if problems:
        raise typer.Exit(2)


@app.command("show")
def show(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Show the settings in force, environment included."""
    from ui.commands.answers import answer
    from ui.commands.config_file import plain_settings
    from ui.commands.settings_lookup import find

    found = find(config, data_dir)
    text = "\n".join(f"{key} = {value}" for key, value in plain_settings(found.settings).items())
    answer(found.settings.model_dump(mode="json"), as_json=as_json, text=text)
