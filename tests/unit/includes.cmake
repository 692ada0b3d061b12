# Fails on an include that the layers do not allow (see CONTRIBUTING.md), and on a question for Qt's version outside the
# files that may ask for it.
#   cmake -D ROOT=<tree> -D QT_HEADERS=<folders> -P includes.cmake           scans the tree
#   cmake -D SCRATCH=<folder> -D QT_HEADERS=<folders> -P includes.cmake      proves in a copy that it can fail
# QT_HEADERS are the folders in which Qt6Core's headers are found; those of its other modules lie beside them.
cmake_minimum_required(VERSION 3.22)

# For each folder, what of the project it may include: files, or folders with all that is in them.
# The longest matching folder counts; a folder of proxy/ without a row fails.
set(layers app app/cli app/connect app/desk app/key app/log app/options app/system app/usage
    proxy proxy/accounts proxy/demo proxy/eventloop proxy/exchange proxy/faces proxy/gate proxy/gemini proxy/guard proxy/http
    proxy/net proxy/routes proxy/upstream
    ui ui/chat ui/chat/base ui/chat/store ui/chatpage ui/connect ui/requests ui/settings ui/shell ui/usage ui/welcome ui/widgets
    tests)
set(values proxy/gemini/expected.h proxy/gemini/decimal.h)
set(ground ${values} proxy/http/ proxy/net/)
set(allowed_app app/ proxy/ ui/)
set(allowed_app/system app/system/ app/key/keystore.h proxy/ ui/chat/base/)
set(allowed_app/log app/log/ app/system/ proxy/)
set(allowed_app/options app/options/ app/log/ app/system/ app/cli/exitcodes.h proxy/ ui/)
set(allowed_app/key app/key/ app/options/ app/log/ app/system/ proxy/ ui/)
set(allowed_app/connect app/connect/ app/options/boundedfile.h proxy/)
set(allowed_app/usage app/usage/ app/options/ app/log/ app/system/ proxy/ ui/)
set(allowed_app/cli app/ proxy/ ui/chat/)
set(allowed_app/desk app/ proxy/ ui/)
set(allowed_proxy proxy/)
set(allowed_proxy/gemini proxy/gemini/)
set(allowed_proxy/http proxy/http/ ${values})
set(allowed_proxy/net proxy/net/ proxy/http/ ${values})
set(allowed_proxy/eventloop proxy/eventloop/)
set(allowed_proxy/gate proxy/gate/ proxy/settings.h ${ground})
set(allowed_proxy/guard proxy/guard/ proxy/http/ proxy/settings.h proxy/net/secret.h)
set(allowed_proxy/upstream proxy/upstream/ proxy/settings.h ${ground})
set(allowed_proxy/accounts proxy/accounts/ proxy/gemini/)
set(allowed_proxy/faces proxy/faces/ proxy/gemini/ ${ground})
set(allowed_proxy/exchange proxy/exchange/ proxy/accounts/ proxy/faces/ proxy/gate/ proxy/gemini/ proxy/upstream/ proxy/settings.h
    ${ground})
set(allowed_proxy/routes proxy/routes/ proxy/exchange/ proxy/accounts/ proxy/faces/ proxy/gemini/ proxy/guard/ proxy/upstream/
    proxy/settings.h ${ground})
set(allowed_proxy/demo proxy/demo/ ${ground})
set(below_pages ui/chat/ ui/widgets/ ui/icons.h ui/qtcompat.h ui/state.h ui/theme.h proxy/gemini/)
set(allowed_ui ui/ proxy/gemini/)
set(allowed_ui/chat ui/chat/ proxy/gemini/)
set(allowed_ui/chat/base ui/chat/base/ proxy/gemini/expected.h)
set(allowed_ui/chat/store ui/chat/ proxy/gemini/)
set(allowed_ui/widgets ui/widgets/ ${below_pages})
foreach(page chatpage connect requests settings usage welcome)
    set(allowed_ui/${page} ui/${page}/ ${below_pages})
endforeach()
set(allowed_ui/shell ui/ proxy/gemini/)
set(allowed_tests app/ proxy/ ui/ tests/)

