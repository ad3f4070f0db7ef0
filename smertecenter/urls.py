"""Every room's addresses, under its own first segment."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from admission.versions import discharge_limit
from smertecenter import health, metrics, navigation
from staff.views import SignIn

urlpatterns: list[URLPattern | URLResolver] = [
    path("", navigation.home, name="home"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/", include("allauth.account.urls")),
    path("staff/", include("staff.urls")),
    path("criteria/", include("admission.urls")),
    path("referrals/", include("referrals.urls")),
    path("oversight/", include("oversight.urls")),
    path("pathways/", include("pathways.urls")),
    path("medication/", include("medication.urls"), {"limit": discharge_limit}),
    path("outbox/", include("correspondence.urls")),
    path("letters/", include("letters.urls")),
]
