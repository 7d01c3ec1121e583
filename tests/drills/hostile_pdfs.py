"""PDFs made to break whoever reads them: each is small, or says it is larger than any memory."""

import io
import zlib
from collections.abc import Callable, Iterator

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

Made = Callable[[Pdf], None]
HUGE = 10**9
FORM = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 595, 842])}


def hostile_pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield each with its name."""
    for make in (*OBJECTS, *CONTENTS):
        with Pdf.new() as pdf:
            pdf.add_blank_page(page_size=(595, 842))
            make(pdf)
            told = io.BytesIO()
            pdf.save(told, compress_streams=False)
        yield make.__name__, told.getvalue()
    for write in RAW:
        yield write.__name__, write()


def content(pdf: Pdf, data: bytes, **resources: object) -> None:
    """Give the first page its content."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_indirect(Stream(pdf, data))
    page.Resources = Dictionary(**resources)


def image(pdf: Pdf, data: bytes, **more: object) -> None:
    """Draw one picture on the first page."""
    said = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    picture = pdf.make_indirect(Stream(pdf, data, **(said | more)))
    content(pdf, b"595 0 0 842 0 0 cm /I Do", XObject=Dictionary(I=picture))


def zeros(size: int, times: int = 1) -> bytes:
    """Return so many zero bytes, packed so many times."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    return packed


# --- what stands in the tree of objects


def many_pages(pdf: Pdf) -> None:
    """A hundred thousand pages that are all the same one."""
    page = pdf.pages[0].obj
    pdf.Root.Pages.Kids = Array([page] * 100_000)
    pdf.Root.Pages.Count = 100_000


def lying_count(pdf: Pdf) -> None:
    """Two thousand million pages, and one."""
    pdf.Root.Pages.Count = 2_000_000_000


def page_tree_in_a_circle(pdf: Pdf) -> None:
    """A node of the tree is its own grandchild."""
    inner = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Parent=pdf.Root.Pages))
    inner.Kids = Array([pdf.Root.Pages])
    pdf.Root.Pages.Kids.append(inner)


def deep_page_tree(pdf: Pdf) -> None:
    """The page hangs on a tree of ten thousand storeys."""
    page = pdf.pages[0].obj
    node = page
    for _ in range(10_000):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array([node])))
    pdf.Root.Pages = node


def huge_page(pdf: Pdf) -> None:
    """A page of the size of a planet, in units of a mile."""
    pdf.pages[0].obj.MediaBox = Array([0, 0, HUGE, HUGE])
    pdf.pages[0].obj.UserUnit = 1_000_000


def page_of_a_line(pdf: Pdf) -> None:
    """A page a thousand times as long as it is wide."""
    pdf.pages[0].obj.MediaBox = Array([0, 0, 1, 14_400])


def outline_in_a_circle(pdf: Pdf) -> None:
    """The next heading is the same heading."""
    one = pdf.make_indirect(Dictionary(Title=String("A")))
    one.Next = one.First = one.Last = one
    pdf.Root.Outlines = Dictionary(Type=Name.Outlines, First=one, Last=one, Count=HUGE)


def fields_in_a_circle(pdf: Pdf) -> None:
    """A field of the form is its own child and parent."""
    one = pdf.make_indirect(Dictionary(T=String("a"), FT=Name.Tx, V=String("x")))
    one.Kids, one.Parent = Array([one, one]), one
    pdf.Root.AcroForm = Dictionary(Fields=Array([one] * 1000), NeedAppearances=True)
    pdf.pages[0].obj.Annots = Array([one] * 1000)


def names_in_a_circle(pdf: Pdf) -> None:
    """The tree of attached files comes back to itself."""
    node = pdf.make_indirect(Dictionary(Limits=Array([String("a"), String("z")])))
    node.Kids = Array([node, node])
    pdf.Root.Names = Dictionary(EmbeddedFiles=node, Dests=node, JavaScript=node)


def scripts_and_files(pdf: Pdf) -> None:
    """Scripts, an XFA form, actions that start programs, and a program attached."""
    script = Dictionary(S=Name.JavaScript, JS=String("while (true) { app.alert(1) }"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script, DP=Dictionary(S=Name.Launch, F=String("/bin/sh")))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(), XFA=pdf.make_indirect(Stream(pdf, b"<!DOCTYPE x [<!ENTITY a 'b'>]>"))
    )
    pdf.attachments["run.exe"] = b"MZ" + bytes(1000)


def a_million_notes(pdf: Pdf) -> None:
    """The same note stands on the page two hundred thousand times."""
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9])))
    note.Contents = String("x" * 2000)
    pdf.pages[0].obj.Annots = Array([note] * 200_000)


def long_title(pdf: Pdf) -> None:
    """A title of twenty million letters."""
    pdf.docinfo.Title = String("A" * 20_000_000)


OBJECTS: list[Made] = [
    *(many_pages, lying_count, page_tree_in_a_circle, deep_page_tree, huge_page, page_of_a_line),
    *(outline_in_a_circle, fields_in_a_circle, names_in_a_circle, scripts_and_files, a_million_notes, long_title),
]

# --- what is drawn on the page


def packed_content(pdf: Pdf) -> None:
    """A content of two thousand million bytes."""
    pdf.pages[0].obj.Contents = pdf.make_indirect(Stream(pdf, zeros(2 << 30, 2), Filter=Array([Name.FlateDecode] * 2)))


def filters_on_filters(pdf: Pdf) -> None:
    """Five hundred filters, one on the other."""
    pdf.pages[0].obj.Contents = pdf.make_indirect(Stream(pdf, b"00>" * 9, Filter=Array([Name.ASCIIHexDecode] * 500)))


def predicted_rows(pdf: Pdf) -> None:
    """Rows that say they are two thousand million columns wide."""
    wide = Dictionary(Predictor=15, Columns=2**31 - 1, Colors=32, BitsPerComponent=16)
    pdf.pages[0].obj.Contents = pdf.make_indirect(
        Stream(pdf, zeros(1 << 20), Filter=Name.FlateDecode, DecodeParms=wide)
    )


def saved_states(pdf: Pdf) -> None:
    """Five million states saved and never restored."""
    content(pdf, b"q " * 5_000_000 + b"0 0 9 9 re f")


def forms_in_forms(pdf: Pdf) -> None:
    """Thirty forms that draw the next one ten times each."""
    form = pdf.make_indirect(Stream(pdf, b"0 0 1 1 re f", **FORM))
    for _ in range(30):
        form = pdf.make_indirect(Stream(pdf, b"/F Do " * 10, **FORM, Resources=Dictionary(XObject=Dictionary(F=form))))
    content(pdf, b"/F Do", XObject=Dictionary(F=form))


def pattern_of_itself(pdf: Pdf) -> None:
    """A pattern that is painted with itself, in steps of a millionth."""
    said = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1}
    steps = {"BBox": Array([0, 0, 1, 1]), "XStep": 0.000001, "YStep": 0.000001}
    one = pdf.make_indirect(Stream(pdf, b"/Pattern cs /P scn 0 0 1 1 re f", **said, **steps))
    one.Resources = Dictionary(Pattern=Dictionary(P=one))
    content(pdf, b"/Pattern cs /P scn 0 0 595 842 re f", Pattern=Dictionary(P=one))


def mask_of_itself(pdf: Pdf) -> None:
    """A picture's mask is the picture, a group's mask is the group."""
    state = pdf.make_indirect(Dictionary(Type=Name.ExtGState))
    group = pdf.make_indirect(Stream(pdf, b"/G gs 0 0 595 842 re f", **FORM, Group=Dictionary(S=Name.Transparency)))
    group.Resources = Dictionary(ExtGState=Dictionary(G=state))
    state.SMask = Dictionary(S=Name.Luminosity, G=group)
    content(pdf, b"/G gs 0 0 595 842 re f", ExtGState=Dictionary(G=state))


def letters_of_themselves(pdf: Pdf) -> None:
    """A font whose letter is written in the same font."""
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9])))
    font.CharProcs = Dictionary(a=pdf.make_indirect(Stream(pdf, b"9 0 d0 BT /F 9 Tf (aaaaaaaaaa) Tj ET")))
    font.Encoding = Dictionary(Differences=Array([97, Name.a]))
    font.FirstChar, font.LastChar, font.Widths = 97, 97, Array([9])
    font.FontMatrix, font.Resources = Array([1, 0, 0, 1, 0, 0]), Dictionary(Font=Dictionary(F=font))
    content(pdf, b"BT /F 9 Tf (aaaa) Tj ET", Font=Dictionary(F=font))


def much_text(pdf: Pdf) -> None:
    """Ten million letters on one page."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    content(pdf, b"BT /F 1 Tf 0 0 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 500_000 + b"ET", Font=Dictionary(F=font))


