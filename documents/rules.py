"""Who may do what with documents: questions, answered yes or with a reason."""

from collections.abc import Iterable
from datetime import date

from documents.models import Book, Document, IncomingDocument, OutgoingDocument, Version
from documents.rights import CATALOGUES, KEEP
from documents.signatures import AGENCY, PERSON, kinds
from documents.workflow import CLERK, DRAFTER, INCOMING, OUTGOING, SIGNER
from ledger.verdict import YES, Verdict, first_no, no
from people.models import Agency, Post, User
from people.queries import has_right, holds, posts_of

ANY_ROLE = tuple(Post.Role.values)
MIN_REASON = 10
SEAL = "seal"


def keeps_or_leads(user: User, agency_id: int) -> bool:
    """Does the person keep the agency's documents, or lead it?"""
    return has_right(user, agency_id, KEEP) or holds(user, agency_id, Post.Role.LEADER)


def may_take_in(user: User, agency_id: int) -> Verdict:
    """May the person put a file into the agency's documents? Whoever works there; jobs as the system."""
    return _yes_if(user.is_system or holds(user, agency_id, *ANY_ROLE))


def may_change_document(user: User, document: Document) -> Verdict:
    """May the person add versions and say who reads it? The one who made it, or a clerk or leader of its agency.

    A personal file is its owner's alone.
    """
    if document.owner_id is not None:
        return _yes_if(user.is_system or document.owner_id == user.pk)
    own = document.created_by_id == user.pk and holds(user, document.agency_id, *ANY_ROLE)
    return _yes_if(user.is_system or own or keeps_or_leads(user, document.agency_id))


def may_protect(user: User, document: Document) -> Verdict:
    """May the person say what readers get of the document? Who keeps it; a personal file is its owner's."""
    return may_change_document(user, document)


def shows_less(one: Document, other: Document) -> bool:
    """Do readers get less of the one than of the other?"""
    order = Document.Protection.values
    return order.index(one.protection) > order.index(other.protection)


def may_take_bytes(document: Document) -> Verdict:
    """May readers have the file or its text? Nobody has them of a document shown as pictures alone."""
    return no("pictures_only") if document.protection == Document.Protection.PICTURES else YES


def may_see_openings(user: User, document: Document) -> Verdict:
    """May the person see who opened the document and when? Who keeps it, and never of a personal file."""
    return first_no(is_of_agency(document), may_change_document(user, document))


def is_of_agency(document: Document) -> Verdict:
    """Is it a document of the agency, which roles and meetings read, and no personal file?"""
    return YES if document.owner_id is None else no("personal_file")


def may_purge(user: User, documents: Iterable[Document]) -> Verdict:
    """May the person destroy the bytes? An administrator of every agency that holds them."""
    return _yes_if(all(holds(user, document.agency_id, Post.Role.ADMIN) for document in documents))


def may_keep_catalogues(user: User, agency_id: int) -> Verdict:
    """May the person keep the agency's catalogues of documents?"""
    return _yes_if(user.is_system or has_right(user, agency_id, CATALOGUES))


def may_share(user: User, document: Document) -> Verdict:
    """May the person share the document with others? A clerk or leader of the agency that owns it, or whose it is."""
    if document.owner_id is not None:
        return YES if document.owner_id == user.pk and document.trashed_at is None else no("not_owner")
    return YES if keeps_or_leads(user, document.agency_id) else no("not_sharer")


def may_entrust(user: User, book: Book) -> Verdict:
    """May the person entrust the register to others? A clerk or leader of its agency."""
    return YES if keeps_or_leads(user, book.agency_id) else no("not_entruster")


def may_be_granted(user: User, by: User) -> Verdict:
    """Can this person be given a grant? Somebody else, who holds a post today."""
    if user.pk == by.pk:
        return no("grant_to_self")
    return YES if posts_of(user) else no("grantee_without_post")


def may_draft(user: User, agency: Agency) -> Verdict:
    """May the person draft an outgoing document of this agency?"""
    dissolved = agency.dissolved_on is not None
    return no("agency_dissolved") if dissolved else _yes_if(holds(user, agency.pk, *ANY_ROLE))


def may_sign_for(post: Post, agency: Agency, day: date) -> Verdict:
    """Can this post sign documents of the agency on that day? A leader's, in the agency, held then (Art. 13)."""
    held = post.valid_from <= day and (post.valid_to is None or day < post.valid_to)
    fits = post.agency_id == agency.pk and post.role == Post.Role.LEADER and held
    return YES if fits else no("signer_not_leader")


def may(user: User, outgoing: OutgoingDocument, verb: str) -> Verdict:
    """May the person do this verb of the workflow to the outgoing document now?"""
    move = OUTGOING.move(outgoing.state, verb)
    if move is None:
        known = [other.who for other in OUTGOING.moves if other.verb == verb]
        return first_no(_first_yes(plays(user, outgoing, who) for who in known), OUTGOING.verdict(outgoing.state, verb))
    seals = verb != SEAL or holds(user, outgoing.agency_id, Post.Role.CLERK)
    return plays(user, outgoing, move.who) if seals else no("not_yours")  # the seal goes with the post, not the right


def plays(user: User, outgoing: OutgoingDocument, who: str) -> Verdict:
    """Does the person have this part in the outgoing document?"""
    clerk = has_right(user, outgoing.agency_id, KEEP)
    if who == DRAFTER:
        return _yes_if(clerk or (outgoing.created_by_id == user.pk and holds(user, outgoing.agency_id, *ANY_ROLE)))
    if who == SIGNER:
        return _yes_if(any(post.pk == outgoing.signer_post_id for post in posts_of(user)))
    return _yes_if(who == CLERK and clerk)


def may_receive(user: User, incoming: IncomingDocument, verb: str) -> Verdict:
    """May the person do this verb of the workflow to the incoming document now?"""
    clerk = _yes_if(has_right(user, incoming.agency_id, KEEP))
    return first_no(clerk, INCOMING.verdict(incoming.state, verb))


def explained(reason: str) -> Verdict:
    """Is the reason long enough to help whoever has to act on it?"""
    return YES if len(reason.strip()) >= MIN_REASON else no("reason_too_short", least=MIN_REASON)


def issuable(version: Version | None) -> Verdict:
    """Does the version carry the valid signatures of the person and of the agency (Art. 5)?"""
    if version is None:
        return no("signatures_missing")
    good = kinds(version.signatures.values_list("kind", "verdict"))
    return YES if good >= {PERSON, AGENCY} else no("signatures_missing")


def _yes_if(held: bool) -> Verdict:
    return YES if held else no("not_yours")


def _first_yes(verdicts: Iterable[Verdict]) -> Verdict:
    return next((verdict for verdict in verdicts if verdict), no("not_yours"))
