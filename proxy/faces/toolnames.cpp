#include "proxy/faces/toolnames.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

constexpr qsizetype longest = 64;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isAllowed(QChar c)
{
    return isLetter(c) || (c >= u'0' && c <= u'9') || c == u'.' || c == u':' || c == u'-';
}

// Whether it ends like the names that are given here. Such a name is changed as well, so that no client's name is the
// same as one that another tool was given.
bool looksGiven(const QString &name)
{
    const QStringView end = QStringView(name).last(std::min<qsizetype>(name.size(), 9));
    return end.size() == 9 && end.front() == u'_' && std::all_of(end.begin() + 1, end.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

} // namespace

QString ToolNames::forGemini(const QString &clientName)
{
    QString name;
    if (clientName.isEmpty() || !isLetter(clientName.front()))
        name += u'_';
    for (const QChar c : clientName)
        name += isAllowed(c) ? c : u'_';
    if (name == clientName && name.size() <= longest && !looksGiven(name))
        return name;
    // The digest keeps two names apart that would look the same.
    const QByteArray digest = QCryptographicHash::hash(clientName.toUtf8(), QCryptographicHash::Sha256).toHex();
    name = name.first(std::min(name.size(), longest - 9)) + u'_' + QLatin1StringView(digest.first(8));
    m_changed.insert(name, clientName);
    return name;
}

QString ToolNames::forClient(const QString &geminiName) const
{
    return m_changed.value(geminiName, geminiName);
}

QString newId(const QString &prefix)
{
    static constexpr QLatin1StringView letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    QString id = prefix;
    for (int i = 0; i < 24; ++i)
        id += letters[QRandomGenerator::global()->bounded(int(letters.size()))];
    return id;
}

} // namespace faces
