import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_lists_and_notes"),
        ("people", "0002_extra_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="vote",
            name="position",
            field=models.PositiveIntegerField(default=0, help_text="Their order under the item."),
        ),
        migrations.AddField(
            model_name="vote",
            name="revision",
            field=models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told."),
        ),
        migrations.CreateModel(
            name="AgencyKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=30)),
                ("base", models.CharField(help_text="The kind of data/kinds.json it derives from.", max_length=30)),
                ("label", models.CharField(blank=True, help_text="Empty: as the base is called.", max_length=120)),
                ("offered", models.BooleanField(default=True, help_text="May new meetings have it?")),
                (
                    "changes",
                    models.JSONField(
                        default=dict, help_text='{"quorum": …, "rules": …, "basis": …}; see meetings/kinds.py.'
                    ),
                ),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meeting_kinds", to="people.agency"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("effective_to__isnull", True)),
                        fields=("agency", "code"),
                        name="one_standing_row_per_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="agency_kind_ends_later",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="kind_row",
            field=models.ForeignKey(
                blank=True,
                help_text="The agency's own dated rules of that kind, where it has any.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.agencykind",
            ),
        ),
    ]
