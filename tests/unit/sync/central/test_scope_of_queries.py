"""No query can forget the scope: only one module reads the counters' index and the list of machines."""

import ast
from pathlib import Path

import sync.central

CENTRAL = Path(sync.central.__file__).parent
# Who writes them, and the one that reads them for people.
MAY_NAME = {
    "desk_requests": {"desk/scope.py", "desk/projection.py"},
    "origins": {"desk/scope.py", "desk/projection.py"},
    "requests": set(),
}


def _names_of_tables(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sync.central.tables"
        for alias in node.names
    }


def test_people_read_requests_and_machines_through_their_scope() -> None:
    """In everything that answers people: desk and fleet."""
    modules = [path for room in ("desk", "fleet") for path in sorted((CENTRAL / room).rglob("*.py"))]
    wrong = {
        f"{path.relative_to(CENTRAL)} reads {table}"
        for path in modules
        for table in _names_of_tables(path) & MAY_NAME.keys()
        if str(path.relative_to(CENTRAL)) not in MAY_NAME[table]
    }

    assert len(modules) > 10
    assert wrong == set()
