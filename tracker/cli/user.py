"""`tracker user`: who may sign in, and as what."""

import click

from tracker.cli.opening import opened
from tracker.domain.vocab import Role

ROLE = click.Choice([role.value for role in Role])


@click.group("user")
def user_command() -> None:
    """Say who may sign in to edit, and as what."""


@user_command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The public name that decisions and changes will carry; unique.")
@click.option("--role", type=ROLE, default=Role.EDITOR.value, show_default=True, help="What they may do.")
@click.option("--ask-password", is_flag=True, help="Ask for a password here instead of printing a one-time link.")
def add(email: str, name: str, role: str, *, ask_password: bool) -> None:
    """Make an account for EMAIL and print a link by which they choose their password, once.

    \b
    Examples:
      tracker user add ann@example.org --name "Ann Lee" --role administrator
      tracker user add bo@example.org --name Bo --ask-password
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.domain.accounts import LinkPurpose
    from tracker.workflows import accounts, one_time_links

    runtime = opened()
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else ""
    account = accounts.add(runtime, email, name, Role(role), password)
    click.echo(f"{account.email} is {account.role.value} now, as {account.name}.")
    if not password:
        link = one_time_links.make(runtime, account.id, LinkPurpose.INVITATION)
        click.echo(f"They choose their password here, once, within a week:\n{link}")


@user_command.command("list")
def list_() -> None:
    """Print every account: address, name, role, whether it may sign in."""
    from tracker.workflows import accounts

    for account in accounts.every(opened()):
        state = "" if account.active else "  (disabled)"
        click.echo(f"{account.email}  {account.name}  {account.role.value}{state}")


@user_command.command("role")
@click.argument("email")
@click.argument("role", type=ROLE)
def role(email: str, role: str) -> None:
    """Give the account of EMAIL another ROLE; its sessions end."""
    from tracker.workflows import accounts

    runtime = opened()
    account = accounts.by_email(runtime, email)
    accounts.change_role(runtime, account.id or 0, Role(role))
    click.echo(f"{account.email} is {role} now.")


@user_command.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Print a link by which EMAIL chooses a new password, once; one-time codes and passkeys are taken away."""
    from tracker.domain.accounts import LinkPurpose
    from tracker.workflows import accounts, one_time_links, second_factors

    runtime = opened()
    account = accounts.by_email(runtime, email)
    second_factors.take_away(runtime, account.id or 0)
    link = one_time_links.make(runtime, account.id, LinkPurpose.INVITATION)
    click.echo(f"{account.name} chooses a password here, once, within a week:\n{link}")


@user_command.command("disable")
@click.argument("email")
@click.option("--undo", is_flag=True, help="Let them sign in again.")
def disable(email: str, *, undo: bool) -> None:
    """Let EMAIL sign in no longer; their name stays on what they did."""
    from tracker.workflows import accounts

    runtime = opened()
    account = accounts.by_email(runtime, email)
    accounts.set_active(runtime, account.id or 0, active=undo)
    click.echo(f"{account.email} may {'' if undo else 'not '}sign in.")
