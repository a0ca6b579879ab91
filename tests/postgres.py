"""A PostgreSQL for the tests: a throw-away server of our own, reached over a unix socket only."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import psycopg

HOW_TO_INSTALL = (
    "install PostgreSQL's server programs"
    " (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql)"
)

FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)

# Nothing here outlives the tests, so nothing needs to survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "log_min_messages": "panic",
    "timezone": "UTC",
}

# Waits for standard input to end, which it does when `stop` closes it and also when the tests are killed.
KEEPER = """
folder=$1; shift
"$@" >"$folder/server.log" 2>&1 </dev/null &
server=$!
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"""


def binaries() -> Path | None:
    """Return the folder that holds initdb and postgres, the newest when there are several, or None."""
    candidates = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    if pg_config := shutil.which("pg_config"):
        candidates.append(Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip()))
    for pattern in FOLDERS:
        candidates += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def _account() -> pwd.struct_passwd | None:
    """Return the account the server runs under: ours, told by None, except for root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is neither an account postgres nor nobody to run it")


class Cluster:
    """A running server. Databases are cheap: each is a copy of a template's files."""

    def __init__(self, programs: Path) -> None:
        account = _account()
        # Not pytest's own temporary folder: a socket's path may have about a hundred characters, and the other
        # account must reach it.
        self.folder = Path(tempfile.mkdtemp(prefix="whereas-pg-", dir="/tmp"))
        as_account = {}
        if account is not None:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        initdb = [programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8"]
        initdb += ["--locale=C", "--no-sync", "--no-instructions"]
        subprocess.run(
            initdb, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=self.folder, **as_account
        )
        server = [programs / "postgres", "-D", data, "-k", self.folder]
        server += [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", self.folder, *server],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops us
            **as_account,
        )
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}
        self._connection = self._connect()

    def _connect(self, patience: float = 30) -> psycopg.Connection:
        """Return a connection to the new server, which takes a moment to answer."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = (self.folder / "server.log").read_text(errors="replace")
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not answer within {patience:.0f} s; it said: {log}") from error
                time.sleep(0.02)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database as a copy of another; return its name."""
        name = f"test_{next(self._numbers)}"
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """Return a database to copy from; the first to ask has it built by `build`, which is given its URL."""
        if name not in self._templates:
            database = self.create()
            build(self.url(database))
            self._templates[name] = database
        return self._templates[name]

    def drop(self, database: str) -> None:
        self._connection.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def stop(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()
        self._keeper.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
