"""Kills a real finsam again and again while a form is filled in; prints how often answers went.

Run from the development environment: python scripts/kill.py [--times N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.tui.killing import Kills, new_participant, next_call, opened  # noqa: E402 - we are there

A_FORM = 5  # kills of one draft, before another is begun


def demo(folder: Path) -> tuple[Path, Path]:
    """Make a small demo register; return it and its key file."""
    path, key_file = folder / "demo.db", folder / "demo.key"
    made = ("demo", "--no-tui", "--size", "60", "--keep", str(path), "--key-file", str(key_file))
    subprocess.run([sys.executable, "-m", "finsam_tui", *made], check=True, cwd=PROJECT)
    return path, key_file


def main() -> int:
    """Kill and tell; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="kills of each form")
    parser.add_argument("--seed", type=int, default=1, help="another number types other keys")
    args = parser.parse_args()
    told: dict[str, object] = {}
    lost: list[str] = []
    for way in (new_participant, next_call):
        tried = 0
        for start in range(0, args.times, A_FORM):
            with tempfile.TemporaryDirectory(prefix="finsam-kill-") as name:
                path, key_file = demo(Path(name))
                with opened(path, key_file) as register:
                    kills = Kills(path, key_file, register, way(register))
                    count = min(A_FORM, args.times - start)
                    kills.run(count, Random(args.seed + start))  # noqa: S311 - not for secrets
            tried += kills.tried
            lost += kills.lost
        told[way.__name__] = {"tried": tried}
    print(json.dumps({**told, "lost": lost}, ensure_ascii=False, indent=1))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
