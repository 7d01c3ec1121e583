"""Registers the package with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
