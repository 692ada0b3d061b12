#include "app/options/boundedfile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

Expected<QByteArray, QString> readBoundedFile(const QString &path, qint64 most)
{
    const QFileInfo info(path);
    if (info.isDir())
        return u"it is a folder"_s;
    if (info.exists() && !info.isFile())
        return u"it is no ordinary file"_s;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    const QByteArray content = file.read(most + 1); // the size that the system reports may be wrong, as it is in /proc
    if (content.size() > most)
        return u"it is larger than %1 bytes"_s.arg(most);
    return content;
}
