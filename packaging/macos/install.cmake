# One bundle with both programs; gemini-proxy lies beside gemini-desk, and a link in PATH may lead to it.
set(icon_icns ${CMAKE_CURRENT_BINARY_DIR}/gemini-desk.icns)
add_icon(${icon_icns})
add_custom_target(macos_icon ALL DEPENDS ${icon_icns})
set_target_properties(gemini-desk PROPERTIES
    MACOSX_BUNDLE ON
    OUTPUT_NAME "Gemini Desk"
    MACOSX_BUNDLE_INFO_PLIST ${CMAKE_CURRENT_LIST_DIR}/Info.plist.in
    MACOSX_BUNDLE_GUI_IDENTIFIER ${app_id}
    MACOSX_BUNDLE_SHORT_VERSION_STRING ${PROJECT_VERSION}
    MACOSX_BUNDLE_BUNDLE_VERSION ${PROJECT_VERSION})
set(bundle "Gemini Desk.app")
install(TARGETS gemini-desk BUNDLE DESTINATION .)
install(TARGETS gemini-proxy RUNTIME DESTINATION "${bundle}/Contents/MacOS")
install(FILES ${icon_icns} ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION "${bundle}/Contents/Resources")
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5) # before, it takes other arguments
    qt_generate_deploy_app_script(TARGET gemini-desk OUTPUT_SCRIPT deploy NO_UNSUPPORTED_PLATFORM_ERROR NO_TRANSLATIONS)
    install(SCRIPT ${deploy})
endif()
# Signs where the environment says with whose identity: see sign.sh.
install(CODE "execute_process(COMMAND \"${CMAKE_CURRENT_LIST_DIR}/sign.sh\"
    \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${bundle}\" COMMAND_ERROR_IS_FATAL ANY)")
