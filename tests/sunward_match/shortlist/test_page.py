"""The example in the documentation runs, and every code is explained there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "mechanisms" / "shortlist.md"


def test_the_example_on_the_page_runs() -> None:
    for example in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(compile(example, PAGE.name, "exec"), {})


def test_every_code_of_a_fault_is_on_the_page() -> None:
    text = PAGE.read_text("utf-8")
    source = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "src/sunward_match/shortlist").rglob("*.py")))
    codes = set(re.findall(r'Fault\(\s*"(\w+)"', source))
    assert len(codes) >= 20
    assert {code for code in codes if f"`{code}`" not in text} == set()
