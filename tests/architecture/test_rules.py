"""A rule that nothing enforces, and a refusal without a rule, are both mistakes."""

import ast
from importlib import import_module
from pkgutil import walk_packages

import pytest

import huiyin
from huiyin.rules import Refusal, Rule, all_rules


@pytest.fixture(scope="module", autouse=True)
def _whole_house():
    """Import every module, so that every rule is declared and every refusal known."""
    for module in walk_packages(huiyin.__path__, "huiyin."):
        if ".migrations" not in module.name and not module.name.endswith((".__main__", ".wsgi")):
            import_module(module.name)


def refusals(kind=Refusal):
    for below in kind.__subclasses__():
        if below.__module__.startswith("huiyin."):
            yield below
            yield from refusals(below)


def test_every_refusal_names_a_declared_rule_and_has_a_sentence():
    """A class that only gathers others below it needs neither."""
    nameless = [
        kind.__qualname__
        for kind in refusals()
        if not kind.__subclasses__()
        and not (isinstance(getattr(kind, "rule", None), Rule) and str(getattr(kind, "sentence", "")))
    ]

    assert nameless == []


def test_every_rule_is_used_outside_the_list_that_declares_it(product):
    declared = {}
    used = set()
    for source in product:
        if source.path.name == "rules.py":
            for node in source.walk(ast.Assign):
                if isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "declare":
                    declared[node.targets[0].id] = node.value.args[0].value
        else:
            used |= {node.id for node in source.walk(ast.Name)} | {node.attr for node in source.walk(ast.Attribute)}

    assert sorted(code for name, code in declared.items() if name not in used) == []


def test_every_rule_that_refuses_is_enforced_by_a_refusal():
    enforced = {kind.rule.code for kind in refusals() if hasattr(kind, "rule")}

    assert [rule.code for rule in all_rules() if rule.level == "refuse" and rule.code not in enforced] == []
