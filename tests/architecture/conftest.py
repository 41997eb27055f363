"""Every source file of the house."""

from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Source, below


# These live as long as this folder's tests: the trees of all files are large.
@pytest.fixture(scope="package")
def product(everything: list[Source]) -> list[Source]:
    """Every file of the product, without migrations."""
    return [source for source in everything if source.path.is_relative_to(PACKAGE)]


@pytest.fixture(scope="package")
def everything() -> list[Source]:
    """Product, tools, benches and tests."""
    return below(PACKAGE, ROOT / "tools", ROOT / "bench", ROOT / "tests")


@pytest.fixture(scope="session")
def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.html"))
