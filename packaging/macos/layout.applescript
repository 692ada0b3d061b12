-- The disk image's window: the app at the left, the link to Applications at the right.
on run argv
    set imageName to item 1 of argv
    tell application "Finder"
        tell disk imageName
            open
            set current view of container window to icon view
            set toolbar visible of container window to false
            set statusbar visible of container window to false
            set bounds of container window to {200, 200, 680, 520}
            set options to the icon view options of container window
            set arrangement of options to not arranged
            set icon size of options to 96
            set background picture of options to file ".background:background.png"
            set position of item "Gemini Desk.app" of container window to {120, 160}
            set position of item "Applications" of container window to {360, 160}
            close
            open
            update without registering applications
            delay 2
        end tell
    end tell
end run
