set(proxy_summary "Localhost proxy to Google's Gemini that keeps the key to itself")
set(proxy_description "A proxy on localhost through which curl, scripts, editors and SDKs use Google's
Gemini with one key, which rests in the system's keychain and which none of
them ever sees. Answers stream back, each piece the moment it arrives.

It speaks Gemini's own API, OpenAI's as Gemini understands it, and the Live
API, counts what is used, and comes with a systemd user unit.")
set(desk_summary "Desktop app for Google's Gemini, with a proxy for local programs")
set(desk_description "A window that keeps the key for Google's Gemini in the system's keychain,
runs a proxy on localhost through which local programs use it without ever
seeing it, and shows every request live.

It contains the proxy; for terminals and servers there is gemini-proxy.")

# DEB. Libraries are found by dpkg-shlibdeps; plugins, which nothing links, are not.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${debian_revision})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PROXY_PACKAGE_NAME gemini-proxy)
set(CPACK_DEBIAN_DESK_PACKAGE_NAME gemini-desk)
set(CPACK_DEBIAN_PROXY_PACKAGE_SECTION net)
set(CPACK_DEBIAN_DESK_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROXY_DESCRIPTION "${proxy_summary}\n${proxy_description}")
set(CPACK_DEBIAN_DESK_DESCRIPTION "${desk_summary}\n${desk_description}")
# SQLite keeps usage and chats; without certificates, Gemini cannot be trusted.
set(CPACK_DEBIAN_PROXY_PACKAGE_DEPENDS "ca-certificates, libqt6sql6-sqlite")
# The theme is drawn with SVG files, whose reader lies in a package of its own from Debian 13 on.
set(CPACK_DEBIAN_DESK_PACKAGE_DEPENDS
    "ca-certificates, libqt6sql6-sqlite, qt6-svg-plugins | libqt6svg6 (<< 6.6~)")
# The keychain's library is opened when a key is asked for.
set(CPACK_DEBIAN_PROXY_PACKAGE_RECOMMENDS "libsecret-1-0")
set(CPACK_DEBIAN_DESK_PACKAGE_RECOMMENDS "libsecret-1-0, qt6-wayland")
set(CPACK_DEBIAN_PROXY_PACKAGE_SUGGESTS "gnome-keyring, gemini-desk")
set(CPACK_DEBIAN_DESK_PACKAGE_SUGGESTS "gnome-keyring, gemini-proxy")

# RPM. Libraries are found by rpmbuild; Fedora's Qt brings the plugins along.
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE GPL-3.0-or-later)
set(CPACK_RPM_PACKAGE_GROUP Applications/Internet)
set(CPACK_RPM_PACKAGE_URL ${PROJECT_HOMEPAGE_URL})
set(CPACK_RPM_PROXY_PACKAGE_NAME gemini-proxy)
set(CPACK_RPM_DESK_PACKAGE_NAME gemini-desk)
set(CPACK_RPM_PROXY_PACKAGE_SUMMARY "${proxy_summary}")
set(CPACK_RPM_DESK_PACKAGE_SUMMARY "${desk_summary}")
set(CPACK_RPM_PROXY_PACKAGE_DESCRIPTION "${proxy_description}")
set(CPACK_RPM_DESK_PACKAGE_DESCRIPTION "${desk_description}")
set(CPACK_RPM_PROXY_PACKAGE_REQUIRES "ca-certificates")
set(CPACK_RPM_DESK_PACKAGE_REQUIRES "ca-certificates, hicolor-icon-theme")
set(CPACK_RPM_PACKAGE_AUTOREQ ON)
set(CPACK_RPM_SPEC_MORE_DEFINE "%define packager ${maintainer}")
set(rpm_changelog ${CMAKE_CURRENT_BINARY_DIR}/changelog.rpm)
execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C date -u -d ${release_date} "+%a %b %d %Y"
    OUTPUT_VARIABLE rpm_date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
string(REPLACE "  * " "- " rpm_entry "${entry}")
string(REPLACE "    " "  " rpm_entry "${rpm_entry}")
file(WRITE ${rpm_changelog} "* ${rpm_date} ${maintainer} - ${PROJECT_VERSION}-1\n${rpm_entry}")
set(CPACK_RPM_CHANGELOG_FILE ${rpm_changelog})
# What other packages own
set(share /usr/share)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/lib/systemd /usr/lib/systemd/user ${share}/applications ${share}/metainfo
    ${share}/bash-completion ${share}/bash-completion/completions ${share}/fish
    ${share}/fish/vendor_completions.d ${share}/zsh ${share}/zsh/${GEMINI_DESK_ZSH_DIR}
    ${share}/man ${share}/man/man1 ${share}/doc ${share}/icons ${share}/icons/hicolor
    ${share}/icons/hicolor/scalable ${share}/icons/hicolor/scalable/apps)
foreach(size 16 22 24 32 48 64 128 256 512)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
        ${share}/icons/hicolor/${size}x${size} ${share}/icons/hicolor/${size}x${size}/apps)
endforeach()

# The portable archive carries Qt, as it is here.
find_package(Qt6 REQUIRED COMPONENTS Core)
set(CPACK_GEMINI_DESK_PATCHELF ${GEMINI_DESK_PATCHELF})
get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
execute_process(COMMAND ${qmake} -query QT_INSTALL_PLUGINS
    OUTPUT_VARIABLE CPACK_GEMINI_DESK_PLUGINS OUTPUT_STRIP_TRAILING_WHITESPACE)
set(CPACK_ARCHIVE_FILE_NAME gemini-desk-${PROJECT_VERSION}-${CPACK_SYSTEM_NAME})
