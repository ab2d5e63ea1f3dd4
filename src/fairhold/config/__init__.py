"""Settings, addresses and wiring: the only place that chooses adapters."""
