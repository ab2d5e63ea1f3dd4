"""The file of a case for whoever may see it: gathered, put in order, sealed, streamed."""
