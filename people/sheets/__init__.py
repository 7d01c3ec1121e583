"""The first-day kit: units, people and posts out of one workbook, looked at before anything is written."""
