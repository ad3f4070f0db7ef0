"""PostgreSQL stopped without warning: what was answered with success is there once, and whole."""

import time

import pytest

from tests.faults.centre import Centre, free_port, sweep_until_sent, wait_for_web, web
from tests.faults.clicks import accepted, clicking, sent_to
from tests.faults.conftest import Tell
from tests.faults.whole import half_done, proof
from tests.faults.workers import a_worker, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

LEFT = "SELECT count(*) FROM correspondence_message WHERE channel <> 'portal' AND status = 'sent'"
LONG = pytest.param(200, 80, 12, marks=pytest.mark.faults)


@pytest.mark.parametrize(("drafts", "received", "stops"), [(14, 6, 1), LONG])
def test_submissions_and_decisions_outlive_it(
    drafts: int, received: int, stops: int, centre: Centre, tell: Tell
) -> None:
    clicks = centre.python("-m", "tests.faults.people", str(drafts), str(received))
    port, every = free_port(), (drafts + received) * 2 // (stops + 1)
    with (
        running(web(port), centre.environment, centre.log("web")) as server,
        a_worker(centre.environment, centre.log("worker")) as worker,
    ):
        wait_for_web(port, server)
        with clicking(centre, port, clicks, threads=8, times=2) as people:
            for number in range(stops):
                wait_until(
                    lambda: len(people.answers()) >= (number + 1) * every,  # noqa: B023
                    people.process,
                )
                centre.servers.stop_postgres_immediately()
                time.sleep(0.5)
                centre.servers.start_postgres()
            answers = people.ended()
        sweep_until_sent(centre, worker)
    led, decided = sent_to(answers), accepted(answers)
    met = sum(answer["tries"] > 1 for answer in answers)
    referrals = centre.count("SELECT count(*) FROM referrals_referral")
    pathways = centre.count("SELECT count(*) FROM pathways_pathway")
    tell(
        f"{stops} stops, {met} clicks met one: {len(led)} of {drafts} submissions answered, "
        f"{referrals - received} there; {len(decided)} of {received} acceptances answered, "
        f"{pathways} there; half-done: {sum(half_done(centre).values())}"
    )
    assert met >= stops, "people were at work when it stopped"
    assert half_done(centre) == {}
    assert all(len(places) == 1 for places in led.values())
    assert len(set.union(*led.values())) == len(led) == referrals - received == drafts
    assert set(decided.values()) == {1}
    assert len(decided) <= pathways == received
    assert len(centre.sent()) == centre.count(LEFT)
    assert proof(centre) == "Nothing is lost."
