"""The reports: made from the register as data, put out in the forms of `render.formats`.

    made = report.build(register, "oversikt", Period.year(2024), today=date.today())
    print(report.render_text(made, 80), end="")

What reports there are is in `catalogue`, what they are narrowed to in `filters`.
"""

from finsam_tui.report.building import build
from finsam_tui.report.filters import Filters
from finsam_tui.report.model import Report
from finsam_tui.report.render.as_json import render_json
from finsam_tui.report.render.plain import render_text, rich_text

__all__ = ["Filters", "Report", "build", "render_json", "render_text", "rich_text"]
