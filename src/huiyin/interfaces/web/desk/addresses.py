"""Addresses of a case and of its steps."""

from django.urls import reverse


def case(number: str) -> str:
    return reverse("desk:case", args=(number,))


def step(number: str, name: str) -> str:
    """Where the form of a step is fetched and sent."""
    return f"{case(number)}do/{name}/"
