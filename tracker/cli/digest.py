"""`tracker digest`: look at the weekly email, send it, say who gets it."""

from datetime import date
from pathlib import Path

import click

from tracker.cli.opening import Day, opened
from tracker.domain.errors import InputError


@click.group("digest")
def digest_command() -> None:
    """Preview and send the weekly email."""


@digest_command.command("preview")
@click.option("--campaign", metavar="SLUG", help="Only this campaign; otherwise all.")
@click.option("--ending", type=Day(), metavar="DATE", help="The seven days to DATE; otherwise the last full week.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the HTML part to FILE (- for standard output).",
)
@click.option("--text", is_flag=True, help="Print the text part (the default).")
def preview(campaign: str | None, ending: date | None, html: Path | None, *, text: bool) -> None:
    """Show the mail for a week; nothing is stored or sent.

    \b
    Examples:
      tracker digest preview
      tracker digest preview --campaign amazon-rekognition --ending 2019-04-07
      tracker digest preview --html week.html
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.compose_digest import preview

    mail = preview(opened(), campaign, ending)
    if mail is None:
        click.echo("Nothing to tell: no mail would be sent for these days. Choose others with --ending.")
        return
    if html is not None:
        try:
            with click.open_file(str(html), "w", encoding="utf-8") as file:
                file.write(mail.html)
        except OSError as error:
            raise InputError(f"writing {html}: {error.strerror}; choose another place with --html") from error
        if str(html) != "-":
            click.echo(f"{mail.subject}\nwritten to {html}", err=True)
    if text or html is None:
        click.echo(f"Subject: {mail.subject}\n\n{mail.text}", nl=False)


@digest_command.command("send")
@click.option("--dry-run", is_flag=True, help="Only say what would be sent.")
def send(*, dry_run: bool) -> None:
    """Compose what is due and send every mail that is due. Running it again sends nothing twice."""
    from tracker.workflows.send_digest import send_due, would_send

    runtime = opened()
    if dry_run:
        mails = would_send(runtime)
        for mail in mails:
            click.echo(f"{mail.email}: {mail.subject or f'skipped, {mail.skipped}'}")
        count = sum(1 for mail in mails if not mail.skipped)
        click.echo(f"{count} {'mail' if count == 1 else 'mails'} would be sent.")
        return
    report = send_due(runtime)
    click.echo(str(report))
    for error in report.errors:
        click.echo(f"  {error}", err=True)
    if report.sent:
        click.echo(f"written to {runtime.settings.outbox}")


@digest_command.command("subscribe")
@click.argument("email")
@click.option("--campaign", "campaigns", multiple=True, metavar="SLUG", help="Follow this campaign; otherwise all.")
def subscribe(email: str, campaigns: tuple[str, ...]) -> None:
    """Let EMAIL follow campaigns, confirmed on your word: you know that they asked for it."""
    from tracker.workflows.subscribe import subscribe

    done = subscribe(opened(), email, campaigns)
    verb = "now gets" if done.new else "already got"
    click.echo(f"{done.email} {verb} the digest and follows {', '.join(done.follows)}")


@digest_command.command("unsubscribe")
@click.argument("email")
def unsubscribe(email: str) -> None:
    """End EMAIL's subscription at once."""
    from tracker.workflows.subscribe import unsubscribe

    ended = unsubscribe(opened(), email=email)
    click.echo(f"{email} {'gets no more digests' if ended else 'had left before'}")


@digest_command.command("status")
def status() -> None:
    """Say who gets the digest, what was sent, what is due next and what went wrong."""
    from tracker.workflows.subscribe import status

    found = status(opened())
    people = ", ".join(f"{count} {state}" for state, count in sorted(found.people.items()))
    click.echo(f"people:     {people or 'none'}")
    sent = ", ".join(f"{count} {state}" for state, count in sorted(found.deliveries.items()))
    click.echo(f"mails:      {sent or 'none'}")
    click.echo(f"next due:   {f'{found.next_due:%Y-%m-%d %H:%M} UTC' if found.next_due else 'nothing is planned'}")
    for issue in found.issues:
        click.echo(f"last issue: {issue.campaign}, {issue.starts_on} to {issue.ends_on}: {issue.headline}")
    for message_id, error in found.troubles:
        click.echo(f"trouble:    {message_id}: {error}")
