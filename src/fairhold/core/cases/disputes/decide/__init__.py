"""Deciders of disputes, a module per phase: file, command, moment -> events or a refusal. Pure."""
