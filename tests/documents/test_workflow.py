"""The state tables themselves, and the diagrams drawn from them."""

from pathlib import Path

import pytest

from documents.labels import DONE, INCOMING_STATES, OUTGOING_STATES
from documents.workflow import INCOMING, OUTGOING

PAGE = Path(__file__).resolve().parents[2] / "docs" / "document-states.md"


@pytest.mark.parametrize("workflow", [OUTGOING, INCOMING])
def test_the_diagram_in_the_docs_is_the_table(workflow):
    assert workflow.mermaid() in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("workflow", "labels"), [(OUTGOING, OUTGOING_STATES), (INCOMING, INCOMING_STATES)])
def test_every_state_and_verb_has_words(workflow, labels):
    assert set(workflow.states()) == set(labels)
    assert {move.verb for move in workflow.moves if move.source != move.target} <= set(DONE)


def test_every_state_but_the_last_ones_can_be_left():
    stuck = {state for state in OUTGOING.states() if not OUTGOING.verbs(state)}
    assert stuck == {"issued", "cancelled"}
