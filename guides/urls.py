"""The addresses of guides and feedback."""

from django.urls import path, re_path

from guides.views import feedback, reading, writing

app_name = "guides"
UUID = r"(?P<public_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

urlpatterns = [
    path("guides/", reading.index, name="index"),
    path("guides/manage/", writing.managed, name="managed"),
    path("guides/new/", writing.write, name="write"),
    path("guides/<uuid:public_id>/", reading.guide, name="guide"),
    path("guides/<uuid:public_id>/edit/", writing.edit, name="edit"),
    re_path(rf"^guides/{UUID}/(?P<verb>publish|withdraw)/$", writing.step, name="step"),
    path("guides/<slug:slug>/", reading.builtin, name="builtin"),
    path("feedback/", feedback.listed, name="feedback"),
    path("feedback/new/", feedback.say, name="say"),
    path("feedback/export.csv", feedback.export, name="feedback_export"),
    path("feedback/<uuid:public_id>/", feedback.one, name="feedback_one"),
    re_path(rf"^feedback/{UUID}/(?P<verb>answer|close|reopen)/$", feedback.step, name="feedback_step"),
]
