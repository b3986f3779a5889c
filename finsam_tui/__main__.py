"""`python -m finsam_tui` is `finsam`."""

import sys

from finsam_tui.cli import main

sys.exit(main())
