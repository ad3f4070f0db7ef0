"""Referrers who send in the same moment, each with a double click, all get their one receipt."""

import json
from http import HTTPStatus

import pytest

from tests.faults.centre import Centre, free_port, wait_for_web, web
from tests.faults.clicks import clicking, sent_to
from tests.faults.conftest import Tell
from tests.faults.whole import half_done, proof
from tests.faults.workers import running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@pytest.mark.parametrize("how_many", [25, pytest.param(200, marks=pytest.mark.faults)])
def test_all_who_send_at_once_have_sent_one_referral(
    how_many: int, centre: Centre, tell: Tell
) -> None:
    clicks = centre.python("-m", "tests.faults.people", str(how_many), "0")
    port, both = free_port(), 2 * how_many
    with running(web(port), centre.environment, centre.log("web")) as server:
        wait_for_web(port, server)
        with clicking(centre, port, clicks, threads=both, times=2) as people:
            answers = people.ended()
    led = sent_to(answers)
    referrals = centre.count("SELECT count(*) FROM referrals_referral")
    receipts = centre.count("SELECT count(*) FROM correspondence_message WHERE kind = 'receipt'")
    tell(f"{how_many} referrers, {both} clicks at once: {referrals} referrals, {receipts} receipts")
    assert [answer["status"] for answer in answers] == [HTTPStatus.FOUND] * both
    assert set(led) == {click["path"] for click in json.loads(clicks)}
    assert all(len(places) == 1 for places in led.values()), "both clicks led to one referral"
    assert len(set.union(*led.values())) == referrals == receipts == how_many
    assert half_done(centre) == {}
    assert proof(centre) == "Nothing is lost."
