"""Old copies go by rule, and none goes while something looks wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.copies import CORE, kept, shrunk, went_back
from finsam_tui.storage import copies, manifest
from finsam_tui.storage.manifest import Contents, Manifest, Print
from tests.backups import NIGHT, Site, nights

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def days(*texts: str) -> set[datetime]:
    return {datetime.fromisoformat(f"{text}T01:30:00+00:00") for text in texts}


def test_seven_days_five_weeks_and_twelve_months_are_kept() -> None:
    every_night = [datetime(2023, 1, 1, 1, 30, tzinfo=UTC) + timedelta(days=n) for n in range(500)]
    assert every_night[-1] == datetime(2024, 5, 14, 1, 30, tzinfo=UTC)  # a Tuesday
    assert kept(every_night) == days(
        *("2024-05-14", "2024-05-13", "2024-05-12", "2024-05-11", "2024-05-10", "2024-05-09"),
        *("2024-05-08", "2024-05-05", "2024-04-28", "2024-04-21"),
        *("2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31", "2023-12-31", "2023-11-30"),
        *("2023-10-31", "2023-09-30", "2023-08-31", "2023-07-31", "2023-06-30"),
    )


def test_of_one_day_the_last_copy_is_kept() -> None:
    hours = [NIGHT + timedelta(hours=n) for n in range(6)]
    assert kept(hours) == {hours[-1]}


def test_a_night_in_the_far_future_pushes_out_one_copy_of_each_kind_at_most() -> None:
    usual = nights(40)
    odd = [*usual, NIGHT + timedelta(days=30_000)]
    assert len(kept(usual) - kept(odd)) <= 2


times = st.sets(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), max_size=60
)


@given(times)
def test_the_latest_is_always_kept_and_few_in_all(moments: set[datetime]) -> None:
    stay = kept(moments)
    assert stay <= moments
    assert len(stay) <= 7 + 5 + 12
    assert not moments or max(moments) in stay


@given(times)
def test_to_rotate_twice_is_to_rotate_once(moments: set[datetime]) -> None:
    assert kept(kept(moments)) == kept(moments)


def test_a_table_may_lose_a_fifth_and_not_more() -> None:
    assert shrunk({"participant": 100}, {"participant": 80}, {}) == ()
    assert shrunk({"participant": 100}, {"participant": 79}, {}) == ("participant",)
    assert shrunk({"note": 1}, {}, {}) == ("note",)
    assert shrunk({}, {"note": 1}, {}) == ()
    assert shrunk({"draft": 10}, {"draft": 0}, {}) == ()  # not what a register is kept for


def test_what_was_erased_is_not_lost() -> None:
    assert shrunk({"note": 100}, {"note": 40}, {"note": 40}) == ()
    assert shrunk({"note": 100}, {"note": 40}, {"note": 39}) == ("note",)
    assert shrunk({"note": 100}, {"note": 40}, {"ors": 60}) == ("note",)


def test_the_core_tables_are_tables(site: Site) -> None:
    assert set(CORE) <= set(site.back_up().manifest.contents.counts)


def test_the_clock_may_be_put_right_by_a_little() -> None:
    assert not went_back([], NIGHT)
    assert not went_back([NIGHT + timedelta(minutes=5)], NIGHT)
    assert went_back([NIGHT - timedelta(days=1), NIGHT + timedelta(minutes=6)], NIGHT)


def put(folder: Path, made: datetime, *doubts: str) -> Path:
    """Put a copy of nothing in a folder, with the manifest and the key file of a real one."""
    path = folder / copies.name(made, copies.PLAIN)
    path.write_bytes(b"kopia")
    copies.keys_of(path).write_bytes(b"nycklar")
    nothing = Contents(1, {}, {}, {})
    told = Manifest(made.isoformat(), "0", "", nothing, Print(5, ""), Print(7, ""), doubts)
    manifest.path_of(path).write_bytes(told.to_bytes(bytes(32)))
    return path


def test_what_need_not_be_kept_goes_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    made = nights(9)
    paths = [put(tmp_path, night) for night in made]
    gone = copies.rotate(copies.finished(tmp_path))
    stay = kept(made)
    assert gone == [p.name for p, night in zip(paths, made, strict=True) if night not in stay]
    assert gone
    left = {p.name for p in tmp_path.iterdir()}
    ends = ("", ".json", ".nycklar")
    assert left == {p.name + end for p in paths if p.name not in gone for end in ends}


def test_doubtful_copies_push_out_no_good_one(tmp_path: Path) -> None:
    good = [put(tmp_path, night) for night in nights(7)]
    for n in range(30):
        put(tmp_path, nights(7)[-1] + timedelta(days=n + 1), "shrunk:note")
    copies.rotate(copies.finished(tmp_path))
    assert all(path.exists() for path in good)


def test_a_copy_that_is_not_whole_is_left_to_be_looked_at(tmp_path: Path) -> None:
    odd = put(tmp_path, NIGHT - timedelta(days=400))
    odd.write_bytes(b"kop")
    without = put(tmp_path, NIGHT - timedelta(days=401))
    manifest.path_of(without).unlink()
    for night in nights(9):
        put(tmp_path, night)
    copies.rotate(copies.finished(tmp_path))
    assert odd.exists()
    assert without.exists()


def test_a_job_rotates_and_names_what_is_not_whole(site: Site) -> None:
    first, *_ = (site.back_up(night).path for night in nights(2))
    first.write_bytes(b"stympad")
    done = site.back_up(nights(2)[1] + timedelta(hours=5))
    assert done.odd == (first.name,)
    assert done.removed == ("finsam-20240316T013000Z.db",)
    assert site.half_made() == []


def test_nothing_goes_when_a_core_table_shrank_until_that_is_allowed(site: Site) -> None:
    site.people(10)
    site.back_up(NIGHT)
    site.people(7)
    hours = [NIGHT + timedelta(hours=n) for n in range(1, 5)]
    for hour in hours[:2]:  # and not just the first time
        done = site.back_up(hour)
        assert done.manifest.doubts == ("shrunk:participant",)
        assert done.removed == ()
    assert len(site.copies()) == 3
    assert site.back_up(hours[2], allow_shrink=True).manifest.doubts == ()
    assert site.back_up(hours[3]).manifest.doubts == ()
    assert len(site.copies()) == 1


def test_nothing_goes_when_the_clock_went_back(site: Site) -> None:
    site.back_up(NIGHT)
    site.back_up(NIGHT + timedelta(hours=2))
    done = site.back_up(NIGHT + timedelta(hours=1))
    assert done.manifest.doubts == ("clock",)
    assert done.removed == ()
    assert len(site.copies()) == 2  # the first went when the second came, in good order


def test_nothing_goes_for_a_copy_of_a_register_with_broken_links(site: Site) -> None:
    site.back_up(NIGHT)
    conn_sql = "INSERT INTO programme_follow_up (programme_id, months) VALUES ('INGEN', '6')"
    with site.opened() as register:
        register.conn.execute("PRAGMA foreign_keys = OFF")
        with register.write() as conn:
            conn.execute(conn_sql)
    done = site.back_up(NIGHT + timedelta(hours=1))
    assert done.manifest.doubts == ("broken:programme_follow_up",)
    assert len(site.copies()) == 2


def test_nothing_goes_for_a_copy_of_a_register_whose_audit_was_cut(site: Site) -> None:
    site.back_up(NIGHT)
    site.sql(site.path, "DROP TRIGGER audit_note_delete")
    done = site.back_up(NIGHT + timedelta(hours=1))
    assert done.manifest.doubts == ("unaudited:audit_note_delete",)
    assert len(site.copies()) == 2
