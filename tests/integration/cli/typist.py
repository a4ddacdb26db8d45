"""Somebody at a terminal: a pseudo-terminal with `ect` at its other end."""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

from integration.cli.terminal import ECT, PATIENCE, SAID, Ran, environment, heard

CTRL_C, CTRL_D = "\x03", "\x04"


class Typist:
    """Reads what appears on the screen, and types."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self._process = process
        self._keyboard = keyboard
        self.screen = ""
        self._read_to = 0

    def reads(self, text: str) -> None:
        """Wait for this to appear after what was read before."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen[self._read_to :]:
            assert time.monotonic() < end, f"no {text!r} after {self.screen[-400:]!r}"
            if not self._look():
                time.sleep(0.01)
        self._read_to = self.screen.index(text, self._read_to) + len(text)

    def types(self, prompt: str, text: str) -> None:
        """Answer a question; the answer appears as it is typed."""
        self._answers(prompt, text, seen=True)

    def hides(self, prompt: str, text: str) -> None:
        """Answer a question that keeps the answer off the screen."""
        self._answers(prompt, text, seen=False)

    def presses(self, key: str) -> None:
        """One key."""
        os.write(self._keyboard, key.encode())

    def leaves(self) -> Ran:
        """Wait for the end. What came on standard output, and all that stood on the screen."""
        out = self._process.communicate(timeout=PATIENCE)[0]
        while self._look():
            pass
        return heard(self._process.returncode, out, self.screen.encode())

    def _answers(self, prompt: str, text: str, *, seen: bool) -> None:
        self.reads(prompt)
        self._wait_for_echo(seen)
        self.presses(f"{text}\n")

    def stops(self) -> None:
        """Ctrl-C, again if the first came just before the program began to read."""
        end = time.monotonic() + PATIENCE
        while "Stopped." not in self.screen:
            assert time.monotonic() < end, f"it did not stop: {self.screen!r}"
            self.presses(CTRL_C)
            again = time.monotonic() + 1
            while "Stopped." not in self.screen and time.monotonic() < again:
                if not self._look():
                    time.sleep(0.005)

    def _wait_for_echo(self, wanted: bool) -> None:
        end = time.monotonic() + PATIENCE
        while bool(termios.tcgetattr(self._keyboard)[3] & termios.ECHO) is not wanted:
            assert time.monotonic() < end, f"what is typed is shown: {not wanted}"
            time.sleep(0.005)

    def _look(self) -> bool:
        """Whether something new has appeared."""
        if not select.select([self._keyboard], [], [], 0)[0]:
            return False
        try:
            new = os.read(self._keyboard, 65_536)
        except OSError:  # nobody is at the other end any more
            return False
        self.screen += new.decode("utf-8", "replace")
        return bool(new)


@contextmanager
def at_a_terminal(*arguments: str, **settings: str) -> Iterator[Typist]:
    """Run a command there: questions on the screen, results on standard output."""
    keyboard, screen = os.openpty()

    def take_the_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    with subprocess.Popen(
        [ECT, *arguments],
        stdin=screen,
        stdout=subprocess.PIPE,
        stderr=screen,
        env=environment(settings),
        start_new_session=True,
        preexec_fn=take_the_terminal,  # noqa: PLW1509 - no thread of ours holds a lock
    ) as process:
        os.close(screen)
        typist = Typist(process, keyboard)
        try:
            yield typist
        finally:
            process.kill()
            SAID.append(typist.screen)
            os.close(keyboard)
