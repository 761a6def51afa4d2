"""A private PostgreSQL server for tests and soaks: made in a folder of its own, gone at the end.

It listens on one free port of the loopback address and lets everybody on this machine in; it holds test data
only. `initdb` refuses to run as root, so root runs it as the account `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

ACCOUNT = "postgres"


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: on the search path, or the newest that Debian installed."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]), reverse=True
    )
    return debian[0].parent if debian else None


class PrivateServer:
    """A running server; `database()` makes a fresh database and returns its address."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._count = 0

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
        if _is_root():
            shutil.chown(self._folder, ACCOUNT, ACCOUNT)
        self._data = self._folder / "data"
        self._port = _free_port()
        self._run(
            "initdb",
            "-D",
            str(self._data),
            "-A",
            "trust",
            "-U",
            ACCOUNT,
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        )
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40"
        if sys.platform != "win32":
            options += f" -k {self._folder}"
        try:
            self._run(
                "pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-w", "-o", options, "start"
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self) -> str:
        """Make an empty database; returns its address."""
        import psycopg

        self._count += 1
        name = f"test_{self._count}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
        return self._address(name)

    def _address(self, database: str) -> str:
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self._port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if _is_root():
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        # The server keeps what it inherits: no pipe may wait for its end.
        with (self._folder / f"{program}.out").open("w", encoding="utf-8") as said:
            done = subprocess.run(
                command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            words = (self._folder / f"{program}.out").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"{program} ended with {done.returncode}: {words}")


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
