"""JSON that stands as text already: long values are written down once, wherever they go. Pure."""


class Written(str):
    """Text that is put where a value would be written as JSON."""

    __slots__ = ()
