"""Fixtures of the signing tests."""

from dataclasses import dataclass

import pytest

from documents.typeset.typeset import Rendered
from tests.signing.desk import Desk, open_desk, paper


@dataclass(frozen=True)
class Road:
    """One paper at every step of its way."""

    made: Rendered
    prepared: bytes
    signed: bytes
    sealed: bytes


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def road(desk: Desk) -> Road:
    made = paper()
    prepared = desk.prepared(made)
    signed = desk.signed(prepared, made.boxes)
    return Road(made, prepared, signed, desk.sealed(signed, made.boxes))
