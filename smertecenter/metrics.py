"""The proof's figures for monitoring, in Prometheus' format.

Everything is counted in the database when it is asked for, so that each of several web processes
answers the same. Nothing in it is about a person. Whoever asks shows METRICS_TOKEN as a bearer
token; without one in the environment the address does not exist.
"""

import hmac
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from oversight.held import longest
from oversight.models import Proof
from oversight.proof import Figure, Figures, count, faults

F = Figure
Gauge = tuple[str, str, str, dict[str, Figure]]
# Name, what it says, label, and the figure for each value of the label.
GAUGES: tuple[Gauge, ...] = (
    (
        "open_cases",
        "Cases that are open.",
        "kind",
        {"referral": F.OPEN_REFERRALS, "pathway": F.OPEN_PATHWAYS},
    ),
    (
        "cases_lacking",
        "Open cases without what every case must have; must be 0.",
        "what",
        {"owner": F.NO_OWNER, "action": F.NO_ACTION, "due": F.NO_DUE, "list": F.NO_LIST},
    ),
    (
        "messages_undelivered",
        "Messages that should have left and have not, for all we know; must be 0.",
        "state",
        {"late": F.LATE, "failed": F.FAILED, "uncertain": F.UNCERTAIN, "unposted": F.UNPOSTED},
    ),
    (
        "letters_printed",
        "Letters on paper that are printed, and that nobody has said are in the post.",
        "state",
        {"waiting": F.PRINTED},
    ),
    (
        "answers_unopened",
        "Answers that no referrer has opened, those to phone about among them; overdue must be 0.",
        "state",
        {"unseen": F.UNSEEN, "to_phone": F.TO_PHONE, "overdue": F.UNPHONED},
    ),
)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of now; 404 where no token is set, 401 for who does not show it."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not hmac.compare_digest(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(OfTheProof())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class OfTheProof(Collector):
    """Counts when it is asked, and remembers nothing."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        figures = count(now)
        for name, says, label, of in GAUGES:
            values = {value: figures[figure] for value, figure in of.items()}
            yield _gauge(name, says, (label,), (((value,), n) for value, n in values.items()))
        held = (((one.holder, one.kind), (now - one.since).total_seconds()) for one in longest())
        yield _gauge("longest_held_seconds", HELD, ("holder", "kind"), held)
        yield from _proofs(figures)


HELD = "How long the case has been there that has been longest in the same hands."


def _proofs(figures: Figures) -> Iterator[GaugeMetricFamily]:
    yield _gauge(
        "proof_holds", "1 when all that must be 0 is, now.", (), [((), not faults(figures))]
    )
    last = Proof.objects.order_by("-night").first()
    told = [((), last.made_at.timestamp())] if last else []
    yield _gauge(
        "nightly_proof_timestamp_seconds", "When the last nightly proof was made.", (), told
    )
    held = [((), last.holds)] if last else []
    yield _gauge("nightly_proof_holds", "1 when the last nightly proof held.", (), held)


def _gauge(
    name: str,
    says: str,
    labels: tuple[str, ...],
    values: Iterable[tuple[tuple[str, ...], float]],
) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(f"smertecenter_{name}", says, labels=labels)
    for labelled, value in values:
        gauge.add_metric(labelled, float(value))
    return gauge