# What of Qt a folder may not include: modules. Deeper folders inherit.
set(graphical QtGui QtWidgets QtOpenGL QtOpenGLWidgets QtPrintSupport QtSvg QtSvgWidgets QtQml QtQuick)
set(banned_proxy ${graphical} QtSql)
set(banned_ui/chat ${graphical})
set(version_files "^(proxy/gate|ui)/qtcompat\\.(h|cpp)$")

# Sets `result` to the complaints about one file, a list.
function(complaints file result)
    set(found)
    get_filename_component(folder ${file} DIRECTORY)

    set(layer)
    foreach(candidate IN LISTS layers)
        if("${folder}/" MATCHES "^${candidate}/")
            set(layer ${candidate}) # the deeper ones come later in the list
        endif()
    endforeach()
    if((folder MATCHES "^proxy/" AND layer STREQUAL "proxy") OR (folder MATCHES "^app/" AND layer STREQUAL "app"))
        list(APPEND found "${file}: ${folder}/ is new: say in tests/unit/includes.cmake what it may include")
    endif()

    file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
    foreach(line IN LISTS includes)
        string(REGEX REPLACE "^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"]*)[>\"].*" "\\1" header "${line}")

        if(header MATCHES "^(app|proxy|ui|tests)/")
            set(ok FALSE)
            foreach(may IN LISTS allowed_${layer})
                string(FIND "${header}" "${may}" at)
                if(at EQUAL 0)
                    set(ok TRUE)
                endif()
            endforeach()
            if(NOT ok)
                list(APPEND found "${file}: ${layer}/ may not include ${header}")
            endif()
        elseif(line MATCHES "\"" AND NOT header MATCHES "\\.moc$|^moc_|^ui_")
            list(APPEND found "${file}: ${header} lacks its folder")
        endif()

        if(header MATCHES "keychain" AND NOT layer MATCHES "^(app|tests)(/|$)")
            list(APPEND found "${file}: only app/ may know the keychain, not ${header}")
        endif()

        foreach(parent IN LISTS layers)
            if(NOT "${layer}/" MATCHES "^${parent}/")
                continue()
            endif()
            foreach(module IN LISTS banned_${parent})
                foreach(headers IN LISTS QT_HEADERS)
                    if(header MATCHES "^${module}/" OR EXISTS "${headers}/${module}/${header}"
                       OR EXISTS "${headers}/${module}.framework/Headers/${header}")
                        list(APPEND found "${file}: ${layer}/ may not include ${header} of ${module}")
                        break()
                    endif()
                endforeach()
            endforeach()
        endforeach()
    endforeach()

    if(NOT file MATCHES "${version_files}")
        file(STRINGS ${ROOT}/${file} versions REGEX "QT_VERSION_CHECK|QT_VERSION[ \t]*[<>=]")
        if(versions)
            list(APPEND found "${file}: only proxy/gate/qtcompat.* may ask for Qt's version")
        endif()
    endif()

    set(${result} "${found}" PARENT_SCOPE)
endfunction()

