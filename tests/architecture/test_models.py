"""Models are nouns: no hidden work on save, no signals, no generic relations, no clock of their own."""

import ast

FORBIDDEN_IMPORTS = {
    "django.contrib.contenttypes.fields": "generic relations hide who points at whom",
    "django.contrib.admin": "the desk is the only place to work",
    "django.db.models.signals": "a reaction is a row the worker does",
    "django.dispatch": "a reaction is a row the worker does",
}
HIDDEN_WORK = {"save", "delete", "full_clean"}


def test_no_model_does_hidden_work_when_it_is_saved(product):
    hidden = [
        f"{source.name}:{method.lineno} {owner.name}.{method.name}"
        for source in product
        if "/models" in source.name
        for owner in source.walk(ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef) and method.name in HIDDEN_WORK
    ]

    assert hidden == []


def test_nobody_imports_signals_generic_relations_or_the_admin(product):
    found = [
        f"{source.name}:{node.lineno} {module}: {FORBIDDEN_IMPORTS[module]}"
        for source in product
        for node in source.walk(ast.ImportFrom, ast.Import)
        for module in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if module in FORBIDDEN_IMPORTS
    ]

    assert found == []
