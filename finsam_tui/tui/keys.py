"""Key bindings that can be told: every one has an id, a footer text and a sentence for the help."""

from __future__ import annotations

from textual.binding import Binding

_DISPLAYS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "Backsteg",
    "space": "Blanksteg",
}


def key(  # noqa: PLR0913 - what there is to tell about a key
    keys: str,
    action: str,
    label: str,
    tooltip: str,
    *,
    id: str,
    show: bool = True,
    priority: bool = False,
) -> Binding:
    """Return a binding; `label` stands in the footer, `tooltip` in the help and the handbook.

    `id` is "SCREEN.what", the name that a keymap would change the key by. Keys with `priority` work
    even while something is being typed.
    """
    return Binding(
        keys,
        action,
        label,
        show=show,
        key_display=display(keys.split(",", maxsplit=1)[0]),
        priority=priority,
        tooltip=tooltip,
        id=id,
    )


def display(key_name: str) -> str:
    """Return what is printed for a key: F2, Ctrl+P, Enter, i."""
    *modifiers, name = key_name.split("+")
    name = _DISPLAYS.get(name, name.upper() if name[1:].isdecimal() or modifiers else name)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def shown_key(binding: Binding) -> str:
    """Return what is printed for a binding's key."""
    return binding.key_display or display(binding.key)
