"""What the tests of the house itself read: source files, each parsed once."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huiyin"


@dataclass
class Source:
    """One Python file: its place below the root, its text and its tree."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def walk(self, *kinds):
        return [node for node in self.nodes if isinstance(node, kinds)]


def below(*folders: Path) -> list[Source]:
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return [Source(file) for file in files if "migrations" not in file.parts]
