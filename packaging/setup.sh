#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# packaging/setup.sh [build] [test] [dist] [check] [bench]: installs what is missing for those uses, `build` if none is named.
# Asks the system what it has first: where nothing is missing, neither root nor a network is needed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=packaging/packages.sh
. "$here/packages.sh"

uses=("${@:-build}")
for use in "${uses[@]}"; do
  case $use in
    build | test | dist | check | bench) ;;
    *) echo "usage: packaging/setup.sh [build] [test] [dist] [check] [bench]" >&2; exit 2 ;;
  esac
done

# The packages of the named uses on one system (deb, rpm, arch, brew), each once.
packages() {
  local use name
  for use in "${uses[@]}"; do
    name="${1}_${use}[*]"
    # shellcheck disable=SC2086
    printf '%s\n' ${!name}
  done | sort -u
}

# need_on SYSTEM QUERY…: fills need with the packages that the query does not know as installed.
need_on() {
  local system=$1 package
  shift
  need=()
  for package in $(packages "$system"); do
    "$@" "$package" >/dev/null 2>&1 || need+=("$package")
  done
}

deb_installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "Not root, and there is no sudo; run this as root, then come back: $*" >&2
    exit 3
  fi
}

install() {  # the command that installs
  echo "Installing for ${uses[*]}: ${need[*]}"
  as_root "$@" "${need[@]}"
}

if [ -r /etc/os-release ]; then
  # shellcheck source=/dev/null
  system=$(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}")
else
  system=$(uname -s)
fi
case " $system " in
  *" debian "* | *" ubuntu "*)
    need_on deb deb_installed
    if ((${#need[@]})); then
      apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3
           -o Dpkg::Use-Pty=0)
      as_root "${apt[@]}" update
      install "${apt[@]}" install -y --no-install-recommends
    fi
    ;;
  *" fedora "* | *" rhel "*)  # untested
    need_on rpm rpm -q --whatprovides
    ((${#need[@]} == 0)) || install dnf install -y --setopt=install_weak_deps=False
    ;;
  *" arch "*)  # untested
    need_on arch pacman -Q
    ((${#need[@]} == 0)) || install pacman -S --needed --noconfirm
    ;;
  *" Darwin "*)  # untested; brew refuses root, so as_root has no part in it
    need_on brew brew list
    ((${#need[@]} == 0)) || brew install "${need[@]}"
    ;;
  *)
    echo "This system is not known here. Install what these Debian packages hold, then build with CMake:" >&2
    packages deb | paste -sd' ' >&2
    exit 2
    ;;
esac
((${#need[@]})) || echo "Nothing to install for ${uses[*]}."
