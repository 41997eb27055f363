"""Files and functions stay small enough to be read at once; over the limit they are cut by noun."""

import ast

FILE_LINES = 400
FUNCTION_LINES = 40


def test_no_file_is_longer_than_400_lines(everything):
    long = {source.name: len(source.text.splitlines()) for source in everything}

    assert {name: lines for name, lines in long.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines(everything):
    long = {
        f"{source.name}:{node.lineno} {node.name}": lines
        for source in everything
        for node in source.walk(ast.FunctionDef, ast.AsyncFunctionDef)
        if (lines := node.end_lineno - node.lineno + 1) > FUNCTION_LINES
    }

    assert long == {}
