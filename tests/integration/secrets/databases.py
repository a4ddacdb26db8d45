"""Everything that a database holds: every row of every table, and every file as it lies there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from integration.secrets.spellings import Evidence, plain

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT table_schema || '.' || table_name FROM information_schema.tables"
    " WHERE table_type = 'BASE TABLE'"
    " AND table_schema NOT IN ('pg_catalog', 'information_schema')",
}


def kept_in(url: str) -> Iterator[Evidence]:
    """Rows first, files then. Nobody needs to have closed it."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        for (table,) in connection.execute(sa.text(TABLES[engine.dialect.name])):
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")).mappings():
                yield f"table {table}", " | ".join(f"{name}={_said(row[name])}" for name in row)
        files = _files_of_server(connection) if engine.dialect.name == "postgresql" else None
    engine.dispose()
    yield from _written_to(*files) if files else _sqlite_files(Path(engine.url.database))


def _said(value: object) -> str:
    """As text; bytes as figures, which are read as bytes again."""
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def _files_of_server(connection: sa.Connection) -> tuple[Path, str]:
    """Where it keeps everything, and the folder of this database there."""
    this = "SELECT oid FROM pg_database WHERE datname = current_database()"
    folder = connection.execute(sa.text("SHOW data_directory")).scalar_one()
    return Path(folder), str(connection.execute(sa.text(this)).scalar_one())


def _sqlite_files(file: Path) -> Iterator[Evidence]:
    """The file, and what stands beside it until it is closed: its log ahead, its journal."""
    for beside in sorted(file.parent.glob(f"{file.name}*")):
        yield f"file {beside.name}", beside.read_bytes().decode("latin-1")


def _written_to(folder: Path, database: str) -> Iterator[Evidence]:
    """A server's files, its log ahead and its log of what went wrong included.

    They are large: only what a program would write is looked for, and only that is evidence. Of
    other tests' databases there are many, and what is in them is not this one's.
    """
    databases = folder / "base"
    others = {each for each in databases.iterdir() if each.name != database}
    for file in sorted(folder.rglob("*")):
        if others.intersection(file.parents):
            continue
        try:
            content = file.read_bytes() if file.is_file() else b""
        except OSError:  # the server has removed it meanwhile
            continue
        found = [text for text in plain() if text.encode() in content]
        yield f"file {file.relative_to(folder)}", " ".join(found)
