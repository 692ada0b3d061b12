#include "app/options/tokensection.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace {

const QByteArray header = "[tokens]"_ba;

} // namespace

QByteArray withToken(const QByteArray &config, const QByteArray &name, const QByteArray &sha256)
{
    QByteArray text = withoutToken(config, name);
    if (!text.isEmpty() && !text.endsWith('\n'))
        text += '\n';
    const QByteArray line = name + '=' + sha256.toHex() + '\n';
    const qsizetype at = text.startsWith(header) ? 0 : text.indexOf('\n' + header) + 1;
    if (!QByteArrayView(text).sliced(at).startsWith(header))
        return text + header + '\n' + line;
    return text.insert(text.indexOf('\n', at) + 1, line);
}

QByteArray withoutToken(const QByteArray &config, const QByteArray &name)
{
    QList<QByteArray> rest;
    bool inSection = false;
    const QList<QByteArray> lines = config.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray text = line.trimmed();
        if (text.startsWith('['))
            inSection = text == header;
        if (!inSection || text.left(text.indexOf('=')).trimmed() != name || !text.contains('='))
            rest.append(line);
    }
    return rest.join('\n');
}
