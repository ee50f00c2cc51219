"""The source as the house laws read it: every module of ours, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "sunward"
# What nobody of us wrote.
FOREIGN = ("vendor",)


@dataclass(frozen=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts


@cache
def read_module(path: Path) -> Module:
    text = path.read_text()
    return Module(path, text, ast.parse(text))


@cache
def modules(*places: str) -> tuple[Module, ...]:
    """Every Python file below the places, the platform and the engine by default."""
    roots = [ROOT / place for place in places or ("src",)]
    return tuple(read_module(path) for root in roots for path in sorted(root.rglob("*.py")))


@cache
def templates() -> tuple[Path, ...]:
    return tuple(path for path in sorted(SRC.rglob("*.html")) if not set(FOREIGN) & set(path.parts))


@dataclass(frozen=True)
class Function:
    place: str
    name: str
    lines: int


def functions(module: Module) -> Iterator[Function]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(f"{module.place}::{node.name}", node.name, length)
