"""Every source file of the house."""

from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Source, below


@pytest.fixture(scope="session")
def product() -> list[Source]:
    """Every file of the product, without migrations."""
    return below(PACKAGE)


@pytest.fixture(scope="session")
def everything() -> list[Source]:
    """Product, tools, benches and tests."""
    return below(PACKAGE, ROOT / "tools", ROOT / "bench", ROOT / "tests")


@pytest.fixture(scope="session")
def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.html"))
