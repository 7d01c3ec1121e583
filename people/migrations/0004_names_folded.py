"""Names folded beside themselves, so that lists find Nguyễn when nguyen is typed."""

from django.db import migrations, models

import search.fields
from search.fold import fold

COLUMNS = (("Agency", "name", "name_folded"), ("Post", "title", "title_folded"), ("User", "full_name", "name_folded"))


def fold_names(apps, schema_editor):
    """Fill the folded columns of rows that were there before."""
    for model, source, column in COLUMNS:
        rows = models.QuerySet(apps.get_model("people", model))
        for pk, text in rows.values_list("pk", source).iterator():
            rows.filter(pk=pk).update(**{column: fold(text)})


class Migration(migrations.Migration):
    dependencies = [("people", "0003_administration")]

    operations = [
        *[
            migrations.AddField(
                model.lower(), column, search.fields.FoldedField(default="", editable=False, source=source)
            )
            for model, source, column in COLUMNS
        ],
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
