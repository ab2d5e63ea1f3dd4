"""What the rulebook says, as frozen records. The deciding engine works on these and on facts."""
