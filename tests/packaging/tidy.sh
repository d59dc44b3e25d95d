#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# tidy.sh SCRIPT: which files tests/tidy checks, in trees of its own, with a clang-tidy that only says what it was given.
set -euo pipefail
script=$1
folder=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null HOME=$folder STRIDESCOPE_PRESET=made
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

mkdir "$folder/bin"
cat >"$folder/bin/clang-tidy" <<'END'
#!/usr/bin/env bash
echo "checked ${*: -1}"
if grep -q fault "${*: -1}"; then exit 1; fi
END
chmod +x "$folder/bin/clang-tidy"
PATH=$folder/bin:$PATH

# A tree that was built: FOLDER
build() {
  local file
  mkdir -p "$1/build/made"
  for file in engine/a.cpp ui/b.cpp app/c.cpp tests/d.cpp; do echo "  \"file\": \"$1/$file\""; done >"$1/build/made/compile_commands.json"
}
# expect FOLDER "files that are checked" [ARGUMENT…]
expect() {
  local tree=$1 wanted=$2 said
  shift 2
  said=$("$tree/tests/tidy" "$@" 2>&1) || said+=" failed"
  local checked
  checked=$(sed -n 's/^checked //p' <<<"$said" | sort | tr '\n' ' ')
  [[ ${checked% } == "$wanted" ]] || { echo "tidy $*: checked \"$checked\" instead of \"$wanted\": $said"; exit 1; }
}

tree=$folder/tree
mkdir -p "$tree"/{engine,ui,app,tests}
cd "$tree"
git init -q -b main
echo build >.gitignore
cp "$script" tests/tidy
touch engine/a.cpp ui/b.cpp ui/unbuilt.cpp app/c.cpp tests/d.cpp
git add . && git commit -qm one
build "$tree"
expect "$tree" ''  # no commit before
expect "$tree" 'app/c.cpp engine/a.cpp ui/b.cpp' all
expect "$tree" '' nowhere
git rm -q app/c.cpp
echo 1 | tee engine/a.cpp ui/unbuilt.cpp tests/d.cpp >/dev/null
git add . && git commit -qm two
expect "$tree" engine/a.cpp  # neither gone, nor unbuilt, nor a test
echo 2 >ui/b.cpp
expect "$tree" 'engine/a.cpp ui/b.cpp'  # not committed yet
git commit -qam three
expect "$tree" ui/b.cpp
expect "$tree" 'engine/a.cpp ui/b.cpp' HEAD~2
git update-ref refs/remotes/origin/main HEAD~2
expect "$tree" 'engine/a.cpp ui/b.cpp'  # since the branch left
git update-ref refs/remotes/origin/main HEAD
expect "$tree" ui/b.cpp

git clone -q --depth 1 "file://$tree" "$folder/shallow"
build "$folder/shallow"
expect "$folder/shallow" ''

echo fault >ui/b.cpp
if tests/tidy >"$folder/said" 2>&1; then echo "a finding is no failure"; exit 1; fi
rm -r build
if tests/tidy >"$folder/said" 2>&1; then echo "what is not built is no failure"; exit 1; fi
grep -q 'is not built' "$folder/said"
