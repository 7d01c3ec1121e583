"""Who may do what to agencies, people, posts, authorisations and tokens."""

import re
from collections.abc import Iterable
from datetime import date

from ledger.verdict import YES, Verdict, first_no, no
from people.models import Agency, ApiToken, Delegation, PeopleImport, Position, Post, User
from people.queries import (
    administered_ids,
    administrator_posts,
    current_posts,
    deciding_agencies,
    holds,
    ids_above,
    ids_below,
    posts_of,
    today,
)
from people.reach import unreached
from people.rights import known_right

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")


def administers(by: User, agency_id: int) -> Verdict:
    """Is the agency, or one above it, administered by this person (or by the system's own console)?"""
    return YES if by.is_system or agency_id in administered_ids(by) else no("not_administrator")


def administers_above(by: User, agency_id: int) -> Verdict:
    """Is an agency strictly above administered by this person?"""
    above = ids_above(agency_id)[1:]
    return YES if by.is_system or administered_ids(by).intersection(above) else no("not_administrator")


def is_living(agency: Agency) -> Verdict:
    """Is the agency still working?"""
    return YES if agency.dissolved_on is None else no("agency_dissolved")


def may_found(by: User, parent: Agency | None) -> Verdict:
    """May the person found an agency under `parent`, or (the system alone) the top of the tree?"""
    if parent is None:
        return YES if by.is_system else no("not_administrator")
    return first_no(administers(by, parent.pk), is_living(parent))


def may_change_agency(by: User, agency: Agency) -> Verdict:
    """May the person change the agency's name and what its documents print?"""
    return first_no(administers(by, agency.pk), is_living(agency))


def may_place(by: User, agency: Agency, parent: Agency) -> Verdict:
    """May the person move the agency, with all under it, under `parent`?"""
    allowed = first_no(
        administers_above(by, agency.pk), administers(by, parent.pk), is_living(agency), is_living(parent)
    )
    if allowed and parent.pk in ids_below([agency.pk]):
        return no("agency_under_itself")
    return allowed


def may_dissolve(by: User, agency: Agency, successor: Agency | None) -> Verdict:
    """May the person dissolve the agency in favour of the successor?"""
    allowed = first_no(administers_above(by, agency.pk), is_living(agency))
    if allowed and successor is not None:
        allowed = administers(by, successor.pk)
        if allowed and (successor.pk == agency.pk or successor.dissolved_on or successor.pk in ids_below([agency.pk])):
            return no("successor_unfit")
    return allowed


def may_export_sign_ins(by: User) -> Verdict:
    """May `by` take a copy of the sign-in log? Administrators, of the lines they see."""
    return YES if administered_ids(by) else no("not_administrator")


def is_system(by: User) -> Verdict:
    """Is it the system itself, which jobs act as?"""
    return YES if by.is_system else no("not_administrator")


def may_archive(by: User) -> Verdict:
    """May `by` let lines of the log go? The system alone, once they stand in an archive."""
    return YES if by.is_system else no("sign_in_kept")


def may_take_over(by: User, intake: PeopleImport) -> Verdict:
    """May `by` decide on the workbook? Whoever had it read, as long as it waits."""
    if intake.state != PeopleImport.State.READ:
        return no("import_decided")
    return first_no(YES if intake.made_by_id == by.pk else no("not_yours"), administers(by, intake.agency_id))


def may_change_position(by: User, position: Position) -> Verdict:
    """May the person correct or remove the title? An administrator of the agency it was entered for."""
    if position.retired_on is not None:
        return no("position_retired")
    return administers(by, position.agency_id)


def is_unchanged(row: "User | Agency | Position", revision: int) -> Verdict:
    """Is the row still as it was when the person read it?"""
    return YES if row.revision == revision else no("changed_meanwhile")


def is_fit_username(username: str) -> Verdict:
    """Is this a sign-in name that is typed the same way on every keyboard?"""
    return YES if USERNAME.fullmatch(username) else no("username_unfit")


def may_add_user(by: User, agency: Agency) -> Verdict:
    """May the person open an account with a post in the agency?"""
    return may_change_agency(by, agency)


def may_manage(by: User, person: User) -> Verdict:
    """May `by` change the account, reset its password, close it or open it again?

    Only with every agency that decides on it (`people.reach.deciding`) under `by`: those of all present and future
    posts and, for an account in use, of the posts of the last twelve months; without any, of the posts held last.
    Anybody else asks an administrator above all of them. Appointing somebody therefore opens no account.
    """
    if by.is_system:
        return YES
    if person.is_system:
        return no("not_administrator")
    reason = unreached(deciding_agencies([person])[person.pk], administered_ids(by))
    return no(reason) if reason else YES


