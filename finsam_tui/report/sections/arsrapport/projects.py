"""Projects: every programme beside the one the report is about, each told of by itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import COUNT, GROUP, check, texts
from finsam_tui.report.sections.arsrapport._ages import ages
from finsam_tui.report.sections.arsrapport._places import by_place, cross_table, homes, place_table
from finsam_tui.report.sections.arsrapport._referrers import key_table
from finsam_tui.report.sections.arsrapport._written import of_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from finsam_tui.report.model import Base
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Projekt"
QUERIES = (
    "report_texts",
    "report_municipality",
    "report_arsrapport_programmes",
    "report_arsrapport_projects",
)
PARTS = ("projects",)

_SENTENCE = "{group}: {count|inskrivning|inskrivningar} av {unique|person|personer}."
_OWN_PARTS = ("projects", "purpose", "target_group", "methods")


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of each programme but the largest, or but the one that the report is narrowed to."""
    passages, notes = texts(rows, scope, *PARTS)
    projects = [row for row in rows["report_arsrapport_programmes"] if not row["main"]]
    counted = rows["report_arsrapport_projects"]
    base = scopes.base(_of(counted, "base"), "enrolments", "persons", of="projects")
    counts = {
        project["id"]: sum(row["enrolments"] for row in _of(counted, "home", project["id"]))
        for project in projects
    }
    own = (_tables(project, counted, rows, scope, base) for project in projects)
    written = (of_project(rows, scope, project, *_OWN_PARTS) for project in projects)
    return Section(
        id="projects",
        title=TITLE,
        rule="Deltog i perioden i någon annan insats än "
        f"{'den valda' if scope.filters.programme else 'den största'}.",
        base=base,
        tables=(_overview(projects, counts, counted), *chain.from_iterable(own)),
        sentences=tuple(Told(_SENTENCE, "projects", project["id"]) for project in projects),
        notes=notes if projects else ("Inga andra insatser i perioden.",),
        warnings=check(counts.values(), base, "Projekten"),
        texts=(*passages, *chain.from_iterable(written)),
    )


def _of(counted: Sequence[Record], what: str, programme: str | None = None) -> list[Record]:
    return [row for row in counted if row["what"] == what and row["programme"] == programme]


def _overview(
    projects: Sequence[Record], counts: Mapping[str, int], counted: Sequence[Record]
) -> Table:
    unique = {row["programme"]: row["persons"] for row in counted if row["what"] == "persons"}
    lines = [
        Row(id := project["id"], (project["name"], counts[id], unique.get(id, 0)))
        for project in projects
    ]
    columns = (GROUP, COUNT, Column("unique", "Unika", of="projects.unique"))
    return Table("projects", columns, tuple(lines), of="projects", by="programme", adds=True)


def _tables(
    project: Record, counted: Sequence[Record], rows: Rows, scope: Scope, base: Base
) -> Iterator[Table]:
    """Yield where those in a project live, who referred them, and how old they are."""
    id, name = project["id"], project["name"]
    found = _of(counted, "home", id)
    places = homes(rows["report_municipality"])
    referrers = f"{name}: aktualiserande parter"
    for table in (
        place_table("home", by_place(found), places, of=base.of, title=f"{name}: hemkommun"),
        cross_table("cross", found, places, scope.codes, of=base.of, title=referrers),
        key_table("referrers", found, scope.codes, of=base.of),
        *(
            table._replace(title=f"{name}: ålder vid start")
            for table in ages(_of(counted, "age", id), scope, base).tables
        ),
    ):
        yield _narrowed(table, id)


def _narrowed(table: Table, programme: str) -> Table:
    """Return a table as the one of a programme, with its id."""
    within = f"programme={programme}"
    return table._replace(
        id=f"{table.id}_{programme}",
        columns=tuple(
            column if column.kind == "text" else column._replace(within=(*column.within, within))
            for column in table.columns
        ),
    )
