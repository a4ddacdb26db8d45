"""``system_packages.py PROGRAM=PACKAGE…``: installs what is missing from Debian, for operations.

Only root can; anybody else is told what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def main(wanted: Sequence[str]) -> int:
    """Install the packages whose programs are missing; exit status 1 where that is not allowed."""
    pairs = [each.partition("=") for each in wanted]
    missing = [package for program, _, package in pairs if not shutil.which(program, path=PLACES)]
    if not missing:
        return 0
    if os.geteuid() != 0:
        print(f"These packages are needed: {' '.join(missing)}", file=sys.stderr)
        return 1
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    for command in (["apt-get", "update", "-q"], install):
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
