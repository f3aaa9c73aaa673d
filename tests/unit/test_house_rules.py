"""The house plan as the imports have it: one direction between packages, and purity where it is promised."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "verifiers": {"verifiers"},
    "curriculum": {"curriculum", "verifiers"},
    "workers": {"workers", "curriculum", "verifiers"},
    "tutor": {"tutor", "workers", "curriculum", "verifiers"},
}
IMPURE = {
    "asyncio", "datetime", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "requests", "secrets",
    "select", "shutil", "signal", "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "uuid",
    "sqlalchemy", "redis", "httpx",
}  # fmt: skip
MAY_BE_IMPURE = {"verifiers/sandbox.py", "verifiers/check.py", "verifiers/checker.py", "verifiers/__init__.py"}
PURE_IN_PART = {"datetime": {"date", "timedelta", "MINYEAR", "MAXYEAR"}}
"""Names of an impure module that are values and arithmetic on them; `date.today` is caught below."""
EDGES = {"pack_folder.py", "installed.py", "importers/folder.py"}
"""Where a pack's files are read and written; everything else of the curriculum is values in, values out."""
TOUCHING = {"os", "shutil", "tempfile", "sqlite3", "socket", "subprocess", "time", "urllib", "http", "logging", "glob"}
CLOCKS = {"today", "now", "utcnow", "perf_counter", "monotonic", "getenv", "environ"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "open", "input"}


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, {alias.name for alias in node.names}


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    for path in sources(package):
        for module, _names in imports(parse(path)):
            top = module.split(".")[0]
            if top in MAY_IMPORT:
                assert top in MAY_IMPORT[package], f"{path.relative_to(ROOT)} imports {module}"


def test_verifiers_are_pure_but_for_the_sandbox_and_its_caller() -> None:
    for path in sources("verifiers"):
        name = path.relative_to(ROOT).as_posix()
        if name in MAY_BE_IMPURE:
            continue
        for module, names in imports(parse(path)):
            top = module.split(".")[0]
            pure = PURE_IN_PART.get(top)
            assert top not in IMPURE or (pure and names and names <= pure), f"{name} imports {module}"


def test_files_are_touched_at_the_edges_of_the_curriculum() -> None:
    for path in sources("curriculum"):
        name = path.relative_to(ROOT / "curriculum").as_posix()
        if name in EDGES or name.startswith("index/"):
            continue
        for module, _names in imports(parse(path)):
            assert module.split(".")[0] not in TOUCHING, f"curriculum/{name} imports {module}"


def test_no_clock_environment_or_string_evaluation_in_verifiers() -> None:
    for path in sources("verifiers"):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(parse(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in MAY_BE_IMPURE:
                assert called not in CLOCKS, f"{name}:{node.lineno} calls {called}"
                if isinstance(node.func, ast.Name):
                    assert called not in FORBIDDEN_CALLS, f"{name}:{node.lineno} calls {called}"
            assert called not in {"sympify", "parse_expr", "parse_units"}, f"{name}:{node.lineno} calls {called}"


def test_only_the_kinds_know_the_engines() -> None:
    for path in sources("verifiers"):
        name = path.relative_to(ROOT).as_posix()
        for module, _names in imports(parse(path)):
            if module.split(".")[0] in {"sympy", "z3", "pint"}:
                assert name.startswith("verifiers/kinds/"), f"{name} imports {module}"


def test_the_environment_is_read_in_one_place() -> None:
    for package in MAY_IMPORT:
        for path in sources(package):
            name = path.relative_to(ROOT).as_posix()
            if name == "tutor/settings.py":
                continue
            tree = parse(path)
            names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            names |= {name for module, found in imports(tree) if module == "os" for name in found}
            assert not names & {"environ", "environb", "getenv", "getenvb"}, f"{name} reads the environment"


def test_no_annotations_import() -> None:
    for package in (*MAY_IMPORT, "tests"):
        for path in sources(package):
            assert not any(module == "__future__" for module, _ in imports(parse(path))), path
