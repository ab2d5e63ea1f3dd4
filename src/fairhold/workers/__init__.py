"""The worker: sweeps clocks, gives outages back, delivers the outbox. Any number may run."""