def may_deactivate(by: User, person: User) -> Verdict:
    """May `by` close the account? Never one's own, never the last administrator's."""
    if by.pk == person.pk:
        return no("not_yourself")
    if not person.is_active:
        return no("person_inactive")
    left = (keeps_administrator(post, today()) for post in administrator_posts(person))
    return first_no(may_manage(by, person), *left)


def may_reactivate(by: User, person: User) -> Verdict:
    """May `by` open the closed account again?"""
    if person.is_active:
        return no("person_active")
    return may_manage(by, person)


def may_reset_password(by: User, person: User) -> Verdict:
    """May `by` make a slip with a new password?"""
    if by.pk == person.pk:
        return no("not_yourself")
    return may_manage(by, person) if person.is_active else no("person_inactive")


def may_unlock(by: User, person: User) -> Verdict:
    """May `by` lift the lock after wrong passwords? Clerks of the person's agencies may, besides administrators."""
    if any(holds(by, post.agency_id, Post.Role.CLERK) for post in current_posts(person)):
        return YES
    return may_manage(by, person)


def may_give_post(by: User, person: User, agency: Agency) -> Verdict:
    """May `by` appoint the person in the agency?"""
    allowed = first_no(administers(by, agency.pk), is_living(agency))
    return allowed if not allowed or person.is_active else no("person_inactive")


def may_end_post(by: User, post: Post, day: date) -> Verdict:
    """May `by` end the post on that day?"""
    if post.valid_to is not None and post.valid_to <= today():
        return no("post_ended")
    if day <= post.valid_from:
        return no("post_ends_before_start")
    allowed = administers(by, post.agency_id)
    return first_no(allowed, keeps_administrator(post, day)) if post.role == Post.Role.ADMIN else allowed


def may_change_post(by: User, post: Post) -> Verdict:
    """May `by` change the extra rights or the title of the post? An administrator of its agency, while it lasts."""
    ended = post.valid_to is not None and post.valid_to <= today()
    return first_no(administers(by, post.agency_id), no("post_ended") if ended else YES)


def may_give_right(by: User, post: Post, code: str) -> Verdict:
    """May `by` give the post this right? One that a package has registered and that the role does not bring anyway."""
    right = known_right(code)
    if right is None:
        return no("right_unknown")
    by_role = no("right_by_role") if post.role in right.roles else YES
    living = first_no(is_living(post.agency), YES if post.user.is_active else no("person_inactive"))
    return first_no(may_change_post(by, post), living, by_role)


def keeps_administrator(post: Post, day: date) -> Verdict:
    """Do other administrators over the post's agency cover all the days that end with this post on `day`?"""
    others = Post.objects.filter(
        role=Post.Role.ADMIN, agency_id__in=ids_above(post.agency_id), user__is_active=True
    ).exclude(user_id=post.user_id)
    spans = others.values_list("valid_from", "valid_to")
    first = max(day, post.valid_from, today())
    return YES if are_covered(first, post.valid_to, spans) else no("last_administrator")


def are_covered(first: date, end: date | None, spans: Iterable[tuple[date, date | None]]) -> bool:
    """Does one span or another hold on every day from `first` until before `end` (None: for ever)?"""
    for begun, over in sorted(spans, key=lambda span: span[0]):
        if begun > first or (end is not None and end <= first):
            break
        if over is None:
            return True
        first = max(first, over)
    return end is not None and end <= first


def may_delegate(by: User, post: Post, to: User, first: date, end: date) -> Verdict:
    """May `by` authorise `to` to act in the post (NĐ 30/2020 Art. 13: in writing, limited, inside the organisation)?"""
    if by.pk != post.user_id and not administers(by, post.agency_id):
        return no("delegation_not_holder")
    if to.pk == post.user_id:
        return no("delegation_to_self")
    if not (today() <= first < end) or (post.valid_to is not None and post.valid_to < end):
        return no("delegation_dates")
    inside = ids_below([post.agency_id])
    return YES if any(held.agency_id in inside for held in posts_of(to)) else no("delegation_outside")


def may_withdraw(by: User, delegation: Delegation) -> Verdict:
    """May `by` withdraw the authorisation?"""
    if delegation.withdrawn_at is not None:
        return no("delegation_withdrawn")
    allowed = by.pk == delegation.post.user_id or administers(by, delegation.post.agency_id)
    return YES if allowed else no("delegation_not_holder")


def may_issue_token(by: User, user: User) -> Verdict:
    """May `by` get a bearer token for `user`? Only for oneself."""
    if by.pk != user.pk or user.is_system:
        return no("not_yours")
    if not user.is_active:
        return no("person_inactive")
    return YES if user.slip_valid_until is None else no("password_first")


def may_revoke_token(by: User, token: ApiToken) -> Verdict:
    """May `by` revoke the token?"""
    return YES if by.pk == token.user_id or may_manage(by, token.user) else no("token_not_yours")
