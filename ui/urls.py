"""The home page, the choice of language, the service worker, the page of components."""

from django.urls import path

from ui import offline, views, worker

urlpatterns = [
    path("", views.home, name="home"),
    path("sw.js", worker.script, name="service_worker"),
    path("offline/shell.json", offline.listing, name="offline_shell"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
    path("i18n/setlang/", views.set_language, name="set_language"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/stage/", views.styleguide_stage, name="styleguide_stage"),
    path("styleguide/upload/", views.styleguide_upload, name="styleguide_upload"),
]
