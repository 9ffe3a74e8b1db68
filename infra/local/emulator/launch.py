"""Starts the pinned MiniStack with its gaps repaired in memory; what is installed stays as published."""

import logging
import os
import sys
from importlib.metadata import PackageNotFoundError, version

from repairs import apply_repairs
from watchdog import die_with_parent

SUPPORTED_VERSION = "1.5.33"
REFUSED = 2


def refuse_other_versions() -> None:
    """The repairs name internals, so any other version could be broken by them without a sign."""
    try:
        installed = version("ministack")
    except PackageNotFoundError:
        installed = "none"
    if installed != SUPPORTED_VERSION:
        print(f"The emulator needs ministack {SUPPORTED_VERSION}, but {installed} is installed.", file=sys.stderr)
        sys.exit(REFUSED)


def main() -> None:
    refuse_other_versions()
    if os.environ.get("EMULATOR_DIES_WITH_PARENT") == "1":
        die_with_parent()
    from ministack import app

    applied = apply_repairs(os.environ.get("EMULATOR_REPAIRS_OFF", ""))
    logging.getLogger("emulator").info("repairs applied: %s", ", ".join(applied) or "none")
    app.main()


if __name__ == "__main__":
    main()
