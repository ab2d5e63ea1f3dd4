"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from fairhold.core.values.roles import Role


class PersonManager(UserManager["Person"]):
    """Makes people by e-mail address."""

    use_in_migrations = False

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """A person with a hashed password."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractUser):
    """Somebody with one role; buyers and sellers act for a party."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    party = models.ForeignKey("accounts.Party", null=True, blank=True, on_delete=models.PROTECT)
    opaque_id = models.CharField(max_length=36, unique=True)
    # Empty: nobody chose one yet, so the browser says it.
    language = models.CharField(max_length=12, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    # Empty: as the device is set; otherwise "light" or "dark".
    theme = models.CharField(max_length=8, default="", blank=True, db_default="")
    single_keys = models.BooleanField(default=True, db_default=True)
    # When the short explanation of the protection was read and put away.
    welcomed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.name
