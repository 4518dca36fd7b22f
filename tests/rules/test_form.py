"""Short files, short functions, imports at the top, plain names."""

from __future__ import annotations

import ast
from pathlib import PurePath

from tests.rules.sources import Source, bad, python, templates, tracked

MOST_LINES, MOST_LINES_OF_FUNCTION, MOST_LINES_OF_TEMPLATE = 300, 40, 120
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}

# Where an import may stand inside a function, and why.
LATE_IMPORTS = {
    ("bebeli/accounts/apps.py", "ready"): "models load after the apps",
    ("bebeli/catalog/apps.py", "ready"): "models load after the apps",
    ("bebeli/orders/apps.py", "ready"): "models load after the apps",
    ("bebeli/kit/sheets.py", "as_xlsx"): "five megabytes of every web process that only a download needs",
    ("bebeli/orders/documents/press.py", "press"): "five megabytes of every web process that only a download needs",
    ("bebeli/sellers/apps.py", "ready"): "models load after the apps",
    ("bebeli/vouchers/apps.py", "ready"): "models load after the apps",
}


def too_long(source: Source) -> list[str]:
    """Name the file and the functions that hold two ideas."""
    found = [f"{source.path}: {source.lines} lines"] if source.lines > MOST_LINES else []
    for function in source.functions:
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > MOST_LINES_OF_FUNCTION:
            found.append(f"{source.path}:{function.lineno} {function.name}: {length} lines")
    return found


def long_template(source: Source) -> list[str]:
    """Name a template that holds two ideas."""
    return [f"{source.path}: {source.lines} lines"] if source.lines > MOST_LINES_OF_TEMPLATE else []


def late_imports(source: Source) -> list[str]:
    """Name functions that import."""
    return [
        f"{source.path}:{node.lineno} in {function.name}"
        for function in source.functions
        if (source.path, function.name) not in LATE_IMPORTS
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def vague(path: str) -> bool:
    """Tell whether a file or folder is named after nothing."""
    return any(part.split(".")[0] in VAGUE for part in PurePath(path).parts)


def test_files_and_functions_hold_one_idea() -> None:
    assert [words for source in python() for words in too_long(source)] == []


def test_templates_hold_one_idea() -> None:
    assert [words for source in templates() for words in long_template(source)] == []


def test_imports_stand_at_the_top() -> None:
    assert [words for source in python() for words in late_imports(source)] == []


def test_every_late_import_is_still_needed() -> None:
    late = {
        (source.path, function.name)
        for source in python()
        for function in source.functions
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert set(LATE_IMPORTS) == late


def test_no_file_is_named_after_nothing() -> None:
    assert [path for path in tracked() if vague(path)] == []


def test_the_rules_of_form_can_fail() -> None:
    assert too_long(bad("x = 1\n" * 301))
    assert not too_long(bad("x = 1\n" * 300))
    assert too_long(bad("def act():\n" + "    x = 1\n" * 40))
    assert not too_long(bad("def act():\n" + "    x = 1\n" * 39))
    assert long_template(bad("<p>\n" * 121))
    assert late_imports(bad("def act():\n    from bebeli.kit import clock\n"))
    assert late_imports(bad("async def act():\n    if 1:\n        import os\n"))
    assert vague("bebeli/orders/utils.py")
    assert vague("bebeli/helpers/money.py")
    assert not vague("bebeli/kit/money.py")
