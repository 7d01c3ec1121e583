import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_seating"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(default="waiting", help_text="waiting, working, ready, failed.", max_length=10),
                ),
                ("done", models.PositiveIntegerField(default=0, help_text="Files packed so far.")),
                ("total", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to="meetings.meeting"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["-asked_at", "-id"]},
        ),
        migrations.AddConstraint(
            model_name="recordexport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "working"))),
                fields=("meeting", "user"),
                name="one_running_export_per_person",
            ),
        ),
        migrations.AlterModelOptions(name="conclusion", options={"ordering": ["position", "created_at", "id"]}),
        migrations.AddField(
            model_name="conclusion",
            name="position",
            field=models.PositiveIntegerField(default=0, help_text="Their order in notice and minutes."),
        ),
        # Minutes as text came with the migration before the last and nothing has written any yet.
        migrations.AddField(
            model_name="minutes",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
