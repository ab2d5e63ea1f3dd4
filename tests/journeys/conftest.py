"""Every journey is decided again from its journal when it is over."""

import pytest

from fairhold.flow.again import decide_again
from fairhold.flow.desk import current
from fairhold.store.queries import all_order_ids


@pytest.fixture(autouse=True)
def decided_again(db):
    """Whatever a journey did, its journal leads to the same entries once more."""
    yield
    for order_id in list(all_order_ids()):
        report = decide_again(current(), order_id)
        assert report.differences == ()
        assert report.decided + report.given > 0
