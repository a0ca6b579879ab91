"""`tracker user`: who may sign in, and as what."""

import click

from tracker.cli.opening import opened
from tracker.domain.vocab import Role

ROLE = click.Choice([role.value for role in Role])


@click.group("user")
def user_command() -> None:
    """Say who may sign in to edit."""


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
    from tracker.workflows import accounts

    runtime = opened()
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else ""
    account = accounts.add(runtime, email, name, Role(role), password)
    click.echo(f"{account.email} is {account.role.value} now, as {account.name}.")
    if not password:
        link = accounts.one_time_link(runtime, account.id, LinkPurpose.INVITATION)
        click.echo(f"They choose their password here, once, within a week:\n{link}")
