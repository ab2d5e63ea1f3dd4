"""Every address: the API, the accounts, the pages."""

from django.urls import include, path
from django.views.generic import RedirectView

from fairhold.api.main import api

urlpatterns = [
    path("api/", api.urls),
    # Addresses come from the marketplace and are not changed here.
    path("accounts/email/", RedirectView.as_view(pattern_name="settings")),
    path("accounts/", include("allauth.urls")),
    path("", include("fairhold.web.urls")),
]
