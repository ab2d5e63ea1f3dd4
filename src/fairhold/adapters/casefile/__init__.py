"""Case files: BagIt bags in ZIP archives, written in one pass and checked byte by byte.

Everything here works without a database, without settings and without a network.
"""
