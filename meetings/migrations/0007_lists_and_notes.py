"""Titles folded for the lists, indexes by time, notes that can be taken back, the private feed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import search.fields
from search.fold import fold


def fold_texts(apps, schema_editor):
    """Fill the folded columns of rows that were there before."""
    for model, source in (("Meeting", "title"), ("NotebookEntry", "text")):
        rows = apps.get_model("meetings", model).objects
        for pk, text in rows.values_list("pk", source).iterator():
            rows.filter(pk=pk).update(**{f"{source}_folded": fold(text)})


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_conclusion_order_and_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "meeting", "title_folded", search.fields.FoldedField(default="", editable=False, source="title")
        ),
        migrations.AddField(
            "notebookentry", "text_folded", search.fields.FoldedField(default="", editable=False, source="text")
        ),
        migrations.AddField(
            "notebookentry",
            "deleted_at",
            models.DateTimeField(help_text="Can be taken back for a day, then the row goes.", null=True),
        ),
        migrations.AddIndex("meeting", models.Index(fields=["starts_at", "ends_at"], name="meetings_by_time")),
        migrations.AddIndex("meeting", models.Index(fields=["agency", "starts_at"], name="meetings_of_an_agency")),
        migrations.AddConstraint(
            "opinion", models.UniqueConstraint(fields=("item", "user"), name="opinion_once_per_item_and_person")
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("busy_only", models.BooleanField(default=False, help_text="Tells when, not what.")),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)), fields=("user",), name="one_feed_per_person"
                    )
                ],
            },
        ),
        migrations.RunPython(fold_texts, migrations.RunPython.noop),
    ]
