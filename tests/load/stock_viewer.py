"""The stock viewer of PDF.js as a reference: its own component on a bare page, files served by ranges, nothing else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
PDFJS = ROOT / "node_modules" / "pdfjs-dist"
TYPES = {".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".pdf": "application/pdf"}
START = '<!doctype html><meta charset="utf-8"><title>Papers</title>{links}'
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Stock viewer</title>
<link rel="stylesheet" href="/pdfjs/web/pdf_viewer.css">
<style>html,body{{margin:0;height:100%}}#container{{position:absolute;inset:0;overflow:auto}}</style></head>
<body><div id="container"><div id="viewer" class="pdfViewer"></div></div>
<script type="module">
import * as pdfjsLib from "/pdfjs/build/pdf.min.mjs";
globalThis.pdfjsLib = pdfjsLib;
const {{ EventBus, PDFLinkService, PDFViewer }} = await import("/pdfjs/web/pdf_viewer.mjs");
pdfjsLib.GlobalWorkerOptions.workerSrc = "/pdfjs/build/pdf.worker.min.mjs";
const eventBus = new EventBus();
const linkService = new PDFLinkService({{ eventBus }});
const viewer = new PDFViewer({{ container: document.getElementById("container"), eventBus, linkService }});
linkService.setViewer(viewer);
eventBus.on("pagesinit", () => {{ viewer.currentScaleValue = "page-width"; }});
const pdf = await pdfjsLib.getDocument({{ url: "{file}", cMapUrl: "/pdfjs/cmaps/", standardFontDataUrl:
  "/pdfjs/standard_fonts/", wasmUrl: "/pdfjs/wasm/" }}).promise;
viewer.setDocument(pdf);
linkService.setDocument(pdf, null);
</script></body></html>"""


@contextmanager
def stock_viewer(files: dict[str, Path]) -> Iterator[str]:
    """Serve the viewer and these files; `/` links to `/view/<name>` of each."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path == "/":
                links = "".join(f'<p><a href="/view/{name}">{name}</a>' for name in files)
                self.html(START.format(links=links))
            elif path.startswith("/view/"):
                self.html(PAGE.format(file=f"/files/{path.removeprefix('/view/')}.pdf"))
            elif path.startswith("/files/"):
                self.file(files[Path(path).stem])
            elif path.startswith("/pdfjs/") and ".." not in path:
                self.file(PDFJS / path.removeprefix("/pdfjs/"), cache="public, max-age=31536000, immutable")
            else:
                self.send_error(404)

        def html(self, text: str) -> None:
            self.answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})

        def file(self, path: Path, cache: str = "no-cache") -> None:
            if not path.is_file():
                self.send_error(404)
                return
            size = path.stat().st_size
            headers = {"Content-Type": TYPES.get(path.suffix, "application/octet-stream"), "Cache-Control": cache}
            first, last = span(self.headers.get("Range", ""), size)
            with path.open("rb") as opened:
                opened.seek(first)
                data = opened.read(last - first + 1)
            if "Range" in self.headers:
                headers["Content-Range"] = f"bytes {first}-{last}/{size}"
            self.answer(206 if "Range" in self.headers else 200, data, {**headers, "Accept-Ranges": "bytes"})

        def answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def span(asked: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte of a range, the whole without one."""
    if not asked.startswith("bytes="):
        return 0, size - 1
    first, _, last = asked.removeprefix("bytes=").partition("-")
    return int(first), min(int(last) if last else size - 1, size - 1)
