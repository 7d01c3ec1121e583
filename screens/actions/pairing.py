"""A screen from the code on the wall to its end: shown a code, paired, renamed, unpaired."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext

from ledger.door import action, nothing_changed, private
from ledger.verdict import YES, Refused, first_no, no
from live.control import rights_changed
from meetings.models import Meeting, Site
from meetings.records import locked, note
from people.models import User
from screens.models import Screen, WrongCodes
from screens.queries import waiting_screen
from screens.rules import CODE_FOR, COUNTED_FOR, has_room, may_pair, may_try, may_unpair, may_wait, neighbourhood
from screens.secrets import code_digest, digest, new_code, new_token
from search.fold import composed

TRIES = 20
MAX_LABEL = 60
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """What a waiting screen is given: its code, and its cookie if that is new."""

    screen: Screen
    code: str
    token: str = ""


@dataclass(frozen=True)
class Hanging:
    """Where a screen hangs and how it looks."""

    label: str = ""
    site: Site | None = None
    theme: str = Screen.Theme.DARK


@action
def show_code(token: str, *, address: str | None, by: User, at: datetime) -> Shown:
    """Give a waiting browser a new code; it concerns nobody until somebody types it, so it leaves no trace."""
    private()
    Screen.objects.filter(meeting__isnull=True, created_at__lt=at - FORGOTTEN_AFTER, code_until__lt=at).delete()
    mine = Screen.objects.select_for_update(no_key=True).filter(meeting__isnull=True, ended_at__isnull=True)
    screen = mine.filter(token_hash=digest(token)).first() if token else None
    if screen is not None:
        return Shown(screen, _coded(screen, at))
    address = neighbourhood(address)
    may_wait(address, at).require()
    token = new_token()
    screen = Screen(token_hash=digest(token), address=address, created_at=at)
    return Shown(screen, _coded(screen, at), token)


def _coded(screen: Screen, at: datetime) -> str:
    """Store the screen with a code that no other screen shows; return the code."""
    for _ in range(TRIES):
        code = new_code()
        screen.code_hash, screen.code_until, screen.seen_at = code_digest(code), at + CODE_FOR, at
        try:
            with transaction.atomic():
                screen.save()
        except IntegrityError:
            continue
        return code
    raise Refused("screens_waiting")


@action
def pair(meeting: Meeting, *, code: str, hanging: Hanging, by: User, at: datetime) -> Screen | None:
    """Pair the screen that shows this code with the meeting; None for a wrong code, which is counted."""
    meeting = locked(meeting)
    tries = _tries(by, at)
    first_no(may_pair(by, meeting), may_try(tries, at), has_room(meeting)).require()
    screen = waiting_screen(code, at).select_for_update(no_key=True).first()
    if screen is None:
        tries.count += 1
        tries.save()
        note(meeting, "wrong_screen_code", by=by, at=at, data={"count": tries.count})
        return None
    screen.meeting, screen.paired_by, screen.paired_at = meeting, by, at
    screen.code_hash, screen.code_until, screen.address = "", None, None
    _hang(screen, hanging)
    WrongCodes.objects.filter(pk=tries.pk).delete()
    note(meeting, "pair_screen", by=by, at=at, about=screen, data=_named(screen))
    _tell(screen, by=by, at=at)
    return screen


def _tries(by: User, at: datetime) -> WrongCodes:
    """Return the person's wrong codes of the last quarter of an hour, their row held."""
    WrongCodes.objects.get_or_create(user=by, defaults={"since": at})
    tries = WrongCodes.objects.select_for_update(no_key=True).get(user=by)
    if at >= tries.since + COUNTED_FOR:
        tries.count, tries.since = 0, at
    return tries


def _hang(screen: Screen, hanging: Hanging) -> None:
    """Store the screen under its name; of two with one name the second is refused."""
    screen.label = composed(hanging.label).strip()[:MAX_LABEL] or _free_label(screen)
    screen.site, screen.theme = hanging.site, hanging.theme
    try:
        with transaction.atomic():
            screen.save()
    except IntegrityError:
        raise Refused("screen_label_taken") from None


def _free_label(screen: Screen) -> str:
    """Return a name for a screen that was given none."""
    taken = set(Screen.objects.filter(meeting=screen.meeting, ended_at__isnull=True).values_list("label", flat=True))
    with translation.override("vi"):
        names = (gettext("Screen %(number)s") % {"number": number} for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)


def _named(screen: Screen) -> dict[str, str]:
    """Return what the record keeps of a screen."""
    return {"label": screen.label, "site": screen.site.name if screen.site else "", "theme": screen.theme}


def _tell(screen: Screen, *, by: User, at: datetime) -> None:
    """Have the screen's own socket look at its right again, in whichever process it is."""
    rights_changed(user_id=-screen.pk, stream=None, by=by, at=at)


def _held(screen: Screen) -> Screen:
    """Return the screen as it is now, its meeting and its row held; one that was taken off is gone."""
    if screen.meeting is not None:
        locked(screen.meeting)
    found = Screen.objects.select_for_update(of=("self",), no_key=True).select_related("meeting__agency", "site")
    held = found.filter(pk=screen.pk, ended_at__isnull=True, meeting__isnull=False).first()
    if held is None:
        raise Refused("screen_gone")
    return held


@action
def change(screen: Screen, *, hanging: Hanging, revision: int, by: User, at: datetime) -> Screen:
    """Say where the screen hangs now, and how it looks."""
    screen = _held(screen)
    assert screen.meeting is not None
    first_no(
        may_unpair(by, screen.meeting),
        YES if screen.revision == revision else no("changed_meanwhile"),
        YES if composed(hanging.label).strip() else no("screen_label_missing"),
    ).require()
    before = _named(screen)
    screen.revision += 1
    _hang(screen, hanging)
    if before == _named(screen):
        nothing_changed()
        return screen
    note(screen.meeting, "change_screen", by=by, at=at, about=screen, data={"before": before, **_named(screen)})
    _tell(screen, by=by, at=at)
    return screen


@action
def unpair(screen: Screen, *, by: User, at: datetime) -> Screen:
    """Take the screen off the meeting: it shows nothing of it any more, at once."""
    screen = _held(screen)
    assert screen.meeting is not None
    may_unpair(by, screen.meeting).require()
    _end(screen, by=by, at=at)
    note(screen.meeting, "unpair_screen", by=by, at=at, about=screen, data=_named(screen))
    return screen


@action
def unpair_over(screen: Screen, *, by: User, at: datetime) -> Screen:
    """Take a screen off a meeting that is over; done by itself."""
    screen = _held(screen)
    assert screen.meeting is not None
    if not by.is_system:
        raise Refused("not_yours")
    _end(screen, by=by, at=at)
    note(screen.meeting, "unpair_screen", by=by, at=at, about=screen, data=_named(screen))
    return screen


def _end(screen: Screen, *, by: User, at: datetime) -> None:
    screen.ended_at, screen.token_hash = at, ""
    screen.save(update_fields=["ended_at", "token_hash"])
    _tell(screen, by=by, at=at)


@action
def seen(screen: Screen, *, by: User, at: datetime) -> None:
    """Keep when the screen last followed its meeting; it is shown to who keeps the meeting and stands in no record."""
    private()
    Screen.objects.filter(pk=screen.pk).update(seen_at=at)
