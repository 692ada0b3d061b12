# Read by windows.sh after project(): Debian's Qt, QtKeychain and md4c stand in for those of Windows.
# Their headers are the same; their libraries are one that windows.sh makes of what the programs ask for.
set(CMAKE_DISABLE_FIND_PACKAGE_PkgConfig ON)
# Qt's own files ask for /usr/include, where the C library of Linux lies.
list(APPEND CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES /usr/include)
set(modules Core Gui HttpServer Network Sql Svg WebSockets Widgets)
find_package(Qt6 REQUIRED COMPONENTS ${modules})
list(TRANSFORM modules PREPEND Qt6::)

set(include ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${include})
foreach(header md4c.h qt6keychain)
    file(CREATE_LINK /usr/include/${header} ${include}/${header} SYMBOLIC)
endforeach()
foreach(package md4c Qt6Keychain)
    file(WRITE ${CMAKE_BINARY_DIR}/found/${package}Config.cmake "")
    set(${package}_DIR ${CMAKE_BINARY_DIR}/found)
    string(TOLOWER ${package} target)
    add_library(${target} SHARED IMPORTED)
    add_library(${package}::${package} ALIAS ${target})
    set_target_properties(${target} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${include})
endforeach()
set_target_properties(${modules} md4c qt6keychain PROPERTIES
    IMPORTED_IMPLIB ${CMAKE_BINARY_DIR}/libothers.dll.a IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/libothers.dll.a)
