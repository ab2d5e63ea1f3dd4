from django.urls import path
from django.http import HttpResponse
urlpatterns: list = [path("healthz", lambda r: HttpResponse("ok"))]
