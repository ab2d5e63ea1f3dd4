"""The order: what was bought, what was paid, what was sent. The ground every case stands on."""
