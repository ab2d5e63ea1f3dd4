"""Buyers and sellers as the marketplace knows them."""

from django.db import models


class Party(models.Model):
    """One buyer or one selling company. People act for it."""

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=8, choices=[("buyer", "Buyer"), ("seller", "Seller")])
    ref = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=12, default="en")

    class Meta:
        db_table = "party"
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="party_ref_once")]

    def __str__(self) -> str:
        return self.name
