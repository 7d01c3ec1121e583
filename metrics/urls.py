"""Addresses of the figures."""

from django.urls import path

from metrics import views

app_name = "metrics"
urlpatterns = [
    path("figures/", views.dashboard, name="dashboard"),
    path("figures/<str:agency>/<str:period>/export.<str:suffix>", views.export, name="export"),
    path("figures/<str:agency>/<str:period>/<str:code>/", views.detail, name="detail"),
    path("figures/<str:agency>/<str:period>/<str:code>/freeze/", views.freeze, name="freeze"),
]
