"""Odd and broken PDFs, made from good ones by seeded mutation: what scanners, old programs and ill will produce."""

import io
import random
import re
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.documents import papers

Mutation = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing, as after a broken transfer."""
    return data[: chance.randrange(1, len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Single bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def spliced(data: bytes, chance: random.Random) -> bytes:
    """A piece stands twice, or somewhere else."""
    one, two = sorted(chance.sample(range(len(data)), 2))
    at = chance.randrange(len(data))
    return data[:at] + data[one : min(two, one + 4000)] + data[at:]


def misnumbered(data: bytes, chance: random.Random) -> bytes:
    """Numbers lie: lengths, offsets, counts, references."""

    def lie(found: re.Match[bytes]) -> bytes:
        return found[0] if chance.random() > 0.03 else str(chance.choice([0, -1, 2**31, 10**20, 7])).encode()

    return re.sub(rb"\d+", lie, data)


def renamed(data: bytes, chance: random.Random) -> bytes:
    """One kind of name is another."""
    names = sorted(set(re.findall(rb"/[A-Z][A-Za-z]{2,12}", data)))
    return data.replace(chance.choice(names), chance.choice(names), chance.randrange(1, 5)) if names else data


def rubbish(data: bytes, chance: random.Random) -> bytes:
    """Something else stands before and behind it."""
    return chance.randbytes(chance.randrange(1, 900)) + data + chance.randbytes(chance.randrange(1, 900))


def looped(data: bytes, chance: random.Random) -> bytes:
    """The tree of pages comes back to itself."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj["/Parent"] = pdf.pages[0].obj
        if chance.random() < 0.5:
            pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        return papers.saved(pdf)


def sized(data: bytes, chance: random.Random) -> bytes:
    """Pages of no size, of the size of a country, turned by odd angles, cut outside of themselves."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        edges = [0, 0, chance.choice([0, 0.001, 14400, 10**9, -595]), chance.choice([0, 842, 10**9, -1])]
        page.MediaBox = Array(edges)
        page.Rotate = chance.choice([0, 45, 90, -90, 36000, 7])
        page.UserUnit = chance.choice([1, 75, 10**6, 0])
        if chance.random() < 0.5:
            page.CropBox = Array([5000, 5000, 6000, 6000])
        return papers.saved(pdf)


def bomb(data: bytes, chance: random.Random) -> bytes:
    """A stream that becomes very large, packed once or twice."""
    packed = zlib.compress(bytes(chance.choice([1, 8, 64]) * 1024 * 1024), 9)
    filters = [Name.FlateDecode] * chance.choice([1, 2])
    packed = zlib.compress(packed, 9) if len(filters) == 2 else packed
    with Pdf.open(io.BytesIO(data)) as pdf:
        stream = pdf.make_indirect(Stream(pdf, packed, Filter=Array(filters)))
        pdf.pages[0].obj.Contents = stream
        return papers.saved(pdf)


def nested(data: bytes, chance: random.Random) -> bytes:
    """A form in a form in a form, and one that draws itself."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        kind = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 595, 842])}
        form = pdf.make_indirect(Stream(pdf, b"/F Do", **kind))
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
        pdf.pages[0].obj.Contents = pdf.make_indirect(Stream(pdf, b"q " * chance.randrange(1, 4000) + b"/F Do"))
        return papers.saved(pdf)


def bare(data: bytes, chance: random.Random) -> bytes:
    """What a page needs is missing."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        for key in chance.sample(["/Resources", "/Contents", "/MediaBox", "/Parent", "/Type"], 2):
            if key in page:
                del page[key]
        return papers.saved(pdf)


MUTATIONS: list[Mutation] = [
    *(cut, flipped, spliced, misnumbered, renamed, rubbish),
    *(looped, sized, bomb, nested, bare),
]


def odd_pdfs(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield so many odd files with what was done to each; the same seed gives the same files."""
    good = [papers.paper(3), papers.hostile(), papers.annotated("Ghi chú"), papers.form("Điền"), papers.encrypted("")]
    for number in range(count):
        chance = random.Random(seed * 100_000 + number)
        mutation = MUTATIONS[number % len(MUTATIONS)]
        data = good[number // len(MUTATIONS) % len(good)]
        try:
            made = mutation(data, chance)
        except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, TypeError):
            made = flipped(data, chance)  # this one cannot be done to that file
        yield f"{number:03}-{mutation.__name__}", made
