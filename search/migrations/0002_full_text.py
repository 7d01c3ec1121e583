"""Held the full-text table of earlier versions; 0004 makes today's."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing any more."""

    dependencies = [("search", "0001_initial")]
    operations = []
