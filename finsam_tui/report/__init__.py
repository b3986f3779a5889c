"""The reports: made from the register as data, put out in the forms of `render.formats`.

    made = report.build(register, "oversikt", Period.year(2024), today=date.today())
    sys.stdout.buffer.write(formats.FORMATS["text"].content(made))

What reports there are is in `catalogue`, what they are narrowed to in `filters`.
"""

from finsam_tui.report.building import build
from finsam_tui.report.filters import Filters
from finsam_tui.report.model import Report

__all__ = ["Filters", "Report", "build"]
