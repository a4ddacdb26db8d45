"""Copy what the pages are made of from npm packages: ``python -m`` and this module's name.

Each file gets a name that changes with its content, so that browsers may keep it for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ect_registration.domain import text

HERE = Path(__file__).parents[1]
OURS = HERE / "front_end"
BUILT = HERE / "static"
NAMES = "names.json"  # what each file is called now
PACKAGES = Path("node_modules")

GOVUK = Path("govuk-frontend", "dist", "govuk")
AUTOCOMPLETE = Path("accessible-autocomplete", "dist")
STYLES = GOVUK / "govuk-frontend.min.css"
PACKED = (  # those that others refer to come first
    GOVUK / "assets/fonts",
    GOVUK / "assets/images",
    GOVUK / "assets/manifest.json",
    STYLES,
    GOVUK / "govuk-frontend.min.js",
    AUTOCOMPLETE / "accessible-autocomplete.min.css",
    AUTOCOMPLETE / "accessible-autocomplete.min.js",
)
TEXT = {".css", ".js", ".json", ".svg"}

# How one file refers to another: in GOV.UK's styles, in its manifest, and in what we wrote.
_REFERENCE = re.compile(
    r"/assets/(?:fonts|images)/([\w.-]+)|(?<=\")images/([\w.-]+)|asset:([\w.-]+)"
)
_SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+\s*(\*/)?\s*$")

# The typeface of GOV.UK may be used there only: it goes into a style sheet of its own.
_TYPEFACE = "GDS Transport,arial,sans-serif"
_FACE = re.compile(r"@font-face\{[^}]*\}")


def build(packages: Path = PACKAGES, built: Path = BUILT) -> Mapping[str, str]:
    """Builds the static files into an empty ``built``, and returns the new name of each."""
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir(parents=True)
    names: dict[str, str] = {}
    for source, original in _sources(packages):
        content = original if source.suffix not in TEXT else _refer(original, names)
        names[source.name] = name = _name(source, content)
        (built / name).write_bytes(content)
        if source.suffix in TEXT:
            (built / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
    (built / NAMES).write_text(json.dumps(names, indent=1), encoding="utf-8")
    return names


def _sources(packages: Path) -> Iterator[tuple[Path, bytes]]:
    for packed in PACKED:
        path = packages / packed
        if packed == STYLES:
            yield from _styles(path)
        else:
            for file in sorted(path.iterdir()) if path.is_dir() else [path]:
                yield file, file.read_bytes()
    yield Path("letters.js"), _letters().encode()
    for file in sorted(OURS.iterdir()):
        yield file, file.read_bytes()


def _styles(path: Path) -> Iterator[tuple[Path, bytes]]:
    """Yields the styles without a typeface, and a sheet with GOV.UK's: ``--app-typeface``."""
    styles = path.read_text(encoding="utf-8")
    without = _FACE.sub("", styles).replace(_TYPEFACE, "var(--app-typeface)")
    govuk = "".join(_FACE.findall(styles)) + f":root{{--app-typeface:{_TYPEFACE}}}"
    yield path, without.encode()
    yield path.with_name("govuk-typeface.css"), govuk.encode()


def _letters() -> str:
    """Returns the tables that names are folded by, as a script, so that they are written once."""
    tables: Mapping[str, object] = {
        "LETTERS": {**text.PLAIN_LETTERS, **text.SPOKEN},
        "APOSTROPHES": "".join(sorted(text.APOSTROPHES)),
        "DASHES": "".join(sorted(text.MORE_DASHES)),
        "SILENT": "".join(sorted(text.SILENT)),
        "STOPS": "".join(sorted(text.STOPS)),
    }
    return "".join(f"export const {name} = {json.dumps(tables[name])};\n" for name in tables)


def _refer(content: bytes, names: Mapping[str, str]) -> bytes:
    """Returns the text with the new names of the files that it refers to.

    They are all in one folder, so the references are relative: the service may be below a prefix.
    """

    def renamed(found: re.Match[str]) -> str:
        return f"./{names[found[1] or found[2] or found[3]]}"

    return _REFERENCE.sub(renamed, _SOURCE_MAP.sub("", content.decode())).encode()


def _name(source: Path, content: bytes) -> str:
    return f"{source.stem}-{hashlib.sha256(content).hexdigest()[:12]}{source.suffix}"


if __name__ == "__main__":
    build()
