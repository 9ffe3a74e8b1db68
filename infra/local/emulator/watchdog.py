"""Ends the emulator and its workers when the process that started it is gone."""

import os
import signal
import threading

_STANDARD_INPUT = 0


def die_with_parent() -> None:
    """Standard input is a pipe that only the parent holds: its end is the parent's end, however it died."""
    threading.Thread(target=_wait_for_end_of_input, daemon=True, name="watchdog").start()


def _wait_for_end_of_input() -> None:
    # Unbuffered: a thread that blocks inside sys.stdin makes Python's own shutdown fail.
    while os.read(_STANDARD_INPUT, 1):
        continue
    leads_own_group = hasattr(os, "killpg") and os.getpgid(0) == os.getpid()
    if leads_own_group:
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
