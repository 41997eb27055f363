"""What no import tool sees: keys written as text, and who writes the state of a complaint."""

import ast
import tomllib

import pytest
from django.apps import apps

from tests.architecture.source import ROOT

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
LIFECYCLE = "src/huiyin/complaints/lifecycle.py"


@pytest.fixture(scope="module")
def heights() -> dict[str, int]:
    """Give each room its height as pyproject.toml tells it to the import linter: the lowest is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["containers"] == ["huiyin"])["layers"]
    rooms = [[room.strip() for room in layer.split("|")] for layer in reversed(layers)]
    return {room: height for height, layer in enumerate(rooms) for room in layer}


def room_of(source) -> str:
    return source.path.relative_to(ROOT / "src" / "huiyin").parts[0]


def room_of_label(label: str) -> str:
    return apps.get_app_config(label).name.removeprefix("huiyin.").split(".")[0]


def test_no_key_written_as_text_points_to_a_room_beside_or_above(product, heights):
    upwards = []
    for source in product:
        own = room_of(source)
        for node in source.walk(ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            target = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "to"), None)
            if name not in RELATIONS or not isinstance(target, ast.Constant) or "." not in str(target.value):
                continue
            other = room_of_label(str(target.value).split(".")[0])
            if other != own and heights[other] >= heights[own]:
                upwards.append(f"{source.name}:{node.lineno} -> {target.value}")

    assert upwards == []


def test_every_relation_stays_in_its_room_or_points_downwards(heights):
    upwards = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.startswith("huiyin.")
        if (own := model.__module__.split(".")[1]) != (other := field.related_model.__module__.split(".")[1])
        if heights[other] >= heights[own]
    ]

    assert upwards == []


def test_a_key_that_crosses_rooms_leaves_no_way_back_up():
    """Django would otherwise hang `complaint_set` on every customer: a lower room knowing an upper one."""
    ways_back = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.startswith("huiyin.")
        if model.__module__.split(".")[1] != field.related_model.__module__.split(".")[1]
        if not field.remote_field.hidden
    ]

    assert ways_back == []


def writes_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        parts = [part for t in targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
        return any(isinstance(part, ast.Attribute) and part.attr == "state" for part in parts)
    if isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called == "setattr":
            return len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
        return called in ("update", "update_or_create") and any(k.arg == "state" for k in node.keywords)
    return False


def test_only_the_lifecycle_writes_the_state_of_a_complaint(product):
    writers = [
        f"{source.name}:{node.lineno}"
        for source in product
        if source.name != LIFECYCLE
        for node in ast.walk(source.tree)
        if writes_state(node)
    ]

    assert writers == []


def test_only_a_complaint_has_a_state(product):
    """All else has a status, so that a search for `state` finds the life of a complaint alone."""
    holders = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.") and any(field.name == "state" for field in model._meta.fields)
    ]

    assert holders in ([], ["Complaint"])
