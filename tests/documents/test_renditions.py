"""Pictures of pages: every page, both widths, early pages first, in time."""

import io
import time
from itertools import islice
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from documents.ingest.confine import WorkerFailed
from documents.ingest.gate import inspected
from documents.renditions import READING, THUMBNAIL, PagePreview, previews
from tests.documents import papers


def draw(content: bytes, folder: Path) -> list[PagePreview]:
    """Draw all pages of a PDF."""
    (folder / "a.pdf").write_bytes(content)
    return sorted(previews(folder / "a.pdf", folder=folder), key=lambda one: one.page)


def test_every_page_in_both_widths(tmp_path: Path) -> None:
    drawn = draw(papers.paper(5), tmp_path)
    assert [one.page for one in drawn] == [1, 2, 3, 4, 5]
    for one in drawn:
        assert [picture.width for picture in one.pictures] == [THUMBNAIL, READING]
        for picture in one.pictures:
            with Image.open(picture.path) as image:
                assert image.format == "WEBP"
                assert image.size == (picture.width, picture.height)
                assert picture.height / picture.width == pytest.approx(297 / 210, abs=0.01)
            assert picture.size == picture.path.stat().st_size


def test_text_is_drawn_dark_on_white(tmp_path: Path) -> None:
    picture = draw(papers.paper(1), tmp_path)[0].pictures[1]
    with Image.open(picture.path) as image:
        assert image.convert("L").getextrema() == (0, 255)


STAMP, ROW = "0.8 0 0 rg 400 100 90 90 re f", "0.9 g 50 500 500 20 re f"


@pytest.mark.parametrize(("drawn", "few", "red", "grey"), [("", 1, 0, 0), (STAMP, 0, 1, 1), (ROW, 0, 0, 1)])
def test_letters_need_four_shades_and_colours_and_surfaces_stay(
    tmp_path: Path, drawn: str, few: int, red: int, grey: int
) -> None:
    with pikepdf.open(io.BytesIO(papers.paper(1))) as pdf:
        pdf.pages[0].contents_add(drawn.encode())
        page = draw(papers.saved(pdf), tmp_path)[0]
    with Image.open(page.pictures[1].path) as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or ()}
    assert (len(colours) <= 4) == few
    assert any(one > three + 100 for one, _, three in colours) == red
    assert any(220 < one == three < 240 for one, _, three in colours) == grey


def test_the_text_comes_with_the_pictures(tmp_path: Path) -> None:
    with inspected([papers.paper(3)], file_name="a.pdf") as inspection:
        assert inspection.rendition is not None
        drawn = draw(inspection.rendition.read_bytes(), tmp_path)
        assert tuple(one.text for one in drawn) == inspection.text_pages
        assert all(inspection.text_pages)
    assert not list(tmp_path.glob("*.txt"))


def test_what_people_wrote_into_a_form_is_drawn(tmp_path: Path) -> None:
    picture = draw(papers.form("Đồng ý"), tmp_path)[0].pictures[1]
    with Image.open(picture.path) as image:
        assert sum(image.convert("L").histogram()[:80]) > 100


def test_photographs_stay_small(tmp_path: Path) -> None:
    noise = Image.effect_noise((1240, 1754), 60)
    target = io.BytesIO()
    noise.save(target, "JPEG")
    with inspected([target.getvalue()], file_name="a.jpg") as inspection:
        assert inspection.rendition is not None
        picture = draw(inspection.rendition.read_bytes(), tmp_path)[0].pictures[1]
    assert picture.size < 2_000_000


def test_turned_and_odd_pages(tmp_path: Path) -> None:
    pdf = papers.blank(1)
    for size in ((842, 595), (10, 14400), (3, 3)):
        pdf.add_blank_page(page_size=size)
    pdf.pages[0].Rotate = 90
    drawn = draw(papers.saved(pdf), tmp_path)
    heights = {one.page: one.pictures[1].height for one in drawn if one.pictures}
    assert heights[1] == pytest.approx(989, abs=2)
    assert heights[2] == pytest.approx(989, abs=2)
    assert heights[3] == 5600
    assert heights[4] == pytest.approx(1400, abs=2)


def test_early_pages_come_early_and_leaving_ends_the_work(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(papers.paper(40))
    drawing = previews(tmp_path / "a.pdf", folder=tmp_path)
    first = [one.page for one in islice(drawing, 4)]
    assert max(first) <= 8
    drawing.close()  # type: ignore[attr-defined]
    drawn = len(list(tmp_path.glob("*.webp")))
    time.sleep(0.5)
    assert len(list(tmp_path.glob("*.webp"))) == drawn < 80


def test_a_file_that_cannot_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed):
        draw(b"%PDF-1.7 no", tmp_path)


@pytest.mark.slow
def test_a_hundred_real_pages_are_drawn(real_documents: list[Path], tmp_path: Path) -> None:
    joined = pikepdf.Pdf.new()
    sources = [pikepdf.open(path) for path in real_documents]
    while len(joined.pages) < 100:
        for source in sources:
            joined.pages.extend(source.pages)
    del joined.pages[100:]
    content = papers.saved(joined)
    with inspected([content], file_name="a.pdf") as inspection:
        assert inspection.rendition is not None
        drawn = list(previews(inspection.rendition, folder=tmp_path))
    assert [one.page for one in sorted(drawn, key=lambda one: one.page)] == list(range(1, 101))
    assert len(drawn) == inspection.pages == 100
