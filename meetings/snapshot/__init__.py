"""What a room shows, per view, and what is one person's own; the same serializers make the patches.

A serializer gives `None` for what is not there. A snapshot leaves those keys out, a patch keeps them: in a JSON Merge
Patch (RFC 7396) null removes the key, so both always come to the same state.
"""
