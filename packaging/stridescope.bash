# SPDX-License-Identifier: MIT
# Completion of the stridescope command for bash.

_stridescope() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in
      --target) ((++i)) ;;
      render | animate | eval | shapes | design | summary | lessons) command=${COMP_WORDS[i]}; break ;;
    esac
  done

  # Words that fit, then files of the endings given.
  _stridescope_offer() {
    local ending
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
    shift
    for ending; do
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "!*.$ending" -- "$word")
    done
    (($# == 0)) || mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$word")
  }
  # Shipped lessons after other words, and files that may hold one.
  _stridescope_offer_lessons() {
    _stridescope_offer "$1 $("${COMP_WORDS[0]}" lessons 2>/dev/null | cut -f1)" "${@:2}"
  }
  local lesson_files=(stride json)

  case $command:$before in
    *:--target) _stridescope_offer 'avx512 avx2 sse4 ssse3 scalar reference' ;;
    render:-o | render:--output) _stridescope_offer '' png svg pdf tex ;;
    animate:-o | animate:--output) _stridescope_offer '' gif webp apng svg html htm mp4 webm ;;
    render:--lessons | animate:--lessons) _stridescope_offer 'all course guide' ;;
    render:--format) _stridescope_offer 'png svg pdf tex' ;;
    animate:--format) _stridescope_offer 'gif webp apng svg html htm mp4 webm' ;;
    render:--print) _stridescope_offer 'alt caption' ;;
    render:--step) _stridescope_offer 'last all' ;;
    render:--steps) _stridescope_offer 'all' ;;
    render:--width) _stridescope_offer '85mm 170mm 240pt 1040px' ;;
    render:--reading | animate:--reading) _stridescope_offer 'stamp slide why_equal' ;;
    render:--against | animate:--against) _stridescope_offer_lessons '' "${lesson_files[@]}" ;;
    render:--digits | animate:--digits) _stridescope_offer '2 3 4 all' ;;
    render:--region | animate:--region) _stridescope_offer 'stage input kernel output formula ledger summary touch_map model' ;;
    render:--theme | animate:--theme | lessons:--theme) _stridescope_offer 'light dark print high_contrast' ;;
    render:--text) _stridescope_offer 'outlines real' ;;
    render:--limit | animate:--limit | eval:--limit) _stridescope_offer 'none' ;;
    render:--licence | animate:--licence) _stridescope_offer 'CC0-1.0 CC-BY-4.0 none' ;;
    render:--locale | animate:--locale | lessons:--locale) _stridescope_offer 'C de_DE en_US es_ES fr_FR hi_IN zh_CN' ;;
    shapes:--auto-pad) _stridescope_offer 'SAME_UPPER SAME_LOWER VALID' ;;
    shapes:--padding) _stridescope_offer 'valid same' ;;
    shapes:--interpolation) _stridescope_offer 'nearest bilinear bicubic lanczos3 lanczos5
                                                      gaussian mitchellcubic area' ;;
    summary:--style) _stridescope_offer 'keras-2.2 keras-2.3 tf-2.6 tf-2.11 tf-2.15 keras-3 torchinfo' ;;
    :*)
      case $word in
        -*) _stridescope_offer '--help --version --target' ;;
        *) _stridescope_offer_lessons 'render animate eval shapes design summary lessons' "${lesson_files[@]}" ;;
      esac
      ;;
    render:*)
      case $word in
        -*) _stridescope_offer '--lessons --output --format --print --step --steps --columns --caption --reading --filter --channel
                                --digits --against --region --theme --size --scale --width --dpi --transparent
                                --text --limit --locale --licence --force --target --help' ;;
        *) _stridescope_offer_lessons '' "${lesson_files[@]}" ;;
      esac
      ;;
    animate:*)
      case $word in
        -*) _stridescope_offer '--lessons --output --format --range --fps --speed --hold --end-hold --loop --still --scale
                                --transparent --text --reading --filter --channel --digits --against --region --theme
                                --size --limit --locale --licence --force --target --help' ;;
        *) _stridescope_offer_lessons '' "${lesson_files[@]}" ;;
      esac
      ;;
    eval:*)
      case $word in
        -*) _stridescope_offer '--limit --target --help' ;;
        *) _stridescope_offer '' json ;;
      esac
      ;;
    shapes:*)
      case $word in
        -*) _stridescope_offer '--input --kernel --strides --padding --pads --auto-pad --output-padding --output-shape
                                --a --dilation --groups --filters --size --interpolation --keras --pytorch --onnx
                                --guide --json --help' ;;
        *) _stridescope_offer 'conv2d_transpose conv2d upsampling2d readers_cases' ;;
      esac
      ;;
    design:*)
      case $word in
        -*) _stridescope_offer '--from --to --fix --claim --largest-kernel --largest-strides --channels --filters
                                --most --json --help' ;;
        *) _stridescope_offer 'kernel= strides= padding= output_padding= framework=' ;;
      esac
      ;;
    summary:*)
      case $word in
        -*) _stridescope_offer '--style --width --help' ;;
        *) _stridescope_offer_lessons '' "${lesson_files[@]}" ;;
      esac
      ;;
    lessons:*)
      case $word in
        -*) _stridescope_offer '--html --theme --locale --force --help' ;;
        *) _stridescope_offer_lessons '' ;;
      esac
      ;;
  esac
}
complete -o filenames -F _stridescope stridescope
