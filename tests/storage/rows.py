"""Rows put straight into a register, so that a test says all that a list should find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.forms.derived import search_key

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register


@dataclass(frozen=True)
class Rows:
    """Inserts rows with few words; each method returns the id."""

    register: Register

    def add(self, table: str, **columns: object) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        with self.register.write() as conn:
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            return conn.execute(sql, tuple(columns.values())).lastrowid

    def change(self, table: str, id: int | str, **columns: object) -> None:
        wanted = ", ".join(f"{name} = ?" for name in columns)
        with self.register.write() as conn:
            conn.execute(f"UPDATE {table} SET {wanted} WHERE id = ?", (*columns.values(), id))

    def association(self) -> None:
        """Two programmes, the first limited to 12 months; coaches C1 and C2, coordinator S1."""
        self.add("municipality", id="1881", name="Kumla")
        self.add("programme", id="SAM", name="Teamet", type="individual", max_months=12)
        self.add("programme", id="VAXA", name="Växa", type="individual")
        self.add("staff", id="C1", name="Cecilia", role="coach")
        self.add("staff", id="C2", name="Cesar", role="coach")
        self.add("staff", id="S1", name="Sam", role="coordinator")

    def person(self, first: str = "Eva", last: str = "Ek", **more: object) -> int:
        columns: dict[str, object] = {
            "registration": "person",
            "first_name": first,
            "last_name": last,
            "birth_date": "1990-05-17",
            "sex": "woman",
            "municipality": "1881",
            "phone": "070-174 06 07",
            **more,
        }
        return self.add("participant", **columns, search_key=search_key(columns))  # type: ignore[arg-type] # text all of it

    def anonymous(self) -> int:
        key = search_key({"registration": "anonymous"})
        return self.add("participant", registration="anonymous", sex="woman", search_key=key)

    def enrolment(self, participant: int, start: str, **more: object) -> int:
        columns = {"programme": "SAM", "staff": "C1", "start_date": start, **more}
        return self.add("enrolment", participant_id=participant, **columns)

    def complete(self, enrolment: int, date: str) -> None:
        """Give an enrolment all that the gaps ask for."""
        self.add("screening", enrolment_id=enrolment, date=date, status="declined")
        self.add("ors", enrolment_id=enrolment, date=date, occasion="start", total=18.8)
        self.add("plan", enrolment_id=enrolment, date=date, goal="Praktik")
        self.add("assessment", enrolment_id=enrolment, date=date, occasion="month")

    def call(self, due: str, *, person: int | None = None, **more: object) -> int:
        """Make a call to somebody whose enrolment is over."""
        staff = more.pop("staff", "C1")
        enrolment = self.enrolment(
            person or self.person(), "2022-01-10", end_date="2023-01-10", staff=staff
        )
        self.add("ors", enrolment_id=enrolment, date="2023-01-10", occasion="closure", total=20)
        return self.add("follow_up", enrolment_id=enrolment, months="6", due_date=due, **more)
