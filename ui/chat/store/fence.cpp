#include "ui/chat/store/fence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

QString chat::fenced(const QString &code, const QString &language)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : code) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return fence + language + u'\n' + code + (code.endsWith(u'\n') ? u""_s : u"\n"_s) + fence;
}
