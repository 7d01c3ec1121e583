"""The home page, the choice of language, the page of components."""

from django.urls import include, path

from ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/stage/", views.styleguide_stage, name="styleguide_stage"),
    path("styleguide/upload/", views.styleguide_upload, name="styleguide_upload"),
]
