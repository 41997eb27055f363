import pytest

from huiyin.interfaces.common.numbers import whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("42", 42), ("999999999", 999_999_999), ("9" * 10, None), ("9" * 5000, None), ("-1", None), ("", None)],
)
def test_c27_a_number_from_outside_is_read_or_left_alone(text, number):
    assert whole(text) == number
