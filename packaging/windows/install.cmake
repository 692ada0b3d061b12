# Icon, version and manifest go into both programs; Qt is put beside them by Qt's own script.
enable_language(RC)
set(icon_ico ${CMAKE_CURRENT_BINARY_DIR}/gemini-desk.ico)
set(manifest ${CMAKE_CURRENT_LIST_DIR}/app.manifest)
add_icon(${icon_ico})
add_custom_target(windows_icon DEPENDS ${icon_ico})

function(add_resource program description)
    set(resource ${CMAKE_CURRENT_BINARY_DIR}/${program}.rc)
    configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/app.rc.in ${resource} @ONLY)
    # A library of its own, since a source that another folder's target compiles would not wait for the icon.
    add_library(${program}_resource OBJECT ${resource})
    set_source_files_properties(${resource} PROPERTIES OBJECT_DEPENDS "${icon_ico};${manifest}")
    add_dependencies(${program}_resource windows_icon)
    target_link_libraries(${program} PRIVATE $<TARGET_OBJECTS:${program}_resource>)
    add_dependencies(${program} ${program}_resource)
    if(MSVC) # the manifest in the resource is used instead
        target_link_options(${program} PRIVATE /MANIFEST:NO)
    endif()
    set_target_properties(${program} PROPERTIES LINK_DEPENDS ${icon_ico})
endfunction()
add_resource(gemini-desk "Gemini Desk")
add_resource(gemini-proxy "Gemini Desk's proxy")
# No console window behind the desktop app; the proxy is for the console.
set_target_properties(gemini-desk PROPERTIES WIN32_EXECUTABLE ON)

install(TARGETS gemini-proxy gemini-desk RUNTIME DESTINATION bin)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${icon_ico} DESTINATION .)
# Before 6.5 it takes other arguments; the deploy folder is bin/.
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5)
    foreach(program gemini-desk gemini-proxy)
        qt_generate_deploy_app_script(TARGET ${program} OUTPUT_SCRIPT deploy
            NO_UNSUPPORTED_PLATFORM_ERROR NO_TRANSLATIONS)
        install(SCRIPT ${deploy})
    endforeach()
endif()
# What Qt's script does not know of: QtKeychain, where it is no part of Qt's folder. Qt6Keychain::Qt6Keychain
# is an alias, which install() refuses.
find_package(Qt6Keychain REQUIRED)
install(IMPORTED_RUNTIME_ARTIFACTS qt6keychain RUNTIME DESTINATION bin OPTIONAL)
