"""The command as a whole: its help, its table of commands, and how little it takes to show them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import tracker
from tests.cli.conftest import PROGRAM
from tracker import __version__, cli

ROOM = Path(cli.__file__).parent
NO_COMMANDS = {"__init__", "opening", "link_decide", "link_learning", "link_names", "who"}


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


ALL = dict(commands(cli.tracker, "tracker"))


def test_help_brings_no_heavy_library():
    heavy = ("sqlalchemy", "sqlmodel", "flask", "alembic", "feedparser", "rich", "apscheduler", "jinja2", "httptools")
    code = (
        "import sys\nfrom tracker.cli import main\nmain(['--help'])\n"
        f"print('loaded:', *(name for name in {heavy} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: tracker ")
    assert done.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_option_has_a_help_text(path):
    command = ALL[path]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.opts[0]} has no help"
        else:
            assert parameter.make_metavar(click.Context(command)).strip("[].") in command.help


@pytest.mark.parametrize("path", ALL)
def test_help_is_shown_with_each_example_on_a_line_of_its_own(bare, path):
    done = bare(*path.split()[1:], "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: {path}")
    assert "\\b" not in done.out
    for example in re.findall(rf"^ +({path} .*)", ALL[path].help or "", re.MULTILINE):
        assert f"\n  {'  '}{example}\n" in done.out


def defined(module: str) -> set[str]:
    tree = ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8"))
    functions = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return {name.removesuffix("_command").replace("_", "-") for name in functions if name.endswith("_command")}


def test_the_table_of_commands_is_what_the_modules_have():
    table: dict[str, set[str]] = {}
    for name, (module, _) in cli.COMMANDS.items():
        table.setdefault(module, set()).add(name)
    beside = {file.stem for file in ROOM.glob("*.py")} - NO_COMMANDS
    assert table == {module: defined(module) for module in beside}


def test_the_overview_has_a_line_for_every_command(bare):
    shown = " ".join(bare("--help").out.split())
    for name, (_, line) in cli.COMMANDS.items():
        assert f" {name} {line}" in shown


def test_every_command_is_called_as_it_is_listed():
    for name in cli.COMMANDS:
        assert ALL[f"tracker {name}"].name == name


def test_the_version_is_the_programs(bare):
    assert bare("--version").out == f"tracker, version {__version__}\n"
    assert tracker.__version__ == __version__


@pytest.mark.parametrize("arguments", [["colect"], ["db", "upgade"], ["web", "--prt", "1"], ["web", "--port", "x"]])
def test_a_wrong_word_is_status_2_and_names_the_help(bare, arguments):
    done = bare(*arguments)
    assert done.status == 2
    assert "Traceback" not in done.err
    assert "for help." in done.err
    assert not bare.folder.exists()


def test_a_file_that_is_not_there_is_named(bare, tmp_path):
    for arguments in (["read", "feed"], ["import"]):
        done = bare(*arguments, tmp_path / "nowhere.xml")
        assert done.status == 2
        assert done.err.splitlines()[-1].endswith("nowhere.xml' does not exist.")


def test_a_reader_that_stops_reading_ends_the_command_without_a_traceback(tmp_path):
    entries = "".join(f"<item><title>{number} {'long ' * 40}</title></item>" for number in range(3000))
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>Long</title>{entries}</channel></rss>", encoding="utf-8")
    with subprocess.Popen([*PROGRAM, "read", "feed", feed], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_script_on_the_path_is_this_command():
    script = Path(sys.executable).with_name("tracker")
    if not script.exists():
        pytest.skip("the project is not installed here: no script tracker beside Python")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"tracker, version {__version__}\n"
