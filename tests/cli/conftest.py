"""Running `tracker`: inside the tests where only words and rows matter, as a process where that is what is tested."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from tracker.cli import main
from tracker.settings import PREFIX
from tracker.store.engine import create_engine

PROGRAM = (sys.executable, "-c", "from tracker.cli import main; main()")

# Root may write everywhere. Without these two capabilities (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH) file modes count.
WITHOUT_ROOTS_LICENCE = """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """What stands on standard error, which must be one line of ours, with exit status 1."""
        assert self.status == 1, self
        assert self.err.startswith("tracker: "), self
        assert self.err.count("\n") == 1, self
        return self.err.removesuffix("\n")


@dataclass
class Tracker:
    """The command over a data folder of its own: call it with arguments."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "whereas.db"

    def _settings(self, more: dict[str, Any]) -> dict[str, str]:
        chosen = {"data_dir": self.folder, **more}
        return {PREFIX + name.upper(): str(value) for name, value in chosen.items()}

    def __call__(self, *arguments: Any, given: bytes = b"", **settings: Any) -> Done:
        """Run the command in this process, `given` on standard input; settings are named as in the documentation."""
        ours = {name: None for name in os.environ if name.startswith(PREFIX)} | self._settings(settings)
        with CliRunner().isolation(input=given, env=ours) as (out, err, _):
            try:
                main([str(argument) for argument in arguments])
                status: Any = 0
            except SystemExit as stop:
                status = stop.code or 0
            sys.stdout.flush()
            sys.stderr.flush()
            return Done(status, out.getvalue().decode(), err.getvalue().decode())

    def outside(self, **settings: Any) -> dict[str, str]:
        """Return the environment for a process."""
        rest = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return rest | self._settings(settings)

    def process(self, *arguments: Any, bound_by_modes: bool = False, **settings: Any) -> Done:
        """Run the command as a process; `bound_by_modes` takes root's licence to write everywhere."""
        before = (sys.executable, "-c", WITHOUT_ROOTS_LICENCE) if bound_by_modes and os.geteuid() == 0 else ()
        ended = subprocess.run(
            [*before, *PROGRAM, *map(str, arguments)],
            env=self.outside(**settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        return Done(ended.returncode, ended.stdout, ended.stderr)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Give an engine on the database of this data folder."""
        engine = create_engine(f"sqlite:///{self.database}")
        try:
            yield engine
        finally:
            engine.dispose()


@pytest.fixture
def bare(tmp_path) -> Tracker:
    """The command where nothing has been set up: no data folder, no database."""
    return Tracker(tmp_path / "var")


@pytest.fixture
def tracker(bare, sqlite_template) -> Tracker:
    """The command over a database with every table and no row."""
    bare.folder.mkdir()
    shutil.copyfile(sqlite_template, bare.database)
    return bare


@pytest.fixture
def configured(tmp_path) -> Callable[..., dict[str, str]]:
    """Make a configuration folder from texts by file name, and return the setting that chooses it."""

    def make(**texts: str) -> dict[str, str]:
        # A process reads a folder's files once.
        folder = tmp_path / f"config-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return {"config_dir": str(folder)}

    return make
