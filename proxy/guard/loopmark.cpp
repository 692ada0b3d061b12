#include "proxy/guard/loopmark.h"

#include <QRandomGenerator>

namespace loopmark {

QByteArray makeName()
{
    return QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
}

bool hasPassed(const http::RequestHead &head, const QByteArray &name)
{
    return head.fields.hasListItem(field, name);
}

QByteArray forUpstream(const http::RequestHead &head, const QByteArray &name, const QUrl &upstream)
{
    if (upstream.host().endsWith(QLatin1String(".googleapis.com"), Qt::CaseInsensitive))
        return {};
    const QByteArray before = head.fields.joined(field);
    return before.isEmpty() ? name : before + ", " + name;
}

} // namespace loopmark
