"""The composer: one folder per kind of case, over the order that carries the money.

Step 4 (decide) and step 5 (evolve) of the write path. Pure.
"""
