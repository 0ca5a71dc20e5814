"""A PostgreSQL cluster of the tests' own: made in a temporary folder, on a free loopback port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from sync.central.schema import open_database

_UNPRIVILEGED = ("postgres", "nobody")


@contextmanager
def a_postgres() -> Iterator[str]:
    """Start a cluster and yield the URL of its maintenance database."""
    programs = _programs()
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="borne-postgres-"))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", _free_port()
    _run(user, programs / "initdb", "-D", data, "-U", "borne", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    _run(user, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    try:
        yield f"postgresql://borne@127.0.0.1:{port}/postgres"
    finally:
        _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def dumped(url: str) -> str:
    """Return everything that a database holds, as SQL."""
    done = subprocess.run([_programs() / "pg_dump", url], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def an_empty_database(server_url: str) -> str:
    """Make a database of a cluster and return its URL."""
    return _made(server_url, "template1")


def a_new_centre_s_database(server_url: str) -> str:
    """Make a database at the newest schema, as a centre leaves it that was only started, and return its URL."""
    return _made(server_url, _migrated(server_url))


@cache
def _migrated(server_url: str) -> str:
    """Let a centre make its tables once in each cluster; return the name of that database, which nobody is in."""
    url = an_empty_database(server_url)
    open_database(url).dispose()
    name = sa.make_url(url).database
    assert name is not None
    return name


def _made(server_url: str, template: str) -> str:
    server = sa.make_url(server_url)
    name = f"centre_{uuid4().hex[:12]}"
    engine = sa.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


def server_program(name: str) -> Path:
    """Return a program of the server's own version, ``pg_dump`` for example."""
    return _programs() / name


def _programs() -> Path:
    """Return the folder of the newest server programs on this machine."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    candidates += [Path(on_path).parent] if on_path else []
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise FileNotFoundError("PostgreSQL's server programs are missing: run `make system` (Debian package postgresql)")


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in _UNPRIVILEGED if name in known)


def _run(user: pwd.struct_passwd | None, *command: str | Path) -> None:
    identity = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(  # noqa: PLW1510  # the return code is looked at below, with what was said
        list(map(str, command)),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=120,
        **identity,  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stdout.strip()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
