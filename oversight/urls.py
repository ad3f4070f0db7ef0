"""The addresses of oversight: rules and their backtests, decisions against them, the proof."""

from django.urls import URLPattern, path

from oversight.views import against as of_decisions
from oversight.views import backtests as of_backtests
from oversight.views import drafts
from oversight.views import proof as of_proof

app_name = "oversight"

versions: list[URLPattern] = [
    path("rules/", drafts.versions, name="versions"),
    path("rules/drafts/new/", drafts.new, name="draft_new"),
    path("rules/drafts/<int:pk>/", drafts.draft, name="draft"),
    path("rules/drafts/<int:pk>/edit/", drafts.edit, name="draft_edit"),
    path("rules/drafts/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("rules/drafts/<int:pk>/rebase/", drafts.rebase, name="draft_rebase"),
    path("rules/drafts/<int:pk>/approve/", drafts.approve, name="draft_approve"),
]
backtests: list[URLPattern] = [
    path("rules/drafts/<int:pk>/backtest/", of_backtests.start, name="backtest_start"),
    path("rules/backtests/<int:pk>/", of_backtests.backtest, name="backtest"),
    path("rules/backtests/<int:pk>/progress/", of_backtests.progress, name="backtest_progress"),
    path("rules/backtests/<int:pk>/stop/", of_backtests.stop, name="backtest_stop"),
]
against: list[URLPattern] = [
    path("against/", of_decisions.show, name="against"),
]

proofs: list[URLPattern] = [
    path("proof/", of_proof.proof, name="proof"),
]

urlpatterns = [*versions, *backtests, *against, *proofs]
