"""The HTTP API: parse -> flow -> render. No rule of a dispute stands here."""
