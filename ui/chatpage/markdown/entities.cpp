#include "ui/chatpage/markdown/entities.h"

#include <QTextDocumentFragment>

namespace markdown {

QString decodedEntity(const QString &entity)
{
    if (entity.size() < 3 || !entity.startsWith(u'&') || !entity.endsWith(u';'))
        return entity;
    if (entity[1] == u'#') {
        const bool hex = entity[2] == u'x' || entity[2] == u'X';
        bool ok = false;
        const uint code = QStringView(entity).sliced(hex ? 3 : 2).chopped(1).toUInt(&ok, hex ? 16 : 10);
        if (!ok || code == 0 || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
            return QString(QChar::ReplacementCharacter);
        const char32_t character = code;
        return QString::fromUcs4(&character, 1);
    }
    // Qt has a table of the names, but offers it only through its HTML parser. That must get no other HTML, so this
    // checks that the name has nothing but letters and digits, as md4c's names do.
    for (const QChar c : QStringView(entity).sliced(1).chopped(1)) {
        if (!c.isLetterOrNumber())
            return entity;
    }
    const QString text = QTextDocumentFragment::fromHtml(entity).toPlainText();
    return text.isEmpty() ? entity : text;
}

} // namespace markdown
