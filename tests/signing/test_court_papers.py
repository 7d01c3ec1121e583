"""Real papers, made by other people's tools: normalised, signed, sealed and verified."""

import subprocess
from pathlib import Path

import pytest

from documents.typeset.typeset import Box, Rendered
from signing import prepare
from signing.verification.check import check
from signing.verification.report import Verdict
from tests.signing.conftest import Road
from tests.signing.desk import Desk, now

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "documents"
BOXES = {
    "leader": Box(1, 360, 90, 490, 150),
    "agency": Box(1, 301, 69, 403, 171),
    "number": Box(1, 90, 780, 124, 796),
    "date": Box(1, 330, 780, 510, 797),
}


@pytest.fixture(params=sorted(path.name for path in FOLDER.glob("*.pdf")) or ["none"])
def court_paper(request: pytest.FixtureRequest) -> bytes:
    if request.param == "none":
        pytest.skip("no real documents on this machine")
    return (FOLDER / request.param).read_bytes()


def test_a_real_paper_goes_the_whole_road(desk: Desk, court_paper: bytes, tmp_path: Path) -> None:
    clean = prepare.normalised(court_paper)
    ready = desk.prepared(Rendered(clean, BOXES))
    sealed = desk.sealed(desk.signed(ready, BOXES), BOXES)
    report = check(sealed, desk.trust, at=now(), expected=["leader", "agency"])
    assert report.verdict is Verdict.VALID, report
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2


def test_a_file_with_actions_or_loose_fonts_is_refused_as_it_is(road: Road) -> None:
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(road.made.pdf)) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        output = BytesIO()
        document.save(output)
    assert prepare.fitness(output.getvalue()) == {prepare.Unfit.SCRIPT}
    assert prepare.fitness(prepare.normalised(output.getvalue())) == frozenset()
    assert prepare.fitness(road.signed) >= {prepare.Unfit.SIGNED, prepare.Unfit.FORM}
    assert prepare.fitness(b"junk") == {prepare.Unfit.UNREADABLE}
