"""``keys show``, ``keys rotate``: the machine's signing key."""

import typer

from ui.commands.options import ConfigOption, DataDirOption, JsonOption

app = typer.Typer(help="The machine's signing key.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """The machine's signing key."""


@app.command("show")
def show(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Show the public key as PEM; whoever has it can check tickets and journal."""
    from kiosk.journal.signature import public_pem
    from ui.commands.answers import answer
    from ui.commands.settings_lookup import find
    from ui.composition import keys_of

    found = find(config, data_dir)
    signer = keys_of(found.settings, found.data_dir).signer
    pem = public_pem(signer.public_key)
    answer({"key_id": signer.key_id, "public_key": pem}, as_json=as_json, text=pem.rstrip())


@app.command("rotate")
def rotate(config: ConfigOption = None, data_dir: DataDirOption = None, as_json: JsonOption = False) -> None:
    """Give the machine another signing key, while it is stopped; earlier tickets stay good."""
    from ui.commands.answers import answer
    from ui.commands.settings_lookup import find
    from ui.composition import open_machine, prepared, rotate_key

    found = find(config, data_dir)
    with open_machine(found.settings, found.data_dir) as machine:
        with prepared(machine):
            old = machine.signer.key_id
        answer({"key_id": rotate_key(machine), "replaces": old}, as_json=as_json)
