"""Every address, in three lines."""

from django.urls import include, path

from fairhold.api.main import api

urlpatterns = [
    path("api/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("fairhold.web.urls")),
]
