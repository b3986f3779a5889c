"""When something that is missing counts as a gap."""

from __future__ import annotations

SETTLED = 14  # days after the start when screening, ORS and plan should be there
