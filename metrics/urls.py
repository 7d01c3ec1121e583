"""Addresses of the figures."""

from django.urls import path

from metrics import views

app_name = "metrics"
ONE = "figures/<str:agency>/<str:period>"

urlpatterns = [
    path("figures/", views.dashboard, name="dashboard"),
    path("figures/frozen/<uuid:public_id>/", views.snapshot, name="snapshot"),
    path("figures/frozen/<uuid:public_id>/file.json", views.snapshot_file, name="snapshot_file"),
    path(f"{ONE}/export.<str:suffix>", views.export, name="export"),
    path(f"{ONE}/<str:code>/", views.detail, name="detail"),
    path(f"{ONE}/<str:code>/freeze/", views.freeze, name="freeze"),
]