if(NOT DEFINED SCRATCH)
    file(GLOB_RECURSE files RELATIVE ${ROOT}
        ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/proxy/*.h ${ROOT}/proxy/*.cpp
        ${ROOT}/ui/*.h ${ROOT}/ui/*.cpp ${ROOT}/tests/*.h ${ROOT}/tests/*.cpp)
    set(all)
    foreach(file IN LISTS files)
        complaints(${file} found)
        list(APPEND all ${found})
    endforeach()
    list(LENGTH files count)
    if(count EQUAL 0)
        message(FATAL_ERROR "there are no sources in ${ROOT}")
    endif()
    if(all)
        list(JOIN all "\n  " text)
        message(FATAL_ERROR "Forbidden:\n  ${text}")
    endif()
    message(STATUS "${count} files include only what they may")
    return()
endif()

# Proves that the check can fail: each of these lines, planted alone, must be found, and a good file must pass.
set(ROOT ${SCRATCH})
set(plants
    "proxy/server.cpp|#include \"ui/shell/mainwindow.h\""
    "proxy/server.cpp|#include \"app/main.h\""
    "proxy/server.cpp|#include \"server.h\""
    "proxy/server.cpp|#include <QWidget>"
    "proxy/server.cpp|  #  include <QtGui/QImage>"
    "proxy/server.h|#include <QImage>"
    "proxy/server.h|#include <qt6keychain/keychain.h>"
    "proxy/server.h|#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)"
    "proxy/http/head.cpp|#include \"proxy/net/secret.h\""
    "proxy/http/head.cpp|#include \"proxy/gate/gatesocket.h\""
    "proxy/http/head.cpp|#include <QPixmap>"
    "proxy/gate/gatesocket.h|#include \"proxy/guard/guard.h\""
    "proxy/gate/gatesocket.h|#include \"proxy/upstream/upstreammanager.h\""
    "proxy/gate/gatesocket.h|#include \"proxy/server.h\""
    "proxy/guard/guard.h|#include \"proxy/gate/gatesocket.h\""
    "proxy/guard/guard.h|#include \"proxy/net/deadline.h\""
    "proxy/upstream/pool.cpp|#include \"proxy/accounts/exchangeinfo.h\""
    "proxy/upstream/pool.cpp|#include \"proxy/demo/demoserver.h\""
    "proxy/demo/demoserver.h|#include \"proxy/settings.h\""
    "proxy/newfolder/x.h|#include <QObject>"
    "ui/shell/mainwindow.h|#include \"proxy/server.h\""
    "ui/shell/mainwindow.h|#include \"app/main.h\""
    "ui/shell/mainwindow.h|#include <qt6keychain/keychain.h>"
    "ui/chat/session.h|#include \"ui/shell/mainwindow.h\""
    "ui/chat/session.h|#include <QWidget>"
    "ui/chat/session.h|#include <QColor>"
    "ui/chat/session.h|#include \"proxy/net/secret.h\""
    "ui/chat/base/retrytimer.h|#include \"ui/chat/session.h\""
    "ui/chatpage/chatpage.h|#include \"ui/requests/request.h\""
    "ui/connect/connectpage.h|#include \"ui/settings/preferences.h\""
    "ui/widgets/field.h|#include \"ui/shell/mainwindow.h\""
    "proxy/gemini/quota.h|#include \"proxy/http/fields.h\""
    "proxy/net/secret.h|#include \"proxy/settings.h\""
    "proxy/exchange/exchange.h|#include \"proxy/routes/routes.h\""
    "proxy/accounts/metrics.h|#include \"proxy/exchange/exchange.h\""
    "app/system/signals.h|#include \"app/options/options.h\""
    "app/usage/usagestore.h|#include \"app/cli/ask.h\""
    "app/connect/toolfiles.h|#include \"app/cli/console.h\""
    "app/connect/toolfiles.h|#include \"ui/state.h\""
    "app/newfolder/x.h|#include <QObject>"
    "app/main.cpp|#include \"tests/support/peer.h\"")
set(good
    "proxy/server.cpp|#include \"proxy/gate/gatesocket.h\""
    "proxy/server.cpp|#include <QTcpServer>"
    "proxy/server.cpp|#include \"tst_server.moc\""
    "proxy/http/head.h|#include \"proxy/gemini/expected.h\""
    "proxy/gate/qtcompat.h|#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)"
    "ui/shell/mainwindow.h|#include <QWidget>"
    "ui/shell/mainwindow.h|#include \"ui/chat/session.h\""
    "app/system/keychain.h|#include \"ui/chat/base/workerthread.h\""
    "app/main.cpp|#include \"proxy/demo/demoserver.h\""
    "app/main.cpp|// like QT_VERSION_STR")
foreach(kind plants good)
    foreach(row IN LISTS ${kind})
        string(REGEX MATCH "^([^|]*)\\|(.*)$" matched "${row}")
        set(file ${CMAKE_MATCH_1})
        file(REMOVE_RECURSE ${SCRATCH})
        file(WRITE ${SCRATCH}/${file} "#pragma once\n${CMAKE_MATCH_2}\n")
        complaints(${file} found)
        if(kind STREQUAL "plants" AND NOT found)
            message(SEND_ERROR "not found: ${row}")
        elseif(kind STREQUAL "good" AND found)
            message(SEND_ERROR "found, though it is allowed: ${row} (${found})")
        endif()
    endforeach()
endforeach()
file(REMOVE_RECURSE ${SCRATCH})
