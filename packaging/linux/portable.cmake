# Makes of the installed tree one that runs from any folder of any Linux desktop that is not older than
# the one it is made on: Qt, its plugins and what they link come along, and are looked for beside the
# programs. Read by cpack after the programs were put into their place.
if(NOT CPACK_GEMINI_DESK_PATCHELF)
    message(FATAL_ERROR "the portable archive needs patchelf")
endif()
file(GLOB root LIST_DIRECTORIES TRUE ${CPACK_TEMPORARY_DIRECTORY}/bin ${CPACK_TEMPORARY_DIRECTORY}/*/bin)
if(NOT root)
    message(FATAL_ERROR "no programs in ${CPACK_TEMPORARY_DIRECTORY}")
endif()
list(GET root 0 root)
get_filename_component(root ${root} DIRECTORY)

# Plugins for windows, pictures, secure connections and storage, but not for printing, database servers or bare
# framebuffers.
set(wanted platforms/libqxcb platforms/libqoffscreen platforms/libqwayland-egl platforms/libqwayland-generic
    xcbglintegrations/libqxcb-egl-integration xcbglintegrations/libqxcb-glx-integration
    wayland-shell-integration/libxdg-shell wayland-decoration-client/libbradient
    wayland-graphics-integration-client/libqt-plugin-wayland-egl
    platforminputcontexts/libcomposeplatforminputcontextplugin platforminputcontexts/libibusplatforminputcontextplugin
    platformthemes/libqxdgdesktopportal iconengines/libqsvgicon
    imageformats/libqsvg imageformats/libqjpeg imageformats/libqgif imageformats/libqwebp
    sqldrivers/libqsqlite tls/libqopensslbackend tls/libqcertonlybackend)
set(plugins "")
foreach(name IN LISTS wanted)
    set(file ${CPACK_GEMINI_DESK_PLUGINS}/${name}.so)
    if(EXISTS ${file})
        get_filename_component(folder ${name} DIRECTORY)
        file(COPY ${file} DESTINATION ${root}/plugins/${folder} FOLLOW_SYMLINK_CHAIN)
        list(APPEND plugins ${file})
    endif()
endforeach()
if(NOT plugins MATCHES "libqxcb.*libqsqlite.*libqopensslbackend")
    message(FATAL_ERROR "plugins of Qt are missing in ${CPACK_GEMINI_DESK_PLUGINS}: ${plugins}")
endif()

# The C and C++ libraries, drivers and what must be the desktop's own stay behind.
set(systems_own "^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|anl|nss_.*|stdc\\+\\+|gcc_s|GL|EGL|GLX|GLdispatch|drm|gbm|glapi|X11|X11-xcb|xcb|Xau|Xdmcp|fontconfig|freetype|expat|z|wayland-client)\\.so.*)$")
file(GET_RUNTIME_DEPENDENCIES
    EXECUTABLES ${root}/bin/gemini-desk ${root}/bin/gemini-proxy
    MODULES ${plugins}
    RESOLVED_DEPENDENCIES_VAR libraries
    UNRESOLVED_DEPENDENCIES_VAR unresolved
    POST_EXCLUDE_REGEXES "/(${systems_own})$"
    PRE_EXCLUDE_REGEXES "${systems_own}")
if(unresolved)
    message(FATAL_ERROR "libraries are missing: ${unresolved}")
endif()
# Qt opens OpenSSL by its name; nothing links it.
set(core ${libraries})
list(FILTER core INCLUDE REGEX "/libQt6Core\\.so")
get_filename_component(folder "${core}" DIRECTORY)
set(ssl ${folder}/libssl.so.3)
set(crypto ${folder}/libcrypto.so.3)
list(APPEND libraries ${ssl} ${crypto})
set(packages "")
foreach(library IN LISTS libraries plugins)
    file(REAL_PATH ${library} real)
    execute_process(COMMAND dpkg-query -S ${real} OUTPUT_VARIABLE owner ERROR_QUIET)
    string(REGEX REPLACE ":.*" "" owner "${owner}")
    list(APPEND packages ${owner})
endforeach()
# What Source-highlight reads of each language; the chat looks for it beside the program.
if(NOT EXISTS /usr/share/source-highlight/lang.map)
    message(FATAL_ERROR "the definitions of languages are missing (libsource-highlight-common)")
endif()
file(COPY /usr/share/source-highlight DESTINATION ${root}/share)
list(APPEND packages libsource-highlight-common)
list(REMOVE_DUPLICATES packages)
# Their licences, and what they are, for whoever wants to know.
foreach(package IN LISTS packages)
    file(MAKE_DIRECTORY ${root}/share/licenses/${package})
    configure_file(/usr/share/doc/${package}/copyright ${root}/share/licenses/${package}/copyright COPYONLY)
    execute_process(COMMAND dpkg-query -W -f "\${source:Package} \${Version}\n" ${package}
        OUTPUT_VARIABLE line COMMAND_ERROR_IS_FATAL ANY)
    file(APPEND ${root}/share/licenses/carried.txt "${package} ${line}")
endforeach()
foreach(library IN LISTS libraries)
    file(COPY ${library} DESTINATION ${root}/lib FOLLOW_SYMLINK_CHAIN)
endforeach()

file(WRITE ${root}/bin/qt.conf "[Paths]\nPrefix = ..\nPlugins = plugins\n")
file(COPY ${CPACK_RESOURCE_FILE_LICENSE} DESTINATION ${root})

function(look_in path)
    execute_process(COMMAND ${CPACK_GEMINI_DESK_PATCHELF} --set-rpath ${path} ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
file(GLOB programs ${root}/bin/gemini-*)
look_in($ORIGIN/../lib ${programs})
file(GLOB files ${root}/plugins/*/*.so)
look_in($ORIGIN/../../lib ${files})
file(GLOB candidates ${root}/lib/*.so*)
foreach(file IN LISTS candidates)
    if(NOT IS_SYMLINK ${file})
        look_in($ORIGIN ${file})
    endif()
endforeach()
