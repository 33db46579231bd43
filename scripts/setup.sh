# shellcheck shell=bash
# Set-up shared by the scripts; sourced, never run. Every step does nothing when it is done already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# In colour on a terminal only: log files stay readable.
coloured() { if [ -t 2 ]; then printf '\033[%sm%s\033[0m\n' "$1" "$2"; else printf '%s\n' "$2"; fi >&2; }
say() { coloured 1 "$*"; }
warn() { coloured 31 "$*"; }
fail() { warn "$*"; exit 1; }

LIBREOFFICE_PACKAGES="libreoffice-writer-nogui fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation \
fonts-dejavu-core fonts-noto-core fonts-noto-cjk"

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
    local candidate
    for candidate in python3.13 python3.12 python3.11 python3.14 python3 python; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed (Debian 12, Ubuntu 24.04 and later have it: apt-get install python3 python3-venv)."
}

# A venv of our own with exactly what a requirements file pins.
install_python_packages() {
    local requirements=$1 python stamp
    if [ ! -x .venv/bin/python ]; then
        python=$(find_python)
        say "Creating a virtual environment with $($python --version)"
        if ! "$python" -m venv .venv >/dev/null 2>&1; then
            rm -rf .venv
            can_install || fail "Python's venv module is missing. As root: apt-get install python3-venv"
            apt_install python3-venv
            "$python" -m venv .venv
        fi
    fi
    stamp=".venv/installed-$(cat requirements.txt "$requirements" | sha256sum | cut -c1-16)"
    if [ ! -e "$stamp" ]; then
        say "Installing Python packages (about a minute the first time)"
        # The file pins everything that is needed; what a package asks for beyond it is not (see pyproject.toml).
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements"
        touch "$stamp"
    fi
}

install_libreoffice() {
    command -v soffice >/dev/null && return
    if can_install; then
        say "Installing LibreOffice Writer and fonts (about 350 MB)"
        # shellcheck disable=SC2086 # a list of packages
        apt_install $LIBREOFFICE_PACKAGES || say "LibreOffice could not be installed: going on without PDFs."
    else
        say "LibreOffice is missing: going on without PDFs. To have them, run as root:"
        say "  apt-get install -y --no-install-recommends $LIBREOFFICE_PACKAGES"
    fi
}

prepare_application() {
    install_python_packages requirements.txt
    install_libreoffice
    [ -e .env ] || cp .env.example .env
    .venv/bin/alembic upgrade head 2>/dev/null || .venv/bin/alembic upgrade head
}
