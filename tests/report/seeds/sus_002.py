"""What SUS printed for Samordningsteam Västerås 2022, as it stands in seed 002.

The report is scanned, and the scan is read through its misspellings: where a figure has come out as
another one, its share or the sum of its column says which it is. Its tables have different bases
(86 begun, 53, 57 and 47 closed), so there is one register for each.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from finsam_tui.domain.dates import add_months
from tests.report.seeds.sus_files import Enrolment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Shares = dict[str, tuple[int, float]]

Key = TypeVar("Key")


class BeforeAfter(NamedTuple):
    """A row of what was before and after; the change in per cent is printed whole, and cut off."""

    before: int | None
    share_before: float | None
    after: int
    share_after: float | None
    change_share: int | None


YEAR = 2022
START, END = date(2022, 3, 1), date(2022, 11, 15)

# "SUS - Utbildningsnivå": women, their share, men, their share; of 86.
EDUCATION = {
    "compulsory": (15, 17.4, 9, 10.5),
    "upper_secondary": (16, 18.6, 12, 14.0),
    "other_post_secondary": (7, 8.1, 6, 7.0),
    "university_1": (2, 2.3, 1, 1.2),
    "university_3": (5, 5.8, 1, 1.2),
    "university_more": (6, 7.0, 3, 3.5),
    "unknown": (0, 0.0, 3, 3.5),
}
# "SUS - Åldersfördelning": count and share of 86.
AGE: Shares = {"15-29": (17, 19.8), "30-44": (38, 44.2), "45-59": (27, 31.4), "60-74": (4, 4.7)}
# "SUS - Tid i offentlig försörjning": count and share of 86. The share of "upp till 2 år" has come
# out of the scan as 8.3.
PUBLIC_SUPPORT_TIME: Shares = {
    "y1": (6, 7.0),
    "y2": (8, 9.3),
    "y3": (15, 17.4),
    "y4": (9, 10.5),
    "y5": (6, 7.0),
    "y6": (7, 8.1),
    "y7": (5, 5.8),
    "y8": (2, 2.3),
    "y9": (5, 5.8),
    "more": (19, 22.1),
    "not_applicable": (4, 4.7),
}
# "SUS - Avslutsanledningar": count and share of 53. The share of "pga flytt" has come out as 1.8.
CLOSURE_REASON: Shares = {
    "discharge": (15, 28.3),
    "moved": (1, 1.9),
    "illness": (20, 37.7),
    "continued_rehabilitation": (11, 20.8),
    "unmeasured": (6, 11.3),
}
# "SUS - Sysselsättning efter avslutad insats", second layout, of 53: before, its share, after, its
# share, change in per cent. The changes themselves are printed as before less
# after.
OCCUPATION_KINDS = {
    "work": BeforeAfter(2, 12.5, 1, 1.9, -50),
    "subsidised_work": BeforeAfter(0, None, 4, 7.5, None),
    "studies": BeforeAfter(0, None, 2, 3.8, None),
    "job_seeking": BeforeAfter(14, 87.5, 15, 28.3, 7),
    "unmeasured": BeforeAfter(None, None, 6, 11.3, None),
    "missing": BeforeAfter(None, None, 29, 54.7, None),
    "work_or_studies": BeforeAfter(2, 12.5, 7, 13.2, 250),
}
# The first layout, whose base cannot be read; its sum is 57.
OCCUPATION = {
    "job_seeking": BeforeAfter(14, 87.5, 15, 26.3, 7),
    "employment": BeforeAfter(2, 12.5, 5, 8.8, 150),
    "studies": BeforeAfter(0, None, 2, 3.5, None),
    "missing": BeforeAfter(None, None, 35, 61.4, None),
    "all": BeforeAfter(16, 100.0, 57, 100.0, 256),
}
# "Deltagarnas försörjningsförändringar": before, its share, after, its share, change in per cent;
# the shares are of 61 livelihoods. Where only one count is printed the scan does not say of which
# column it is. The sums of 61 leave two after for such counts, and those are taken that a closure
# leads to: one with sickness compensation, one with student aid. The row without a label is six
# after, as many as closed without measurement.
LIVELIHOOD = {
    "unemployment_benefit": BeforeAfter(2, 3.3, 0, None, None),
    "activity_compensation": BeforeAfter(2, 3.3, 0, None, None),
    "activity_support": BeforeAfter(4, 6.6, 9, 14.8, 125),
    "other_public": BeforeAfter(1, 1.6, 0, None, None),
    "income_support": BeforeAfter(38, 62.3, 28, 45.9, -26),
    "sickness_compensation": BeforeAfter(0, None, 1, 1.6, None),
    "sickness_benefit": BeforeAfter(12, 19.7, 10, 16.4, -16),
    "student_aid": BeforeAfter(0, None, 1, 1.6, None),
    "no_public": BeforeAfter(2, 3.3, 6, 9.8, 200),
    "missing": BeforeAfter(0, None, 6, 9.8, None),
}
# "SUS - Tid i samverkansinsats (avslutade)": count and share of 47. The third count has come out as
# 18, but its share and the sum are those of 19.
PROGRAMME_TIME: Shares = {
    "1-5": (7, 14.9),
    "6-10": (13, 27.7),
    "11-15": (19, 40.4),
    "16-20": (8, 17.0),
}


def started() -> list[Enrolment]:
    """Return the 86 that began, with education, age and time in public support."""
    groups = [
        (education, sex)
        for education, (women, _, men, _) in EDUCATION.items()
        for sex in (*repeat("kvinna", women), *repeat("man", men))
    ]
    ages = _repeated({int(band.partition("-")[0]): count for band, (count, _) in AGE.items()})
    times = _repeated({time: count for time, (count, _) in PUBLIC_SUPPORT_TIME.items()})
    return [
        Enrolment(
            sex,
            START,
            born=START.replace(year=START.year - age),
            education=education,
            support_time=time,
        )
        for (education, sex), age, time in zip(groups, ages, times, strict=True)
    ]


def closed() -> list[Enrolment]:
    """Return the 53 that closed, with reason, occupation and livelihood.

    The last six closed without measurement: they have neither occupation nor livelihood at closure.
    Only where four of the job-seekers work or study, too, do the occupations make 53 persons.
    """
    reasons = _repeated({reason: count for reason, (count, _) in CLOSURE_REASON.items()})
    known = {key: row for key, row in LIVELIHOOD.items() if key != "missing"}
    before = _repeated({key: row.before or 0 for key, row in known.items()})
    after = _repeated({key: row.after for key, row in known.items()})
    measured = len(reasons) - CLOSURE_REASON["unmeasured"][0]
    both = [
        *("work|job_seeking", "studies|job_seeking", *repeat("subsidised_work|job_seeking", 2)),
        *("studies", *repeat("subsidised_work", 2), *repeat("job_seeking", 11)),
    ]
    return _all_closed(
        reasons,
        (_dealt(before, len(reasons)), _dealt(after, measured)),
        ([*repeat("work", 2), *repeat("job_seeking", 14)], both),
    )


def grouped() -> list[Enrolment]:
    """Return 57 that closed, with occupations as the first layout shares them out."""
    work = {"employment": "work", "studies": "studies", "job_seeking": "job_seeking"}
    before = _repeated({word: OCCUPATION[key].before or 0 for key, word in work.items()})
    after = _repeated({word: OCCUPATION[key].after for key, word in work.items()})
    people = len(after) + OCCUPATION["missing"].after
    return _all_closed([""] * people, ([], []), (before, after))


def timed() -> list[Enrolment]:
    """Return the 47 that closed, by turns on the last and on the first day of their band."""
    found = []
    for band, (count, _) in PROGRAMME_TIME.items():
        first, last = (int(month) for month in band.split("-"))
        days = (add_months(END, -last) + timedelta(days=1), add_months(END, 1 - first))
        found += [Enrolment("kvinna", days[n % 2], END) for n in range(count)]
    return found


def _all_closed(
    reasons: Sequence[str],
    livelihoods: tuple[Sequence[str], Sequence[str]],
    occupations: tuple[Sequence[str], Sequence[str]],
) -> list[Enrolment]:
    """Return one that closed for each reason; those beyond the end of a list have no answer."""

    def pairs(lists: tuple[Sequence[str], Sequence[str]]) -> list[tuple[str, str]]:
        before, after = ([*answers, *repeat("", len(reasons) - len(answers))] for answers in lists)
        return list(zip(before, after, strict=True))

    return [
        Enrolment("kvinna", START, END, reason=reason, livelihood=livelihood, occupation=occupation)
        for reason, livelihood, occupation in zip(
            reasons, pairs(livelihoods), pairs(occupations), strict=True
        )
    ]


def _repeated(counts: Mapping[Key, int]) -> list[Key]:
    return [key for key, count in counts.items() for _ in range(count)]


def _dealt(answers: Sequence[str], people: int) -> list[str]:
    """Return what each has if all is dealt out: the first ones have two."""
    return ["|".join(answers[n::people]) for n in range(people)]
