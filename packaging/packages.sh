# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# What each use needs, by the names of each system's packages: SYSTEM_USE=(…). Only deb_* was tried.
# qt6-tools-dev holds CMake's LinguistTools configuration, qt6-l10n-tools the programs it calls: both are needed.

deb_build=(
  g++ cmake ninja-build pkg-config
  qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools
  libeigen3-dev libhwy-dev libgif-dev libwebp-dev libzip-dev zlib1g-dev
  fonts-inter fonts-dejavu-core
)
deb_test=(
  xvfb xauth xdotool x11-utils dbus at-spi2-core gir1.2-atspi-2.0 python3-pyatspi
  librsvg2-bin poppler-utils gifsicle webp libxml2-utils desktop-file-utils appstream man-db file
)
deb_dist=(dpkg-dev fakeroot lintian)
deb_check=(clang clang-format clang-tidy libclang-rt-dev)
deb_bench=(libbenchmark-dev)

# Untested.
rpm_build=(
  gcc-c++ cmake ninja-build pkgconf
  qt6-qtbase-devel qt6-qtsvg-devel qt6-qttools-devel
  eigen3-devel google-highway-devel giflib-devel libwebp-devel libzip-devel zlib-devel
  rsms-inter-fonts dejavu-sans-mono-fonts
)
rpm_test=(
  xorg-x11-server-Xvfb xauth xdotool xwininfo dbus-daemon at-spi2-core python3-pyatspi
  librsvg2-tools poppler-utils gifsicle libwebp-tools libxml2 desktop-file-utils appstream man-db file
)
rpm_dist=(rpm-build)
rpm_check=(clang clang-tools-extra compiler-rt)
rpm_bench=(google-benchmark-devel)

# Untested.
arch_build=(gcc cmake ninja pkgconf qt6-base qt6-svg qt6-tools eigen highway giflib libwebp libzip zlib inter-font ttf-dejavu)
arch_test=(
  xorg-server-xvfb xorg-xauth xdotool xorg-xwininfo dbus at-spi2-core python-atspi
  librsvg poppler gifsicle libxml2 desktop-file-utils appstream man-db file
)
arch_dist=()
arch_check=(clang compiler-rt)
arch_bench=(benchmark)

# Untested, and the faces must lie where ui/paint/CMakeLists.txt looks for them.
brew_build=(cmake ninja pkgconf qt eigen highway giflib webp libzip zlib)
brew_test=(librsvg poppler gifsicle libxml2)
brew_dist=()
brew_check=(clang-format llvm)
brew_bench=(google-benchmark)
