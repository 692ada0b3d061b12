# The installer is for one user, without administrator rights: NSIS.template.in, which cpack takes
# instead of its own. ZIP is the same tree, portable.
set(CPACK_PACKAGE_FILE_NAME gemini-desk-${PROJECT_VERSION}-windows-x86_64)
set(CPACK_PACKAGE_INSTALL_DIRECTORY "Gemini Desk")
set(CPACK_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
set(CPACK_GEMINI_DESK_ICON ${icon_ico})
set(CPACK_MONOLITHIC_INSTALL ON)