def many_paths(pdf: Pdf) -> None:
    """A million curves, dashed in steps of nothing."""
    content(pdf, b"[0.00001 0.00001] 0 d 1 w " + b"0 0 m 10 900 500 -900 595 842 c S " * 100_000)


def wide_picture(pdf: Pdf) -> None:
    """A picture of a hundred thousand by a hundred thousand points."""
    image(pdf, zeros(64 << 20), Width=100_000, Height=100_000, Filter=Name.FlateDecode)


def jpx_picture(pdf: Pdf) -> None:
    """A JPEG 2000 stream whose head promises sixty thousand by sixty thousand points in tiles of one."""
    size = b"\xff\x51" + (47).to_bytes(2) + bytes(2) + (60_000).to_bytes(4) * 2 + bytes(8)
    size += (1).to_bytes(4) * 2 + bytes(8) + (3).to_bytes(2) + b"\x07\x01\x01" * 3
    image(pdf, b"\xff\x4f" + size + b"\xff\x52\x00\x0c" + bytes(10) + b"\xff\xd9", Filter=Name.JPXDecode)


def jbig2_picture(pdf: Pdf) -> None:
    """A JBIG2 page of two thousand million rows with a region as large."""
    page = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + b"\x7f\xff\xff\xff" * 2 + bytes(11)
    region = b"\x00\x00\x00\x01\x26\x00\x01\x00\x00\x00\x16" + b"\x7f\xff\xff\xff" * 2 + bytes(14)
    said = {"Width": 2**31 - 1, "Height": 2**31 - 1, "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray}
    image(pdf, page + region, Filter=Name.JBIG2Decode, **said)


def fax_picture(pdf: Pdf) -> None:
    """A fax without end."""
    said = Dictionary(K=-1, Columns=60_000, Rows=HUGE)
    image(pdf, bytes(1000), Width=60_000, Height=HUGE, Filter=Name.CCITTFaxDecode, DecodeParms=said, BitsPerComponent=1)


def sampled_function(pdf: Pdf) -> None:
    """A shading by a function of sixteen inputs with a thousand samples each."""
    said = {"FunctionType": 0, "Domain": Array([0, 1] * 16), "Range": Array([0, 1] * 3), "BitsPerSample": 32}
    function = pdf.make_indirect(Stream(pdf, bytes(1000), **said, Size=Array([1000] * 16)))
    shading = Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB, Function=function)
    content(pdf, b"/S sh", Shading=Dictionary(S=shading))


