# A private Python environment inside the checkout; sourced by start and check, which set $project.
# Needs a POSIX shell and Python >= 3.11, and the network only when something is to be installed.
# shellcheck shell=sh disable=SC2154

# prepare NAME REQUIREMENT: sets $python to the interpreter of .finsam/NAME, with REQUIREMENT
# installed there. What was installed from is written last, so an interrupted install, another
# Python, a moved checkout or a changed pyproject.toml all lead to a fresh one.
prepare() {
    folder=$project/.finsam/$1
    python=$folder/bin/python
    stamp=$folder/installed-from
    if [ -r "$stamp" ] && [ "$(cat "$stamp")" = "$(origin)" ]; then
        return
    fi
    found=$(find_python)
    [ -w "$project" ] || fail "kan inte skriva i $project; installera i stället med: pipx install '$project'"
    echo "finsam: installerar i $folder, en gång; det tar någon minut." >&2
    rm -rf "$folder"
    "$found" -m venv "$folder" || fail "kunde inte skapa en Python-miljö i $folder; se felet ovan."
    "$python" -m pip install -qq --disable-pip-version-check --editable "$project$2" ||
        fail "installationen avbröts, se felet ovan; kontrollera nätet och kör igen."
    "$python" -m compileall -q "$project/finsam_tui"
    origin >"$stamp"
}

# What an environment depends on. `python -V` answers without starting Python.
origin() {
    echo "$project"
    "$python" -V 2>/dev/null
    cat "$project/pyproject.toml"
}

# Prints the first Python that will do, or says what is missing.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
                echo "$candidate"
                return
            fi
            incomplete=$candidate
        fi
    done
    [ -z "${incomplete-}" ] ||
        fail "$incomplete saknar modulen venv; installera den (Debian, Ubuntu: $incomplete-venv) och kör igen."
    fail "hittar ingen Python 3.11 eller senare; installera en (t.ex. paketet python3) och kör igen."
}

fail() {
    echo "finsam: $1" >&2
    exit 1
}
