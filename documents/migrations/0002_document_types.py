"""The document types of Decree 30/2020/NĐ-CP."""

from django.db import migrations

from documents.types import load_types


def load(apps, schema_editor):
    load_types(apps.get_model("documents", "DocumentType").objects)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
