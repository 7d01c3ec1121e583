import uuid

import django.db.models.deletion
from django.db import migrations, models


def free_shared_seats(apps, schema_editor):
    """Leave a seat two people had to the one who was there first."""
    taken = set()
    participants = apps.get_model("meetings", "Participant").objects.filter(removed_at__isnull=True).exclude(seat="")
    for place in participants.order_by("pk"):
        if (place.meeting_id, place.seat) in taken:
            place.seat = ""
            place.save(update_fields=["seat"])
        taken.add((place.meeting_id, place.seat))


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_duties_and_papers"),
        ("rooms", "0002_plans_and_bookings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(help_text="Of the plan it was copied from.", max_length=120)),
                ("layout", models.JSONField(default=dict)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seating", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.RunPython(free_shared_seats, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("seat", ""), _negated=True), ("removed_at__isnull", True)),
                fields=("meeting", "seat"),
                name="seat_taken_once",
            ),
        ),
    ]
