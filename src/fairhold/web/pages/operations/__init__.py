"""Pages of the people who run the desk: what is due, what is stuck, where the money is."""
