"""Acts of people on a dispute: a form, a page to check it, one POST that carries it out."""
