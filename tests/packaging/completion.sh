#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# completion.sh PROGRAM COMPLETION: asks the completion as a shell would after each of these lines.
set -euo pipefail
program=$1
# shellcheck source=/dev/null
. "$2"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
touch "$folder/mine.stride" "$folder/mine.txt" "$folder/cases.json"
cd "$folder"
stridescope() { "$program" "$@"; }

# offers "words typed so far" "what must be among the offers" ["what must not"]
offers() {
  IFS=' ' read -ra COMP_WORDS <<<"stridescope $1"
  [[ $1 != *' ' && -n $1 ]] || COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _stridescope
  local offered=" ${COMPREPLY[*]-} "
  [[ $offered == *" $2 "* ]] || { echo "after \"$1\" $2 is not offered:$offered"; exit 1; }
  [[ -z ${3-} || $offered != *" $3 "* ]] || { echo "after \"$1\" $3 is offered:$offered"; exit 1; }
}

offers '' render --help
offers '' readers_puzzle mine.txt
offers 'm' mine.stride mine.txt
offers 'summary ' cases.json mine.txt
offers 'render read' readers_puzzle render
offers 'render readers_puzzle --re' --region --theme
offers 'render readers_puzzle --reading ' why_equal readers_puzzle
offers 'render readers_puzzle --digits ' all readers_puzzle
offers 'render readers_puzzle --locale ' de_DE readers_puzzle
offers '--target scalar su' summary render
offers '--target ' reference render
offers 'eval ' cases.json mine.stride
offers 'shapes ' conv2d_transpose readers_puzzle
offers 'shapes conv2d_transpose --padding ' same readers_puzzle
offers 'summary gen' generator_transpose readers_puzzle
offers 'lessons ' readers_puzzle mine.stride
