"""The digest's sender killed at any moment: everybody gets the mail, and each kill repeats one at most."""

import pytest

from tests.siege.mail import besiege
from tracker.domain.vocab import DeliveryState

PEOPLE, KILLS = 120, 4


@pytest.mark.timeout(180)
def test_a_sender_killed_again_and_again_skips_nobody_and_repeats_one_mail_a_kill(database_url, tmp_path):
    told = besiege(database_url, tmp_path, people=PEOPLE, kills=KILLS, seed=20261125, longest_work=0.1)
    assert told.killed >= 2, "the sender was never killed while it worked"
    assert len(told.came) == PEOPLE
    assert sum(told.came.values()) - PEOPLE <= told.killed
    assert told.several_ids == ()
    # Somebody whose mail was repeated twice without a record is listed as failed, though it came.
    assert told.states[DeliveryState.SENT] + told.states[DeliveryState.FAILED] == PEOPLE
