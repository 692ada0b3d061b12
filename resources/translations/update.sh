#!/usr/bin/env bash
# Brings the translations in step with the texts in ui/: new ones come in as unfinished, gone ones go.
# Then fill in what is new, with Qt Linguist or an editor. The test "translations" fails until all is
# there. update.sh [FOLDER]: of the .ts files, this one if none is named.
set -eu
here=$(cd -P "$(dirname "$0")" && pwd -P)
folder=${1:-$here}
lupdate=${LUPDATE:-$(command -v lupdate6 || command -v /usr/lib/qt6/bin/lupdate || command -v lupdate)}
cd "$here/../.."
for language in de es zh_CN; do
    "$lupdate" -silent -I . -locations none -no-obsolete ui -ts "$folder/gemini-desk_$language.ts"
done
# English needs its plural forms only.
"$lupdate" -silent -I . -locations none -no-obsolete -pluralonly ui -ts "$folder/gemini-desk_en.ts"
