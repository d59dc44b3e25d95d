# SPDX-License-Identifier: MIT
# `cpack -G DEB` in a build folder makes the package, `cpack -G TXZ --config CPackSourceConfig.cmake` the sources.
# `packaging/setup.sh dist` installs what this needs.
set(CPACK_PACKAGE_NAME stridescope)
set(CPACK_PACKAGE_VENDOR "The Stridescope authors")
set(CPACK_PACKAGE_CONTACT "The Stridescope authors <authors@stridescope.invalid>")
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, shared-mime-info")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "ffmpeg")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "explorer of upsampling and transposed convolution")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Stridescope shows how an image grows inside a neural network. Draw a small
grid, choose UpSampling2D, Conv2DTranspose or Conv2D, change any argument,
and watch every number of the output being made, with the real arithmetic.
.
 It also renders its pictures to PNG, SVG, PDF and TikZ, plays them into GIF,
 WebP, APNG, SVG, MP4, WebM and HTML pages, evaluates layers and prints output
 shapes and model summaries from the command line.")

set(CPACK_SOURCE_IGNORE_FILES "/\\\\.git/" "/build" "/\\\\.cache/")
include(CPack)
