"""The shell around the core: one write path, reads, replay."""
