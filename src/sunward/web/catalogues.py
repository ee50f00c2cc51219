"""The catalogues: one `.po` file per app, its English sentences with their Chinese.

The `.mo` files are built by polib when something starts, so that no machine needs gettext to run Sunward.
Collecting new sentences (`make messages`) does need it.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
_NEVER_COLLECTED = shutil.ignore_patterns("locale", "static", "data", "migrations", "__pycache__")

# Context, sentence, plural.
Key = tuple[str, str, str]


def catalogues(package: Path = PACKAGE) -> list[Path]:
    return sorted(package.glob("**/locale/*/LC_MESSAGES/django.po"))


def build(package: Path = PACKAGE) -> list[Path]:
    """Write every `.mo` file that is older than its source; return those written."""
    written = []
    for source in catalogues(package):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Another process may be reading or building the same file: it must see the old one or the new one.
        fresh = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


# Libraries whose sentences we may say in our own words.
_LIBRARIES = ("django", "allauth", "axes")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence marked in the source, and the app in which it first stands."""

    key: Key
    app: str


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def collect(package: Path = PACKAGE) -> list[Sentence]:
    """Every sentence that the source marks for translation. Needs gettext's xgettext."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(package, copy, ignore=_NEVER_COLLECTED)
        (copy / "locale").mkdir()
        command = [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale",
            "zh_Hans",
            "--no-wrap",
            "--verbosity",
            "0",
        ]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sunward.config.settings.bare"}
        subprocess.run(command, cwd=copy, env=environment, check=True)
        return list(_read_collected(polib.pofile(str(copy / LOCALE))))


def _read_collected(found: polib.POFile) -> Iterator[Sentence]:
    for entry in found:
        place = Path(entry.occurrences[0][0])
        yield Sentence(key_of(entry), place.parts[0] if len(place.parts) > 1 else "")


def bring_up_to_date(package: Path = PACKAGE) -> None:
    """Add what is new to its app's catalogue, untranslated, and take out what no source says any more."""
    sentences = collect(package)
    wanted = {sentence.key for sentence in sentences} | read_borrowed()
    files = {path: polib.pofile(str(path), wrapwidth=0) for path in catalogues(package)}
    known = {key_of(entry) for file in files.values() for entry in file}
    for sentence in sentences:
        if sentence.key in known:
            continue
        path = package / _home(sentence.app) / LOCALE
        file = files.setdefault(path, _new_file())
        context, text, plural = sentence.key
        translations = {"msgid_plural": plural, "msgstr_plural": {0: ""}} if plural else {}
        file.append(polib.POEntry(msgctxt=context or None, msgid=text, **translations))
        sys.stdout.write(f"{path.relative_to(package)}: {text}\n")
    for path, file in files.items():
        for entry in [entry for entry in file if key_of(entry) not in wanted]:
            file.remove(entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(str(path))


def read_borrowed() -> set[Key]:
    """The sentences of the libraries: a catalogue of ours may overrule their translation."""
    folders = [Path(place) for name in _LIBRARIES for place in import_module(name).__path__]
    # Their English lists what their Chinese may still lack.
    languages = ("en", "zh_Hans")
    files = [f for folder in folders for name in languages for f in folder.glob(f"**/locale/{name}/**/django.po")]
    return {key_of(entry) for file in files for entry in polib.pofile(str(file))}


def _home(app: str) -> str:
    """The settings are no app: their sentences lie in the package's own catalogue."""
    return "" if app == "config" else app


def _new_file() -> polib.POFile:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": "zh_Hans",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return file


def main() -> None:
    parser = ArgumentParser(description="Build the catalogues.")
    parser.add_argument("--collect", action="store_true", help="first bring new sentences into the .po files")
    if parser.parse_args().collect:
        bring_up_to_date()
    for path in build():
        sys.stdout.write(f"{path.relative_to(PACKAGE)}\n")


if __name__ == "__main__":
    main()
