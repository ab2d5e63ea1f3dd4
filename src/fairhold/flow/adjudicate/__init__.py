"""The pure question: under this book, with these facts, as of this moment, what follows?

The functions that decide live cases answer it; nothing is written.
"""
