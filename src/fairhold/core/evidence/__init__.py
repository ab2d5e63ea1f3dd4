"""What an exhibit is. Bytes never pass through here."""
