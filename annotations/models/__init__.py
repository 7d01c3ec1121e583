"""Annotations, who they are shared with, and replies."""

from annotations.models.annotation import Annotation, AnnotationAudience, Reply

__all__ = ["Annotation", "AnnotationAudience", "Reply"]
