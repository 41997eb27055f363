"""Two people at the same moment: one acts, the other is refused by a rule; no deadlock, nothing twice."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.postgresql
@pytest.mark.django_db
def test_s2_49_of_two_people_at_once_one_acts_and_the_other_is_refused(own_database):
    environment = {**os.environ, "HUIYIN_DATABASE": own_database}

    done = subprocess.run(
        [sys.executable, "-m", "tests.complaints.at_once"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )

    assert json.loads(done.stdout.splitlines()[-1]) == {
        "five_offers_on_one_budget": ["done", *["批示-01"] * 4],
        "two_approvals_of_one_plan": ["done", "流程-01"],
        "one_choice_sent_twice": ["done", "流程-01", 2],
        "two_merges_into_each_other": ["done", "合并-01", 1],
    }
