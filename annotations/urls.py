"""Addresses of annotations."""

from django.urls import URLPattern, path

from annotations.views import carrying, exports, listing, notes

app_name = "annotations"

urlpatterns: list[URLPattern] = [
    path("documents/<uuid:public_id>/annotations/", notes.notes, name="notes"),
    path("documents/<uuid:public_id>/annotations/people/", notes.people, name="people"),
    path("documents/<uuid:public_id>/annotations/print/", listing.printed, name="printed"),
    path("documents/<uuid:public_id>/annotations/export/<slug:form>/", exports.take_along, name="take_along"),
    path("documents/<uuid:public_id>/versions/<int:number>/notes/", carrying.carry, name="carry"),
]
