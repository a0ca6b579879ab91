"""The `tracker` command. Each group of commands is a file beside this one, loaded only when it is called."""

import importlib
import sys
from collections.abc import Sequence

import click

from tracker import __version__
from tracker.domain.errors import TrackerError

# Command -> (module, one line for the overview). The lines stand here so that `--help` loads nothing else.
COMMANDS = {
    "demo": ("demo", "Show the two demo campaigns: collect them over loopback, then serve the site."),
    "run": ("serve", "Serve the site and run the scheduled jobs, all in one process."),
    "web": ("serve", "Serve the site only."),
    "collect": ("collect", "Ask the sources that are due (or the named ones) now."),
    "source": ("source", "List, try, add and stop the places we look."),
    "document": ("document", "Add a document from a file or an address."),
    "story": ("story", "Show which documents tell one story, take one out, or put two together."),
    "read": ("read", "Show what would be stored of a file, storing nothing."),
    "filing": ("filing", "Read collected filings, and fund votes from their files, into the archive."),
    "link": ("link", "Link the archive again, or suggest links for items given as JSON."),
    "campaign": ("campaign", "Show and change the terms by which a campaign's documents are known."),
    "user": ("user", "Say who may sign in to edit, and as what."),
    "digest": ("digest", "Preview and send the weekly email."),
    "import": ("exchange", "Import a campaign file, or a whole archive that was exported."),
    "export": ("export", "Write the whole archive as files, or a campaign as pages that need no server."),
    "db": ("db", "Upgrade and check the database."),
    "rebuild": ("db", "Make the timeline again from nothing; on a healthy archive no row changes."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tracker.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101 - a fact of the files beside this one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the overview without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tracker")
def tracker() -> None:
    """Whereas: who asked a company what, what it answered, and how its shareholders voted.

    New here? `tracker demo` shows everything with no network. For real use: put your sources into config/sources.toml,
    then `tracker db upgrade` and `tracker run`. Settings are explained in docs/settings.md.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an error a person can act on is one line on standard error, and exit status 1."""
    try:
        # Not being left to click, `Exit(1)` arrives as the value returned, which for a finished command is None.
        status = tracker.main(args=arguments, prog_name="tracker", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TrackerError as error:
        click.echo(f"tracker: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
    if status:
        sys.exit(status)
