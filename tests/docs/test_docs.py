"""The documentation says what the code does: names, options, links, commands, and an example that works."""

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from tests.conftest import PROJECT
from tracker.cli import tracker
from tracker.jobs.schedule import jobs
from tracker.models import kinds
from tracker.settings import PREFIX, Settings
from tracker.sources.base import all_sources
from tracker.store import migrate
from tracker.store.engine import create_engine
from tracker.store.imports import owner_column
from tracker.store.records import tables, writable
from tracker.workflows import campaign_file
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.runtime import Runtime

DOCS = PROJECT / "docs"
PAGES = sorted([*PROJECT.glob("*.md"), *DOCS.rglob("*.md")])
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def page(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """The rows of a page's tables by their first cell, without its marks."""
    found = {}
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found[cells[0].strip("`*")] = cells[1:]
    return found


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, list indentation taken away."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[1]


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name):
    row = rows(page("docs/settings.md")).get(name)
    assert row, f"docs/settings.md has no row for {name}"
    assert row[0] == f"`{PREFIX}{name.upper()}`"
    default = Settings.model_fields[name].default
    if isinstance(default, Path):
        assert row[1] == f"`{default.relative_to(PROJECT)}` in the project"
    elif default in ("", ()):
        assert row[1] in {"empty", "none"}
    elif isinstance(default, tuple):
        assert row[1] == f"`{','.join(default)}`"
    else:
        assert row[1] == f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_no_setting_is_documented_that_is_none():
    documented = re.findall(r"^\| `(\w+)` \| `TRACKER_", page("docs/settings.md"), re.MULTILINE)
    assert sorted(documented) == sorted(Settings.model_fields)


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


COMMANDS = {"tracker": tracker, **dict(commands(tracker, "tracker"))}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_documented(path):
    text = section(page("docs/commands.md"), path)
    context = click.Context(COMMANDS[path])
    for parameter in COMMANDS[path].params:
        is_option = isinstance(parameter, click.Option)
        for name in parameter.opts if is_option else [parameter.make_metavar(context).strip("[].")]:
            assert f"`{name}`" in text, f"docs/commands.md says nothing of {name} under {path}"


def test_no_command_is_documented_that_is_none():
    headings = re.findall(r"^#+ (tracker.*)$", page("docs/commands.md"), re.MULTILINE)
    assert sorted(headings) == sorted(COMMANDS)


def test_every_reader_is_documented():
    documented = rows(page("docs/add-a-source.md"))
    assert [name for name in all_sources() if name not in documented] == []


def test_every_job_is_documented():
    documented = rows(page("docs/add-a-job.md"))
    assert {job.name: documented.get(job.name, ["", ""])[1] for job in jobs(Settings())} == {
        job.name: job.says for job in jobs(Settings())
    }


def test_every_email_is_documented():
    documented = rows(page("docs/add-an-email.md"))
    folders = [folder.name for folder in (PROJECT / "templates" / "email").iterdir() if folder.is_dir()]
    assert folders
    assert [name for name in folders if name not in documented] == []


def test_every_regime_and_deadline_rule_is_documented():
    from tracker.domain import deadline_rules, regimes

    documented = rows(page("docs/rules.md"))
    assert [regime.code for regime in regimes.REGIMES if regime.code not in documented] == []
    assert [code.value for code in deadline_rules.DeadlineCode if code.value not in documented] == []
    for regime in regimes.REGIMES:
        if regime.bars is not None:
            assert documented[regime.code][1] in {regime.bars.words(), "as `R2`"}


# --- the campaign file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", kinds())
def test_every_key_of_a_kind_is_documented(kind):
    text = section(page("docs/campaign-file.md"), f"`{kind}`")
    missing = [key for key in writable(kinds()[kind]) if f"`{key}`" not in text]
    assert not missing, f"docs/campaign-file.md says nothing of {missing} under {kind}"


@pytest.mark.parametrize("name", campaign_file.TOP)
def test_every_key_of_a_party_is_documented(name):
    row = rows(page("docs/campaign-file.md")).get(name)
    assert row, f"docs/campaign-file.md has no row for {name}"
    assert [key for key in sorted(campaign_file.KEYS.get(name, ())) if f"`{key}`" not in row[0]] == []


def parts_of(owner: str) -> Iterator[tuple[str, str]]:
    """A table's parts with the column by which they hang on it, and theirs."""
    for name, table in tables().items():
        column = owner_column(table, owner)
        if column is not None and (owner, name) != ("resolution", "ballot_item"):  # told under its meeting
            yield name, column
            yield from parts_of(name)


