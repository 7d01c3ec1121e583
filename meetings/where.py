"""Where a meeting is held, in words, said once. Pure."""


def where(room: str, place: str) -> str:
    """Return room and place; only the longer one where it holds the words of the other."""
    room, place = " ".join(room.split()), " ".join(place.split())
    if _holds(place, room):
        return place
    return room if _holds(room, place) else f"{room}, {place}"


def _holds(text: str, part: str) -> bool:
    """Do the words of `part` stand in `text`, as whole words in a row?"""
    words = [word.strip(",.;") for word in text.casefold().split()]
    wanted = [word.strip(",.;") for word in part.casefold().split()]
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))
