import pytest


@pytest.fixture(autouse=True)
def _bare(request):
    """What loads packs and calendars begins without those of the house."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("bare")
