"""Makes a PDF/A of an office file with LibreOffice: own profile, no network, hard limits."""

import json
import os
import shutil
import socket
from pathlib import Path

from documents.ingest.confine import WorkerFailed, run_confined
from documents.ingest.inspection import ProblemCode, Refusal
from documents.ingest.limits import Limits
from documents.ingest.sniff import FileType

_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
)
_STATE = (Path("/var/lib/libreoffice"), Path("/var/spool/libreoffice"))
_PIPES = Path("/tmp")  # the only place where LibreOffice makes its pipe
_PDFA_2 = {"SelectPdfVersion": {"type": "long", "value": "2"}, "ExportBookmarks": {"type": "boolean", "value": "true"}}


def converter() -> str | None:
    """Return LibreOffice's program, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_to_pdf(source: Path, kind: FileType, folder: Path, limits: Limits) -> Path:
    """Return the PDF/A-2b LibreOffice makes of the file; raises `Refusal` when it cannot."""
    program = converter()
    if program is None:
        raise Refusal(ProblemCode.NO_CONVERTER)
    office = folder / "office"
    office.mkdir()
    _write_profile(office / "profile" / "user")
    # A name of ours: LibreOffice puts the file's name into titles and error messages.
    copy = office / f"document.{kind.extensions[0]}"
    shutil.copyfile(source, copy)
    _run(program, copy, kind, limits)
    return _result(copy.with_suffix(".pdf"))


def _run(program: str, copy: Path, kind: FileType, limits: Limits) -> None:
    office = copy.parent
    command = [program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    command += [f"-env:UserInstallation={(office / 'profile').as_uri()}"]
    command += ["--convert-to", f"pdf:{kind.export}:{json.dumps(_PDFA_2)}", "--outdir", str(office), str(copy)]
    homes = [Path(program).resolve().parents[1], *_STATE]
    try:
        run_confined(command, folder=office, allowance=limits.conversion, reads=homes, pipes=[_PIPES])
    except WorkerFailed as error:
        raise Refusal(ProblemCode.TOO_HEAVY if error.too_heavy else ProblemCode.CONVERSION_FAILED) from error
    finally:
        _remove_dead_pipes()


def _remove_dead_pipes() -> None:
    """Remove the pipes of killed or fenced-in LibreOffices; one that answers belongs to somebody."""
    for path in _PIPES.glob(f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_*"):
        with socket.socket(socket.AF_UNIX) as caller:
            try:
                caller.connect(str(path))
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def _result(pdf: Path) -> Path:
    """Return the PDF when there is one; LibreOffice ends well even when it could not read the file."""
    if pdf.is_symlink() or not pdf.is_file() or not pdf.stat().st_size:
        raise Refusal(ProblemCode.CONVERSION_FAILED)
    return pdf


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n'
    )
    (folder / "registrymodifications.xcu").write_text(text, encoding="utf-8")
