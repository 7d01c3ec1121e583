"""The rules of the house, measured."""

import ast
import statistics

import pytest

from tests.source import LAYERS, PACKAGES, ROOT, Found, Source, functions, sources, tracked

LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 9
LONGEST_FILE = 400
VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "services",
    "service",
    "base",
    "stuff",
    "lib",
    "core",
}
WRITERS = {"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete", "save"}
FACES = {"views", "api", "consumers", "forms", "routing"}


def test_functions_are_short() -> None:
    too_long = [f"{found.where}: {found.lines} lines" for found in functions() if found.lines > LONGEST_FUNCTION]
    assert not too_long, "split these:\n" + "\n".join(too_long)


def test_most_functions_are_very_short() -> None:
    median = statistics.median(found.lines for found in functions())
    assert median <= MEDIAN_FUNCTION, f"half of the functions are longer than {median} lines"


def test_files_are_short() -> None:
    exempt = ("/migrations/", "/locale/")
    ours = [
        path for path in tracked(".py", ".js", ".mjs", ".css", ".html") if not any(part in str(path) for part in exempt)
    ]
    too_long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in ours}
    over = [f"{path.relative_to(ROOT)}: {lines}" for path, lines in too_long.items() if lines > LONGEST_FILE]
    assert not over, "split these:\n" + "\n".join(over)


def test_settings_stay_small() -> None:
    assert len((ROOT / "config/settings.py").read_text(encoding="utf-8").splitlines()) <= 350


def test_names_say_what_is_inside() -> None:
    named_by_django = {"config/sqlite3/base.py"}
    vague = [one.name for one in sources() if VAGUE_NAMES & set(one.parts) and one.name not in named_by_django]
    assert not vague, f"name these after what they hold: {vague}"


def test_every_package_says_in_a_sentence_what_it_is() -> None:
    silent = [name for name in PACKAGES if not first_sentence(ROOT / name / "__init__.py")]
    assert not silent


def first_sentence(path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def test_what_others_use_is_documented() -> None:
    silent = undocumented_modules() + undocumented_names()
    assert not silent, "say in a sentence what these are:\n" + "\n".join(silent)


def undocumented_modules() -> list[str]:
    return [source.name for source in sources() if source.tree.body and not ast.get_docstring(source.tree)]


def undocumented_names() -> list[str]:
    found = []
    for source in sources():
        for node in source.tree.body:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            if not node.name.startswith("_") and not self_evident(node) and not ast.get_docstring(node):
                found.append(f"{source.name}:{node.lineno} {node.name}")
    return found


def self_evident(node: ast.AST) -> bool:
    """Django finds these by their base; a sentence would repeat the name."""
    if not isinstance(node, ast.ClassDef):
        return False
    bases = {ast.unparse(base) for base in node.bases}
    return bool(bases & {"AppConfig", "BaseCommand", "models.TextChoices", "models.IntegerChoices", "Schema"})


def test_every_public_function_of_an_actions_folder_is_an_action() -> None:
    """Or a step of one: it asks for the open writ, and so cannot be called outside the door."""
    open_doors = [found.where for found in functions() if is_top_of_actions(found) and not guarded(found)]
    assert not open_doors, "decorate with @action, or begin the name with an underscore:\n" + "\n".join(open_doors)


def guarded(found: Found) -> bool:
    return has_decorator(found, "action") or "current_writ()" in ast.unparse(found.node)


def is_top_of_actions(found: Found) -> bool:
    inside = "actions" in found.source.parts and found.source.path.stem != "__init__"
    return inside and not found.owner and found.node in found.source.tree.body and not found.node.name.startswith("_")


def has_decorator(found: Found, name: str) -> bool:
    return any(ast.unparse(each).split("(")[0].split(".")[-1] == name for each in found.node.decorator_list)


# Nobody is signed in yet when these are called.
WITHOUT_ACTOR = {"people/actions/setup.py", "people/actions/sign_ins.py"}


def test_actions_name_the_actor_and_the_time() -> None:
    wrong = []
    for found in functions():
        if is_top_of_actions(found) and has_decorator(found, "action"):
            wanted = {"at"} if found.source.name in WITHOUT_ACTOR else {"by", "at"}
            missing = wanted - {argument.arg for argument in found.node.args.kwonlyargs}
            wrong += [f"{found.where}: {', '.join(sorted(missing))}"] if missing else []
    assert not wrong, "keyword-only arguments by= and at= are missing:\n" + "\n".join(wrong)


def test_faces_write_through_actions_only() -> None:
    wrong = [line for source in sources() if FACES & set(source.parts) for line in writes_of(source)]
    assert not wrong, "these write past the door:\n" + "\n".join(wrong)


def writes_of(source: Source) -> list[str]:
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            text = ast.unparse(node.func)
            found += [f"{source.name}:{node.lineno} {text}"] if ".objects" in text else []
    return found


def test_nobody_reaches_for_another_package_s_manager() -> None:
    wrong = [line for source in sources() for line in foreign_managers(source)]
    assert not wrong, "call that package's queries or actions instead:\n" + "\n".join(wrong)


def foreign_managers(source: Source) -> list[str]:
    owners = imported_models(source)
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            owner = owners.get(node.value.id, source.package)
            if owner != source.package and not figures(source, owner):
                found.append(f"{source.name}:{node.lineno} {owner}.{node.value.id}.objects")
    return found


def figures(source: Source, owner: str) -> bool:
    """Metrics counts the ledger's facts: that is the contract between the two."""
    return source.package == "metrics" and owner == "ledger"


def imported_models(source: Source) -> dict[str, str]:
    """Return the names a file takes from packages' models, with the package of each."""
    owners: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES:
            package = node.module.split(".")[0]
            if "models" in node.module.split("."):
                owners |= {alias.asname or alias.name: package for alias in node.names}
    return owners


def test_packages_do_not_signal_each_other() -> None:
    """Signals of Django and of libraries may be heard; ours do not exist, and no model's saving is listened to."""
    model_signals = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
    wrong = [source.name for source in sources() if names_used(source) & (model_signals | {"Signal"})]
    assert not wrong, f"call an action instead of sending a signal: {wrong}"


def names_used(source: Source) -> set[str]:
    names = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(
    ("upper", "lower"), [(upper, lower) for i, upper in enumerate(LAYERS) for lower in LAYERS[i + 1 :]]
)
def test_lower_packages_do_not_name_upper_ones_in_text(upper: str, lower: str) -> None:
    """Dotted paths in strings would be imports that import-linter cannot see."""
    wrong = [source.name for source in sources() if source.package == lower and names_in_text(source, upper)]
    assert not wrong


def names_in_text(source: Source, package: str) -> bool:
    roots = (f"{package}.models", f"{package}.actions", f"{package}.queries", f"{package}.rules", f"{package}.jobs")
    texts = (
        node.value for node in ast.walk(source.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return any(text.startswith(roots) for text in texts)
