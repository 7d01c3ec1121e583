"""Why something about people and agencies is refused, and what to do about it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not_administrator": _("Only an administrator of this agency, or of one above it, can do this."),
    "not_yourself": _("You cannot do this to your own account. Ask another administrator."),
    "agency_dissolved": _("This agency has been dissolved and can only be read. Use its successor."),
    "agency_under_itself": _(
        "An agency cannot stand under itself or under one of its own units. Choose another place."
    ),
    "agency_day_too_early": _("The agency already stands elsewhere on that day. Choose a later day."),
    "agency_code_taken": _("Another agency already uses this code. Choose another code."),
    "successor_unfit": _("The successor must be another agency that is still working. Choose another one."),
    "username_taken": _("Somebody already signs in with this name. Choose another sign-in name."),
    "username_unfit": _("A sign-in name has 3 to 60 small letters without marks, digits, dots, dashes or underscores."),
    "person_elsewhere": _(
        "This person also has a post in an agency you do not administer, or had one within the last twelve months. "
        "Ask an administrator above both agencies."
    ),
    "person_inactive": _("This account is closed. Open it again first."),
    "person_active": _("This account is open already."),
    "post_already_held": _("The person already holds this post on that day."),
    "post_ended": _("This post has ended already."),
    "post_ends_before_start": _("A post cannot end before it has begun. Choose a later day."),
    "position_taken": _("The catalogue already has this title here. Use it, or choose another name."),
    "position_retired": _("This title has been taken out of the catalogue already."),
    "workbook_unreadable": _(
        "This file cannot be read as an Excel workbook (.xlsx). Save it anew as .xlsx, then send it."
    ),
    "workbook_too_large": _("This workbook is too large: at most 10 MB and 5,000 rows a sheet. Split it into several."),
    "import_has_faults": _("%(count)s rows are faulty. Correct them in the file, or choose to leave them out."),
    "import_decided": _("This workbook has been taken over or dropped already. Send it again if you still need it."),
    "sign_in_kept": _(
        "Lines of the sign-in log cannot be deleted: they are evidence of who was in the system. "
        "Those past their time are archived by the server itself."
    ),
    "archive_overtaken": _("These lines have been archived by somebody else meanwhile."),
    "right_unknown": _("This right does not exist any more. Reload the page."),
    "right_by_role": _("The role of this post brings this right already. There is nothing to give."),
    "last_administrator": _("This is the last administrator over the agency. Appoint another one first."),
    "delegation_not_holder": _("Only the holder of the post, or an administrator, can authorise somebody."),
    "delegation_to_self": _("Authorise somebody else, not the holder of the post."),
    "delegation_outside": _("Only somebody with a post in this agency, or in a unit under it, can be authorised."),
    "delegation_dates": _("An authorisation needs a first day from today on and a later end. Correct the days."),
    "delegation_withdrawn": _("This authorisation has been withdrawn already."),
    "token_not_yours": _("Only the holder of a token, or an administrator, can revoke it."),
    "password_first": _("Sign in on a page first and replace the password from the slip."),
    "slip_expired": _("The password on the slip is no longer valid. Ask your administrator for a new slip."),
    "entrance_over": _("Your session or token has expired. Sign in again."),
    "wrong_password": _("The sign-in name or the password is wrong. Check both and try again."),
    "otp_required": _("This account has two-step sign-in. Send the code of the authenticator app as well."),
    "otp_wrong": _("The code is wrong or has been used. Wait for the next code and try again."),
    "passkey_only": _("This account is protected by a passkey. Sign in on a page and make a token there."),
    "account_closed": _("This account is closed. Ask your administrator if you still need it."),
    "identity_unknown": _(
        "%(provider)s knows you as %(name)s, but no account here has this sign-in name. "
        "Ask the administrator of your agency."
    ),
    "identity_nameless": _(
        "%(provider)s does not tell your sign-in name. Ask whoever runs this server to check its settings."
    ),
    "identity_other": _(
        "This account is tied to another identity of %(provider)s. Ask the administrator of your agency to untie it."
    ),
    "identity_unfinished": _(
        "The sign-in with %(provider)s was not completed, or took too long. Start again from the sign-in page."
    ),
    "identity_cancelled": _("The sign-in with %(provider)s was cancelled. Try again, or use your password."),
    "identity_silent": _(
        "%(provider)s does not answer as it should. Try again in a few minutes, or use your password."
    ),
    "already_set_up": _("This installation already has an administrator. Sign in instead."),
}
