"""Files for the tests, good and bad, made on the fly."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

A4 = '#set page(paper: "a4", margin: 2cm)\n#set text(lang: "vi", size: 12pt)\n'


def typeset(body: str) -> bytes:
    """Return a PDF of typst markup on A4."""
    return bytes(typst.compile((A4 + body).encode(), format="pdf"))


def paper(pages: int = 1, text: str = "Báo cáo tình hình kinh tế – xã hội") -> bytes:
    """Return a PDF with text on every page."""
    return typeset("#pagebreak()\n".join(f"= {text}\n\nTrang {number + 1}.\n" for number in range(pages)))


def blank(pages: int) -> Pdf:
    """Return an open PDF of empty pages."""
    pdf = Pdf.new()
    if pages:
        pdf.add_blank_page(page_size=(595, 842))
    for _ in range(pages - 1):
        pdf.pages.append(pdf.pages[0])
    return pdf


def saved(pdf: Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Return the bytes of an open PDF."""
    target = io.BytesIO()
    pdf.save(target, encryption=encryption)
    return target.getvalue()


def encrypted(user: str = "mở ra", owner: str = "chủ") -> bytes:
    """Return a PDF that needs the user password; with an empty one, a PDF with restrictions only."""
    with Pdf.open(io.BytesIO(paper())) as pdf:
        return saved(
            pdf, encryption=pikepdf.Encryption(user=user, owner=owner, allow=pikepdf.Permissions(extract=False))
        )


def hostile() -> bytes:
    """Return a PDF with every kind of thing that starts by itself, and an attachment."""
    with Pdf.open(io.BytesIO(paper(2))) as pdf:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("1")))
        names = Array([String("a"), pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("2")))])
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))
        box = Array([0, 0, 100, 100])
        actions = [
            Dictionary(S=Name.Launch, F=String("cmd.exe")),
            Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
            Dictionary(S=Name.URI, URI=String("https://chinhphu.vn")),
            Dictionary(
                S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Dictionary(S=Name.SubmitForm, F=String("//x"))
            ),
        ]
        links = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action) for action in actions]
        carrier = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box, Contents=String("ghi chú"))
        pdf.pages[0].Annots = Array([*links, pdf.make_indirect(carrier)])
        pdf.pages[1].AA = Dictionary(O=script)
        pdf.attachments["phụ lục.exe"] = b"MZ..."
        return saved(pdf)


def annotated(contents: str) -> bytes:
    """Return a PDF with a stamp annotation."""
    with Pdf.open(io.BytesIO(paper())) as pdf:
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 99, 50]), Contents=String(contents))
        pdf.pages[0].Annots = Array([stamp])
        return saved(pdf)


def form(entry: str) -> bytes:
    """Return a PDF whose only content is a filled-in form field."""
    pdf = blank(1)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    look = Stream(pdf, b"/Tx BMC q BT /F 40 Tf 10 10 Td (X) Tj ET Q EMC")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 60])
    look.Resources = Dictionary(Font=Dictionary(F=font))
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String(entry), F=4)
    field.Rect, field.AP = Array([20, 100, 220, 160]), Dictionary(N=pdf.make_indirect(look))
    widget = pdf.make_indirect(field)
    pdf.pages[0].Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), DA=String("/F 12 Tf"))
    return saved(pdf)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(*paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a minimal Word file."""
    rows = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in paragraphs)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{rows}</w:body></w:document>',
    }
    return archive({**{name: text.encode() for name, text in parts.items()}, **(extra or {})})


def archive(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def endless(total: int, start: bytes = b"%PDF-1.7\n") -> Iterator[bytes]:
    """Yield a file of `total` bytes that nobody has to hold."""
    yield start
    chunk = b"\0" * (1 << 20)
    left = total - len(start)
    while left > 0:
        yield chunk[:left]
        left -= len(chunk)
