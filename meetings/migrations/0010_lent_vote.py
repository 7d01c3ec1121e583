"""Which substitutes came with a vote; whoever was taken off a meeting is in none of its groups any more."""

from typing import Any

from django.db import migrations, models


def fill_and_clear(apps: Any, schema_editor: Any) -> None:
    """Mark the votes lent today, and empty the groups of people who were taken off."""
    participants = apps.get_model("meetings", "Participant")
    participants.objects.filter(stands_in_for__isnull=False, votes=True, removed_at__isnull=True).update(lent_vote=True)
    in_groups = apps.get_model("meetings", "Group").people.through
    in_groups.objects.filter(participant__removed_at__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_item_since")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="lent_vote",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Came with the vote of whom they stand in for; while that one is here it is there.",
            ),
        ),
        migrations.RunPython(fill_and_clear, migrations.RunPython.noop, elidable=True),
    ]
