"""The reference pages, written from the code: what is described is what runs."""
