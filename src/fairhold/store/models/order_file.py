"""One row per order: its snapshot, the head of its journal, and its balances."""

from django.db import models
from django.db.models import F, Q

ACCOUNTS = (
    "buyer",
    "held_goods",
    "held_freight",
    "seller_payable",
    "platform_fees",
    "platform_cover",
    "seller_debt",
    "card_network",
)


class OrderFile(models.Model):
    """The order as it stands. `version` is the number of the last journal entry."""

    id = models.CharField(primary_key=True, max_length=36)
    ref = models.CharField(max_length=100, unique=True)
    buyer_id = models.CharField(max_length=36)
    seller_id = models.CharField(max_length=36)
    currency = models.CharField(max_length=3)
    standing = models.CharField(max_length=12)
    book = models.CharField(max_length=80)
    version = models.IntegerField()
    head_hash = models.CharField(max_length=64)
    head_at = models.DateTimeField()
    case_id = models.CharField(max_length=36, null=True)
    snapshot = models.TextField()
    buyer = models.BigIntegerField()
    held_goods = models.BigIntegerField()
    held_freight = models.BigIntegerField()
    seller_payable = models.BigIntegerField()
    platform_fees = models.BigIntegerField()
    platform_cover = models.BigIntegerField()
    seller_debt = models.BigIntegerField()
    card_network = models.BigIntegerField()

    class Meta:
        db_table = "order_file"
        indexes = [
            # The orders of one buyer or seller, newest first.
            models.Index(fields=["buyer_id", "id"], name="order_of_buyer"),
            models.Index(fields=["seller_id", "id"], name="order_of_seller"),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_accounts_sum_to_zero",
                condition=Q(card_network=-sum((F(name) for name in ACCOUNTS[1:-1]), F("buyer"))),
            ),
            models.CheckConstraint(
                name="order_holds_are_not_negative",
                condition=Q(held_goods__gte=0, held_freight__gte=0, seller_payable__gte=0),
            ),
            models.CheckConstraint(
                name="order_buyer_recovers_at_most_what_was_paid", condition=Q(buyer__lte=0)
            ),
        ]