def looping_function(pdf: Pdf) -> None:
    """A shading whose function is stitched of itself."""
    said = {"FunctionType": 3, "Domain": Array([0, 1]), "Bounds": Array(), "Encode": Array([0, 1])}
    function = pdf.make_indirect(Dictionary(**said))
    function.Functions = Array([function])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 595, 842]), Function=function)
    content(pdf, b"/S sh", Shading=Dictionary(S=shading))


def map_of_letters(pdf: Pdf) -> None:
    """A map of letters that covers every code there is, a thousand times."""
    line = b"1 begincidrange <00000000> <ffffffff> 0 endcidrange 1 beginbfrange <0000> <ffff> <0000> endbfrange\n"
    cmap = pdf.make_indirect(Stream(pdf, b"begincmap " + line * 1000 + b"endcmap"))
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.A)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, Encoding=cmap, ToUnicode=cmap)
    font.DescendantFonts = Array([pdf.make_indirect(inner)])
    content(pdf, b"BT /F 9 Tf <00410042> Tj ET", Font=Dictionary(F=font))


CONTENTS: list[Made] = [
    *(packed_content, filters_on_filters, predicted_rows, saved_states, forms_in_forms, pattern_of_itself),
    *(mask_of_itself, letters_of_themselves, much_text, many_paths, wide_picture, jpx_picture, jbig2_picture),
    *(fax_picture, sampled_function, looping_function, map_of_letters),
]

