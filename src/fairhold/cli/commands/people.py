"""People and their API keys."""

import click
from django.core.exceptions import ValidationError

from fairhold.cli.start import start

ROLES = ("buyer", "seller", "specialist", "operator", "finance", "inspector", "rights_holder")


@click.group()
def people() -> None:
    """Add people.

    Example: fairhold people add --role specialist --name "Ada Judge" --email ada@desk.example
    """


@people.command()
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the person is.")
@click.option("--name", required=True, help="The name that colleagues see.")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--party", "party_ref", help="Buyers and sellers: the marketplace's reference.")
@click.password_option(help="Asked for where it is not given.")
def add(*, role: str, name: str, email: str, party_ref: str | None, password: str) -> None:
    """Add one person."""
    start()
    from django.contrib.auth.password_validation import validate_password

    from fairhold.accounts.models import Party, Person
    from fairhold.flow.desk import current

    party = Party.objects.filter(kind=role, ref=party_ref).first() if party_ref else None
    if role in ("buyer", "seller") and party is None:
        raise click.UsageError(f"--party: expected the reference of a known {role}.")
    if Person.objects.filter(email=email).exists():
        raise click.UsageError(f"--email: somebody signs in with {email} already.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise click.UsageError(f"--password: {' '.join(error.messages)}") from error
    Person.objects.create_user(
        email, password, name=name, role=role, party=party, opaque_id=current().ids.new()
    )
    click.echo(f"{name} can sign in as {role} with {email}.")


@click.group()
def keys() -> None:
    """Make API keys.

    Example: fairhold keys create ada@desk.example --label shop --scope orders:write
    """


@keys.command()
@click.argument("email")
@click.option("--label", required=True, help="What the key is for.")
@click.option("--scope", "scopes", multiple=True, required=True, help="May be given again.")
def create(email: str, *, label: str, scopes: tuple[str, ...]) -> None:
    """Make a key for a person; it is shown once."""
    start()
    from fairhold.accounts.keys import ScopeError
    from fairhold.accounts.keys import create as make
    from fairhold.accounts.models import Person

    person = Person.objects.filter(email=email).first()
    if person is None:
        raise click.UsageError(f"nobody signs in with {email}.")
    try:
        click.echo(make(person, label, set(scopes)))
    except ScopeError as error:
        raise click.UsageError(f"--scope: {error}") from error
