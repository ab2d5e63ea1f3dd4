"""People, the parties they act for, their roles and API keys."""
