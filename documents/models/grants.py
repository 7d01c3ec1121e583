"""Explicit grants beside posts and participation: the direct foreign-key tables of django-guardian."""

from django.db import models
from guardian.models import UserObjectPermissionBase

from documents.models.document import Document
from documents.models.register import Book


class DocumentUserObjectPermission(UserObjectPermissionBase):
    """A document shared with a person (`read_document`)."""

    content_object = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="grants")


class BookUserObjectPermission(UserObjectPermissionBase):
    """A register entrusted to a person (`keep_book`)."""

    content_object = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="grants")
