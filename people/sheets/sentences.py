"""What is wrong in a row of a workbook, and what to do about it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.sheets.headings import PEOPLE, POSTS, UNITS
from people.sheets.rows import Fault

FAULTS = {
    "no_headings": _("No sheet has the headings of the template. Download the template and fill it in."),
    "no_rows": _("The sheets hold no rows besides the examples. Fill them in."),
    "column_missing": _("The column “%(column)s” is missing. Add it, or use the template."),
    "sheet_cut": _("The sheet has more than 5,000 rows. Split it into several files."),
    "too_many_rows": _("There are more than 20,000 rows in all. Split the workbook into several files."),
    "formula": _("The cell holds a formula. Put the value itself there."),
    "too_long": _("The text is longer than %(most)s characters. Shorten it."),
    "bad_day": _("“%(text)s” is no day. Write it as dd/mm/yyyy."),
    "bad_username": _(
        "“%(text)s” cannot be a sign-in name. Use 3 to 60 small letters without marks, digits, dots, dashes."
    ),
    "bad_email": _("“%(text)s” is no email address. Correct it or leave the cell empty."),
    "bad_phone": _("“%(text)s” is no phone number. Correct it or leave the cell empty."),
    "bad_role": _("There is no role “%(text)s”. Use Administrator, Clerk, Leader or Official."),
    "bad_code": _("“%(text)s” cannot be a code. Use up to 40 letters, digits, dots, dashes."),
    "code_missing": _("The code of the unit is missing. Enter it."),
    "name_missing": _("The name of the unit is missing. Enter it."),
    "full_name_missing": _("The full name is missing. Enter it."),
    "username_missing": _("The sign-in name is missing. Enter it."),
    "title_missing": _("The title of office is missing. Enter it."),
    "unit_missing": _("The code of the unit is missing. Enter it."),
    "parent_missing": _("A new unit needs the code of the unit it stands under. Enter it."),
    "post_missing": _("No row gives this person a post. Enter the code of the unit and the title."),
    "unit_twice": _("The code “%(text)s” stands in row %(row)s already. Remove one of the two rows."),
    "person_twice": _("The sign-in name “%(text)s” stands in row %(row)s already. Choose another one."),
    "post_twice": _("Row %(row)s gives the same post already. Remove one of the two rows."),
    "unit_unknown": _("There is no unit with the code “%(text)s” among those you administer. Correct the code."),
    "unit_elsewhere": _("The code “%(text)s” belongs to an agency you do not administer. Choose another code."),
    "unit_fixed": _("You may not move the unit “%(text)s”. Ask whoever administers the agency above it."),
    "unit_ring": _("The unit “%(text)s” would stand under itself. Correct the superior unit."),
    "too_deep": _("The unit “%(text)s” would stand more than %(most)s steps deep. Choose a higher superior unit."),
    "role_needed": _(
        "The catalogue gives the title “%(text)s” the role of an administrator. "
        "Write the role into this row if that is meant."
    ),
    "username_taken": _("Somebody of another agency signs in as “%(text)s”. Choose another sign-in name."),
    "person_named_otherwise": _(
        "This sign-in name belongs to %(text)s. For another person choose another sign-in name; to rename the person, "
        "do it on their page."
    ),
    "person_unknown": _("Nobody signs in as “%(text)s”. Correct the name, or add the person to the sheet of people."),
    "person_elsewhere": _(
        "“%(text)s” also has a post in an agency you do not administer, or had one within the last twelve months. "
        "Ask an administrator above both agencies."
    ),
    "person_closed": _("The account “%(text)s” is closed. Open it again first."),
    "ends_before": _("The post would end before it begins. Correct the days."),
    "follows": _("Left out because the row of “%(text)s” is faulty. Correct that one."),
}
KINDS = {
    UNITS: pgettext_lazy("import", "Units"),
    PEOPLE: pgettext_lazy("import", "People"),
    POSTS: pgettext_lazy("import", "Posts"),
}
COLUMN_NAMES = {
    "code": _("Code of the unit"),
    "name": _("Name of the unit"),
    "full_name": _("Full name"),
    "username": _("Sign-in name"),
    "unit": _("Code of the unit"),
    "title": _("Title of office"),
    "role": _("Role"),
    "email": _("Email"),
    "phone": _("Phone"),
    "parent": _("Superior unit"),
    "abbreviation": _("Abbreviation"),
    "place": _("Place name"),
    "superior_name": _("Superior agency"),
    "organ_id": _("Exchange identifier"),
    "from_day": _("From day"),
    "to_day": _("To day"),
}


def fault_text(fault: Fault) -> str:
    """Return what is wrong and what to do, in the active language."""
    values = dict(fault.values)
    if "column" in values:
        values["column"] = str(COLUMN_NAMES[values["column"]])
    return str(FAULTS[fault.code]) % values if values else str(FAULTS[fault.code])
