"""The sample marketplace of the demo: invented people, orders and disputes in every stage."""
