"""What the architecture tests read: the project's own files, parsed once."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "config",
    "metrics",
    "screens",
    "tablets",
    "meetings",
    "signing",
    "annotations",
    "documents",
    "rooms",
    "guides",
    "notices",
    "tasks",
    "people",
    "search",
    "live",
    "ledger",
    "ui",
]
PACKAGES = [name for name in LAYERS if (ROOT / name / "__init__.py").exists()]


@dataclass(frozen=True)
class Source:
    """One Python file of a package."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """Folders and stem below the package."""
        return (*self.path.relative_to(ROOT).parent.parts[1:], self.path.stem)


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Found:
    """A function and where it stands."""

    source: Source
    node: Function
    owner: str

    @property
    def where(self) -> str:
        return f"{self.source.name}:{self.node.lineno} {self.owner}{self.node.name}"

    @property
    def lines(self) -> int:
        """Lines of the body: decorators, signature and docstring are not counted."""
        body = self.node.body[1:] if ast.get_docstring(self.node) is not None else self.node.body
        return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@cache
def sources() -> list[Source]:
    """Return every Python file of the packages, migrations apart."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [
        Source(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths if "migrations" not in path.parts
    ]


@cache
def functions() -> list[Found]:
    """Return every function and method of the packages, also those inside others."""
    return [found for source in sources() for found in functions_of(source, source.tree, "")]


def functions_of(source: Source, node: ast.AST, owner: str) -> list[Found]:
    """Return the functions below a node, each with the classes around it."""
    found: list[Found] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            found.append(Found(source, child, owner))
        inner = f"{owner}{child.name}." if isinstance(child, ast.ClassDef) else owner
        found += functions_of(source, child, inner)
    return found


def tracked(*endings: str) -> list[Path]:
    """Return the project's files with these endings, as git knows them (new ones too)."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]
