"""Every benchmark, one after the other, each in a process of its own: `make bench`, or `make bench ONLY=pairing`.

    python -m bench [--list] [NAME …]

A benchmark is a module here with a `__main__` part. Without arguments it runs at the size its docstring names, and
prints ratios of one run. One that lacks what it needs says so and exits with 77.
"""

import argparse
import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
LACKING = 77


def benchmarks() -> Iterator[tuple[str, str]]:
    """Name and first line of what it says of itself."""
    for path in sorted(HERE.rglob("*.py")):
        text = path.read_text()
        if path != Path(__file__).resolve() and '__name__ == "__main__"' in text:
            name = path.relative_to(HERE).with_suffix("").as_posix().replace("/", ".")
            yield name, (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them if none is named")
    parser.add_argument("--list", action="store_true", help="only say which there are")
    arguments = parser.parse_args()
    known = dict(benchmarks())
    unknown = set(arguments.names) - set(known)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    failed = []
    for name in arguments.names or known:
        print(f"\n── {name}: {known[name]}", flush=True)
        if not arguments.list and not run(name):
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


def run(name: str) -> bool:
    started = time.monotonic()
    code = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
    print(f"   {'left out' if code == LACKING else f'{time.monotonic() - started:.0f} s'}", flush=True)
    return code in (0, LACKING)


if __name__ == "__main__":
    sys.exit(main())
