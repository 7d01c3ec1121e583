"""Papers for the measurement of opening: seeded, so that every run reads the same; the first page's words are known."""

import io
import random
from pathlib import Path

import pikepdf
import typst
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ROOT / "node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
WORDS = [
    "báo",
    "cáo",
    "kết",
    "quả",
    "thực",
    "hiện",
    "nhiệm",
    "vụ",
    "phát",
    "triển",
    "kinh",
    "tế",
    "xã",
    "hội",
    "quốc",
    "phòng",
    "an",
    "ninh",
    "tỉnh",
    "năm",
    "nay",
    "phương",
    "hướng",
    "giải",
    "pháp",
    "trọng",
    "tâm",
    "sáu",
    "tháng",
    "cuối",
    "năm",
    "ngân",
    "sách",
    "đầu",
    "tư",
    "công",
    "giải",
    "ngân",
    "vốn",
    "dự",
    "án",
    "giao",
    "thông",
    "thủy",
    "lợi",
    "y",
    "tế",
    "giáo",
    "dục",
    "văn",
    "hóa",
    "môi",
    "trường",
    "cải",
    "cách",
    "hành",
    "chính",
    "chuyển",
    "đổi",
    "số",
    "hội",
    "đồng",
    "nhân",
    "dân",
    "ủy",
    "ban",
    "thường",
    "trực",
    "đại",
    "biểu",
    "cử",
    "tri",
    "kiến",
    "nghị",
    "giám",
    "sát",
]
SCAN = (1654, 2339)  # A4 at 200 dpi
SCAN_BYTES = 31 * 1024 * 1024


def lines(seed: int, count: int, width: int = 9) -> list[str]:
    """Return lines of plain words."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=width)) for _ in range(count)]


def scan(target: Path, pages: int = 14, first_lines: int = 22) -> list[str]:
    """Write a scan of about 31 MB and return the lines of its first page."""
    with pikepdf.new() as pdf:
        for page in range(pages):
            text = lines(page, first_lines)
            pdf.pages.append(_scanned(pdf, _picture(text, page), SCAN_BYTES // pages))
        pdf.save(target)
    return lines(0, first_lines)


def _picture(text: list[str], seed: int) -> Image.Image:
    """A page as a scanner sees it: dark letters on paper with a grain."""
    page = Image.new("L", SCAN, 244)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(LETTERS), 46)
    for row, line in enumerate(text):
        pen.text((150, 150 + row * 72), line, fill=22, font=font)
    grain = Image.frombytes("L", SCAN, random.Random(seed).randbytes(SCAN[0] * SCAN[1]))
    return Image.blend(page, grain, 0.06).convert("RGB")


def _scanned(pdf: pikepdf.Pdf, picture: Image.Image, size: int) -> pikepdf.Page:
    """Return the picture as a page; quality is chosen so that it takes about `size` bytes, padding does the rest."""
    stored = io.BytesIO()
    for quality in (98, 95, 90, 80):
        stored = io.BytesIO()
        picture.save(stored, "JPEG", quality=quality, subsampling=0)
        if stored.tell() <= size:
            break
    image = pikepdf.Stream(
        pdf,
        stored.getvalue() + bytes(max(0, size - stored.tell())),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=SCAN[0],
        Height=SCAN[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 595, 842],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
        Contents=pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
    )
    return pikepdf.Page(pdf.make_indirect(made))


def text(target: Path, pages: int = 200, rows: int = 22) -> list[str]:
    """Write a text PDF of so many pages and return the lines of its first page."""
    sheets = ["\\\n".join(lines(1000 + page, rows)) for page in range(pages)]
    head = '#set page(paper: "a4", margin: 1.9cm)\n#set text(font: "Tinos", size: 16.5pt)\n#set par(leading: 0.62em)\n'
    source = head + "\n#pagebreak()\n".join(sheets)
    fonts = typst.Fonts(font_paths=[LETTERS.parent])
    target.write_bytes(typst.compile(source.encode(), format="pdf", font_paths=fonts))
    return lines(1000, rows)
