"""`tracker export`: a campaign as a folder of pages that needs no server."""

from pathlib import Path

import click

from tracker.cli.opening import opened, progress


@click.command("export")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--campaign", required=True, help="The campaign's name in addresses, such as amazon-rekognition.")
def export_command(directory: Path, campaign: str) -> None:
    """Write a campaign into the folder DIR as pages and files that work from a USB stick, all or nothing.

    DIR is new, empty, or an earlier export, which is then replaced. Two exports of one day from the same archive are
    the same, byte for byte.

    \b
    Examples:
      tracker export --campaign amazon-rekognition /media/stick/rekognition
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.web.static_site.write import write

    with progress("writing the copy") as step:
        done = write(opened(), campaign, directory, step=step)
    click.echo(
        f"{done.pages:,} pages and {done.files - done.pages:,} other files, {done.bytes:,} bytes, in {directory}; "
        f"open {directory / 'index.html'}"
    )
