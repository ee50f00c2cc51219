"""The example in the documentation runs, and says what it says."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "mechanisms" / "pairing.md"


def test_the_example_in_the_documentation_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, PAGE.name, "exec"), names)
    assert json.loads(json.dumps(names["plain"])) == names["plain"]


@pytest.mark.parametrize("kind", ["Reason", "Fault"])
def test_every_code_the_engine_gives_people_is_in_the_documentation(kind: str) -> None:
    text = PAGE.read_text("utf-8")
    engine = Path(__file__).parents[3] / "src" / "sunward_match" / "pairing"
    source = "\n".join(file.read_text("utf-8") for file in sorted(engine.glob("*.py")))
    codes = set(re.findall(rf'{kind}\(\s*"(\w+)"', source))
    assert len(codes) >= 14
    assert {code for code in codes if f"`{code}`" not in text} == set()
