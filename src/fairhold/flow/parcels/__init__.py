"""Parcels: scans come in, are read, and what they show goes on record. The core judges."""
