# Two packages, "proxy" and "desk", so that a server needs no Widgets.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(here ${CMAKE_CURRENT_LIST_DIR})

# Debian's zsh looks into another folder than everybody else's.
if(EXISTS /etc/debian_version)
    set(zsh_default vendor-completions)
else()
    set(zsh_default site-functions)
endif()
set(GEMINI_DESK_ZSH_DIR ${zsh_default} CACHE STRING "Folder in share/zsh for completions")

# Makes Debian's changelog out of ours: the entry of the newest version.
cmake_host_system_information(RESULT distribution QUERY DISTRIB_INFO)
set(debian_revision "1~${distribution_ID}${distribution_VERSION_ID}")
string(REPLACE "~debian" "~deb" debian_revision "${debian_revision}")
file(STRINGS ${CMAKE_SOURCE_DIR}/CHANGELOG.md changes ENCODING UTF-8)
set(entry "")
set(inside FALSE)
foreach(line IN LISTS changes)
    if(line MATCHES "^## ")
        if(inside)
            break()
        endif()
        set(inside TRUE)
    elseif(inside AND line MATCHES "^- (.*)")
        string(APPEND entry "  * ${CMAKE_MATCH_1}\n")
    elseif(inside AND line MATCHES "^  (.*)")
        string(APPEND entry "    ${CMAKE_MATCH_1}\n")
    endif()
endforeach()
execute_process(COMMAND date -u -R -d ${release_date} OUTPUT_VARIABLE debian_date
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET) # in English whatever the language
set(maintainer "Gemini Desk developers <gemini-desk@users.noreply.github.com>")

find_program(GZIP gzip REQUIRED)
set(made "")
function(add_gzipped from to)
    add_custom_command(OUTPUT ${to} COMMAND ${GZIP} -9nc ${from} > ${to} DEPENDS ${from} VERBATIM)
    set(made ${made} ${to} PARENT_SCOPE)
endfunction()

foreach(part proxy desk)
    set(package gemini-${part})
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${package})
    file(MAKE_DIRECTORY ${out})
    install(TARGETS ${package} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${part})

    configure_file(${here}/man/${package}.1.in ${out}/${package}.1 @ONLY)
    add_gzipped(${out}/${package}.1 ${out}/${package}.1.gz)
    install(FILES ${out}/${package}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${part})

    file(WRITE ${out}/changelog.Debian "${package} (${PROJECT_VERSION}-${debian_revision}) unstable; "
        "urgency=medium\n\n${entry}\n -- ${maintainer}  ${debian_date}\n")
    add_gzipped(${out}/changelog.Debian ${out}/changelog.Debian.gz)
    add_gzipped(${CMAKE_SOURCE_DIR}/CHANGELOG.md ${out}/changelog.gz)
    install(FILES ${out}/changelog.Debian.gz ${out}/changelog.gz ${here}/copyright
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${part})

    install(FILES ${here}/completions/${package}.bash RENAME ${package}
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT ${part})
    install(FILES ${here}/completions/_${package}
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${GEMINI_DESK_ZSH_DIR} COMPONENT ${part})
    install(FILES ${here}/completions/${package}.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT ${part})
endforeach()

install(FILES ${here}/gemini-proxy.service DESTINATION lib/systemd/user COMPONENT proxy)

install(FILES ${here}/gemini-desk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT desk)
set(metainfo ${PROJECT_BINARY_DIR}/packaging/${app_id}.metainfo.xml)
configure_file(${here}/metainfo.xml.in ${metainfo} @ONLY)
install(FILES ${metainfo} DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT desk)

set(hicolor ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
foreach(size 16 22 24 32 48 64 128 256 512)
    set(icon ${CMAKE_CURRENT_BINARY_DIR}/icons/${size}/gemini-desk.png)
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/icons/${size})
    add_icon(${icon} ${size})
    list(APPEND made ${icon})
    install(FILES ${icon} DESTINATION ${hicolor}/${size}x${size}/apps COMPONENT desk)
endforeach()
install(FILES ${icon_svg} DESTINATION ${hicolor}/scalable/apps COMPONENT desk)

add_custom_target(package_files ALL DEPENDS ${made})