# --- what no writer of PDFs would write

HEAD = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
PAGE = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"


def deep_arrays() -> bytes:
    """An array in an array, two hundred thousand times."""
    return HEAD + PAGE + b"4 0 obj" + b"[" * 200_000 + b"]" * 200_000 + b"endobj\ntrailer<</Root 1 0 R/X 4 0 R>>"


def deep_dictionaries() -> bytes:
    """The same with dictionaries, on the page itself."""
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources" + b"<</A" * 100_000
    return HEAD + page + b" 1" + b">>" * 100_000 + b">>endobj\ntrailer<</Root 1 0 R>>"


def tables_in_a_circle() -> bytes:
    """The table of objects before this one is this one."""
    body = HEAD + PAGE
    at = str(len(body)).encode()
    return body + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4/Prev " + at + b">>\nstartxref\n" + at


def table_of_everything() -> bytes:
    """A table that says it has two thousand million entries."""
    body = HEAD + PAGE
    end = b"trailer<</Root 1 0 R/Size 2147483647>>\nstartxref\n" + str(len(body)).encode() + b"\n%%EOF"
    return body + b"xref\n0 2147483647\n0000000000 65535 f \n" + end


def streamed_table() -> bytes:
    """A packed table whose fields are as wide as can be written."""
    said = b"4 0 obj<</Type/XRef/Root 1 0 R/Size 2147483647/W[2147483647 2147483647 2147483647]/Index[0 2147483647]"
    body = HEAD + PAGE
    return body + said + b"/Length 9>>stream\n123456789\nendstream endobj\nstartxref\n" + str(len(body)).encode()


def objects_in_themselves() -> bytes:
    """A stream of objects that lies within itself and goes on in itself."""
    said = b"4 0 obj<</Type/ObjStm/N 1000000000/First 2147483647/Extends 4 0 R/Length 4 0 R>>"
    body = HEAD + PAGE + said + b"stream\n4 0\nendstream endobj\n"
    table = b"5 0 obj<</Type/XRef/Root 1 0 R/Size 6/W[1 2 1]/Index[4 1]/Length 4>>"
    return body + table + b"stream\n\x02\x00\x04\x00\nendstream endobj\n" + b"startxref\n" + str(len(body)).encode()


def long_number() -> bytes:
    """A number of ten million digits."""
    return HEAD + PAGE.replace(b"595", b"9" * 10_000_000) + b"trailer<</Root 1 0 R>>"


def long_name() -> bytes:
    """A name of ten million letters, and a million names."""
    names = b"".join(b"/N%d 1" % number for number in range(500_000))
    return HEAD + PAGE + b"4 0 obj<</" + b"A" * 10_000_000 + b" 1" + names + b">>endobj\ntrailer<</Root 1 0 R/X 4 0 R>>"


def many_objects() -> bytes:
    """Two million objects of nothing, without a table."""
    return (
        HEAD + PAGE + b"".join(b"%d 0 obj[]endobj\n" % one for one in range(4, 2_000_000)) + b"trailer<</Root 1 0 R>>"
    )


def strange_lock() -> bytes:
    """A lock of no known kind, with a key of no length."""
    lock = b"4 0 obj<</Filter/Standard/V 99/R -5/O()/U()/P 1/Length 2147483647>>endobj\n"
    return HEAD + PAGE + lock + b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[()()]>>"


def many_heads() -> bytes:
    """Three thousand PDFs, one behind the other."""
    return (HEAD + PAGE) * 3000 + b"startxref\n0\n%%EOF" * 3000


def only_a_head() -> bytes:
    """Nothing but the first line, and much white."""
    return b"%PDF-1.7\n" + b" \n" * 20_000_000


RAW: list[Callable[[], bytes]] = [
    *(deep_arrays, deep_dictionaries, tables_in_a_circle, table_of_everything, streamed_table),
    *(objects_in_themselves, long_number, long_name, many_objects, strange_lock, many_heads, only_a_head),
]
