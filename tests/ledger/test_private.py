"""The door without a record is for what concerns its author alone: these functions and no others use it."""

import ast

from tests.source import functions

MAY_LEAVE_NO_TRACE = {
    "annotations.actions.sweeping.sweep",
    "annotations.actions.annotating.apply_operations",
    "annotations.actions.carrying.carry_over",
    "documents.actions.openings.log",
    "documents.actions.openings.log_from_device",
    "documents.actions.openings.note",
    "documents.shelving.opened",
    "meetings.actions.notebook.delete",
    "meetings.actions.notebook.restore",
    "meetings.actions.notebook.save",
    "meetings.actions.opinions.save",
    "meetings.actions.remarks.discard",
    "screens.actions.pairing.seen",
    "screens.actions.pairing.show_code",
}


def calls_private(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Call) and ast.unparse(part.func).split(".")[-1] == "private" for part in ast.walk(node)
    )


def test_only_private_texts_and_readings_leave_no_trace():
    using = {
        f"{found.source.name.removesuffix('.py').replace('/', '.')}.{found.node.name}"
        for found in functions()
        if calls_private(found.node)
    }
    assert using == MAY_LEAVE_NO_TRACE
