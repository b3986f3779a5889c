"""Ways through forms: opening one, going on with it, from a referral to an enrolment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from finsam_tui.forms import catalogue
from finsam_tui.storage import access, drafts, records, session, subjects, verbs
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.target import Id, Target
from finsam_tui.tui.screens.form import FormScreen, Left, Saved, TheirsTaken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.errors import Conflict
    from finsam_tui.forms.field import Value
    from finsam_tui.tui.app import FinsamApp
    from finsam_tui.tui.screens.form import FormResult, Keep, Save

Then = Callable[[Id | None], None]

KEPT = "Utkastet är sparat; du kan fortsätta från Idag."


def open_form(  # noqa: PLR0913 - see FinsamApp.open_form; and another screen than the usual one
    app: FinsamApp,
    target: Target,
    *,
    subtitle: str = "",
    raws: Mapping[str, str] | None = None,
    then: Then | None = None,
    field: str = "",
    screen: Callable[..., FormScreen] = FormScreen,
) -> None:
    """Push the screen of a form, with its draft if there is one; see FinsamApp.open_form."""
    form = access.open_form(app.register, target)
    context = session.context(app.register, target, app.clock())
    draft = drafts.find(app.register, target)
    if draft:
        target, shown, field = draft.target, dict(draft.raws), draft.field
    else:
        begun = session.begin(app.register, target, context)
        target, shown = begun.target, {**begun.raws, **(raws or {})}

    opened = screen(
        form,
        context,
        save=_saver(app, target),
        keep=_keeper(app, target),
        raws=shown,
        field=field,
        resumed=draft is not None,
        subtitle=subtitle or subjects.name_of(app.register, target),
    )
    with app._context():  # noqa: SLF001 - whoever asks may be gone when the answer comes
        app.push_screen(opened, _finisher(app, target, then))


def _finisher(
    app: FinsamApp, target: Target, then: Then | None
) -> Callable[[FormResult | None], None]:
    def finished(result: FormResult | None) -> None:
        saved = cast("Id", result.result) if isinstance(result, Saved) else None
        if isinstance(result, TheirsTaken) or result == Left(kept=False):
            drafts.drop(app.register, target)
        if saved is not None:
            app.tell(f"{catalogue.form(target.form).title}: sparat.")
        elif result == Left(kept=True):
            app.tell(KEPT)
        if then:
            then(saved)

    return finished


def _saver(app: FinsamApp, target: Target) -> Save:
    def save(values: Mapping[str, Value], over: Conflict | None) -> object:
        version = cast("int", over.theirs["version"]) if over else target.version
        context = session.context(app.register, target, app.clock())
        return verbs.save_form(app.register, replace(target, version=version), values, context)

    return save


def _keeper(app: FinsamApp, target: Target) -> Keep:
    def keep(raws: Mapping[str, str], field: str) -> None:
        at = app.clock().isoformat(timespec="seconds")
        drafts.keep(app.register, Draft(target, raws, field, at))

    return keep


def resume(app: FinsamApp, target: Target) -> None:
    """Go on with a draft; a call to be made with its card beside it."""
    context = session.context(app.register, target, app.clock())
    if target.form == "follow_up" and session.begin(app.register, target, context).new:
        app.open_call(cast("int", target.record_id))
    else:
        app.open_form(target)


def refer(app: FinsamApp, participant_id: int) -> None:
    """Take in the referral of somebody (0: of nobody yet), and go on as it turns out."""

    def then(saved: Id | None) -> None:
        if saved is not None:
            app.attempt(_referred, app, participant_id, saved)

    app.open_form(Target("referral", owner_id=participant_id), then=then)


def _referred(app: FinsamApp, participant_id: int, referral: Id) -> None:
    """Enrol whom a referral starts, show the queue of whom it leaves waiting, else the card."""
    values = records.load(app.register, catalogue.form("referral"), referral).values
    if values["outcome"] == "queue":
        app.go("waiting")
    elif participant_id:
        app.show_person(participant_id)
    if participant_id and values["outcome"] == "start":
        programme = app.codes.label("programme", cast("str", values["programme"]))
        enrol(app, participant_id, {"programme": programme})


def enrol(app: FinsamApp, participant_id: int, raws: Mapping[str, str]) -> None:
    """Open the enrolment of somebody; `raws` are answers that are known."""
    app.open_form(Target("enrolment", owner_id=participant_id), raws=raws)


def register_person(app: FinsamApp, raws: Mapping[str, str]) -> None:
    """Register somebody new, and go on with the referral."""

    def then(saved: Id | None) -> None:
        if saved is not None:
            app.attempt(refer, app, saved)

    app.open_form(Target("participant"), raws=raws, then=then)


def keep_drafts(app: FinsamApp) -> None:
    """Keep what has been typed in every open form: the screens are about to go."""
    for screen in app.screen_stack:
        if isinstance(screen, FormScreen):
            screen.keep_draft()
