"""`tracker export`: the whole archive as files, or a campaign as pages that need no server."""

from pathlib import Path

import click

from tracker.cli.opening import opened, progress


@click.command("export")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--campaign", help="Write this campaign as pages; its name as addresses have it.")
def export_command(directory: Path, campaign: str | None) -> None:
    """Write the whole archive into the folder DIR as files, which `tracker import` brings into another database.

    With --campaign, write one campaign as pages and files that work from a USB stick. Both: all or nothing. DIR is
    new, empty, or an earlier export, which is then replaced.

    \b
    Examples:
      tracker export --campaign amazon-rekognition /media/stick/rekognition
      tracker export /backup/archive
    """  # noqa: D301 - click wants the character that \b writes
    click.echo(_archive(directory) if campaign is None else _campaign(campaign, directory))


def _archive(directory: Path) -> str:
    from tracker.workflows.whole_archive import export_archive

    with progress("writing the archive") as step:
        done = export_archive(opened(), directory, step=step)
    return f"{done.rows:,} rows of {done.tables} tables, in {directory}; accounts and subscribers are not in it"


def _campaign(slug: str, directory: Path) -> str:
    from tracker.web.static_site.write import write

    with progress("writing the copy") as step:
        done = write(opened(), slug, directory, step=step)
    return (
        f"{done.pages:,} pages and {done.files - done.pages:,} other files, {done.bytes:,} bytes, in {directory}; "
        f"open {directory / 'index.html'}"
    )
