# Read by cpack once for each kind of package.
if(CPACK_GENERATOR MATCHES "^(DEB|RPM)$")
    set(CPACK_COMPONENTS_ALL proxy desk)
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
elseif(CPACK_GENERATOR STREQUAL "TGZ")
    # All in one folder, with Qt put beside the programs.
    set(CPACK_MONOLITHIC_INSTALL ON)
    set(CPACK_PRE_BUILD_SCRIPTS ${CPACK_GEMINI_DESK_PACKAGING}/linux/portable.cmake)
endif()
