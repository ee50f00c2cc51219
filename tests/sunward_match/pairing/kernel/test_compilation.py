"""The kernels must run wherever the package is installed, and nobody should wait for the compiler twice."""

import subprocess
import sys
from pathlib import Path

import pytest
from numba.core import caching

from sunward_match.pairing.kernel.compilation import compiled

ROOT = Path(__file__).parents[4]

COUNT_COMPILATIONS = """
import sys
from sunward_match.pairing import LivePairing, pair, warm_up
from sunward_match.pairing.kernel.bounds import find_largest_prices
from sunward_match.pairing.kernel.problem import state_problem
from tests.sunward_match.instances import district

def count():
    modules = [module for name, module in sys.modules.items() if name.startswith("sunward_match.pairing.kernel.")]
    return sum(len(one.signatures) for module in modules for one in vars(module).values() if hasattr(one, "signatures"))

warm_up()
warm = count()
for places in (0.5, 1.5):
    asked = district(50, places=places, seed=1)
    find_largest_prices(state_problem(**asked), pair(**asked))
    live = LivePairing(**asked)
    child, _ = live.add_child(asked["right"][:5], asked["weight"][:5], tier=4)
    live.remove_child(child)
    mentor, _ = live.add_mentor(asked["left"][::30], asked["weight"][::30])
    live.close_place(mentor)
    live.open_place(mentor)
    live.remove_mentor(3)
    live.read()
assert warm > 15, warm
assert count() == warm, (warm, count())
"""


def double(number: int) -> int:
    return 2 * number


def test_without_any_place_for_the_cache_the_kernel_runs_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CompileResultCacheImpl, "_locator_classes", [])
    assert compiled(double)(21) == 42


def test_after_warming_up_nothing_more_is_compiled() -> None:
    subprocess.run([sys.executable, "-c", COUNT_COMPILATIONS], cwd=ROOT, check=True, timeout=300)
