"""systemd accepts the units that are handed out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "systemd"


def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    """With the command where it is here."""
    ect = str(Path(sys.executable).with_name("ect"))
    units = []
    for unit in sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]):
        copy = tmp_path / unit.name
        text = unit.read_text("utf-8").replace("/srv/ect/bin/ect", ect)
        copy.write_text(text.replace("User=ect", "User=daemon").replace("Group=ect", ""), "utf-8")
        units.append(str(copy))
    ran = subprocess.run(
        [shutil.which("systemd-analyze") or "systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    about_ours = [line for line in ran.stderr.splitlines() if str(tmp_path) in line]

    assert about_ours == []
    assert ran.returncode == 0, ran.stderr