@pytest.mark.parametrize("kind", kinds())
def test_every_part_of_a_kind_is_documented(kind):
    text = section(page("docs/campaign-file.md"), f"`{kind}`")
    for name, owner in parts_of(kind):
        told = re.search(rf"^ *- `{name}`:.*?(?=^ *- `|^$|\Z)", text, re.MULTILINE | re.DOTALL)
        assert told, f"docs/campaign-file.md says nothing of {name} under {kind}"
        keys = [key for key in writable(tables()[name]) if key != owner.removesuffix("_id")]
        missing = [key for key in keys if f"`{key}`" not in told[0]]
        assert not missing, f"docs/campaign-file.md says nothing of {missing} under {kind}, {name}"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Runtime]:
    """An empty archive as `tracker db upgrade` makes it."""
    engine = create_engine(f"sqlite:///{tmp_path / 'whereas.db'}")
    migrate.upgrade(engine)
    yield Runtime(Settings(data_dir=tmp_path), engine, clock=lambda: NOW)
    engine.dispose()


def test_the_example_campaign_file_is_imported_and_the_second_time_changes_nothing(archive):
    [example] = blocks(page("docs/campaign-file.md"), "json")
    file = json.loads(example)
    first = import_campaign(archive, file)
    assert (first.new, first.changed, first.same) == (len(file["objects"]), 0, 0)
    assert first.events > len(file["objects"])
    second = import_campaign(archive, file)
    assert (second.new, second.changed, second.same, second.events) == (0, 0, len(file["objects"]), 0)
    assert verify(archive).difference.touched == 0


# --- links and commands -----------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, made as code forges make them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_relative_link_leads_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), f"{path.name} leads to {target}, which is not there"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), (
                f"{path.name} leads to {target}: no such heading"
            )


def shell_lines() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command of every `sh` block, with the page it stands on; what a here-document holds is left out."""
    for path in PAGES:
        for block in blocks(path.read_text(encoding="utf-8"), "sh"):
            text = re.sub(r"<<'(\w+)'\n.*?^\1$", "", block, flags=re.MULTILINE | re.DOTALL)
            for line in text.splitlines():
                for part in line.split("&&"):
                    if words := shlex.split(part.split(" > ")[0], comments=True):
                        yield path.relative_to(PROJECT).as_posix(), tuple(words)


LINES = list(dict.fromkeys(shell_lines()))
# Programs that a checkout does not bring, and those that setting up puts into .venv.
PLAIN = {"printf", "."}
INSTALLED = {".venv/bin/python", ".venv/bin/pytest", ".venv/bin/activate"}


@pytest.mark.parametrize(("where", "words"), LINES, ids=[f"{where}: {' '.join(words)}" for where, words in LINES])
def test_every_command_shown_exists(where, words):
    words = [word for word in words if not re.fullmatch(r"TRACKER_\w+=.*", word)]
    program, arguments = words[0], words[1:]
    if program == "make":
        targets = re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE)
        assert arguments[0] in targets
    elif program == "sh":
        assert (PROJECT / arguments[0]).is_file()
    elif program in {"tracker", ".venv/bin/tracker"}:
        path = "tracker"
        while arguments and f"{path} {arguments[0]}" in COMMANDS:
            path = f"{path} {arguments.pop(0)}"
        known = {name for parameter in COMMANDS[path].params for name in parameter.opts}
        assert not isinstance(COMMANDS[path], click.Group), f"{path} is a group, not a command"
        assert [word for word in arguments if word.startswith("--") and word not in known] == []
    else:
        assert program in PLAIN | INSTALLED
        assert program != "." or arguments[0] in INSTALLED


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_make_target_named_in_a_sentence_exists(path):
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_file_named_in_a_sentence_exists(path):
    names = re.findall(
        r"`((?:tracker|tests|config|templates|migrations|\.ci)/[\w./]+\w)`", path.read_text(encoding="utf-8")
    )
    theirs = {"config/local.toml"}  # made by whoever installs it
    assert [name for name in names if name not in theirs and not (PROJECT / name).exists()] == []


# --- what no file may say ---------------------------------------------------------------------------------------------

# Written in pieces, for this file is searched as well.
PLACES = ["/wo" + "rk/", "/ro" + "ot/", ".lib" + "rary", "fa" + "rm-"]
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "proxy." + "golang"]


def project_files() -> list[Path]:
    """Every file that belongs to the project: known to git, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout, so what belongs to the project is not known")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := PROJECT / name).is_file()]


def test_no_file_names_the_place_where_it_was_written_or_a_package_registry():
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" in content[:4000]:
            continue
        text = content.decode("utf-8", "replace")
        found += [f"{path.relative_to(PROJECT)}: {word}" for word in PLACES + REGISTRIES if word in text]
    assert found == []
