#include "app/system/portholder.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QtEndian>

#include <pwd.h>

#include <optional>

using namespace Qt::StringLiterals;

namespace {

// One listening socket, as a line of /proc/net/tcp or tcp6 describes it (see proc(5)).
struct Listener
{
    QHostAddress address;
    quint16 port = 0;
    uint user = 0;
    QByteArray inode;
};

// The kernel prints the address as 32-bit words in the machine's own byte order.
QHostAddress parseAddress(const QByteArray &hex)
{
    Q_IPV6ADDR bytes{};
    const qsizetype words = hex.size() / 8;
    if (words != 1 && words != 4)
        return {};
    for (qsizetype i = 0; i < words; ++i) {
        const quint32 word = hex.mid(i * 8, 8).toUInt(nullptr, 16);
        memcpy(bytes.c + i * 4, &word, 4);
    }
    return words == 1 ? QHostAddress(qFromBigEndian<quint32>(bytes.c)) : QHostAddress(bytes);
}

std::optional<Listener> parseLine(const QByteArray &line)
{
    // The columns are: sl, local address, remote address, state, queues, timer, retransmits, user, timeout, inode
    const QList<QByteArray> columns = line.simplified().split(' ');
    if (columns.size() < 10 || columns.at(3) != "0A") // the state "listening"
        return {};
    const QList<QByteArray> local = columns.at(1).split(':');
    if (local.size() != 2)
        return {};
    return Listener{parseAddress(local.at(0)), quint16(local.at(1).toUInt(nullptr, 16)), columns.at(7).toUInt(),
                    columns.at(9)};
}

bool isWildcard(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6)
            || address == QHostAddress(QHostAddress::Any);
}

std::optional<Listener> findListener(const QHostAddress &address, quint16 port)
{
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        // Files in /proc report no size, so this reads up to their end, not up to their size.
        for (const QByteArray &line : file.readAll().split('\n')) {
            const auto listener = parseLine(line);
            if (listener && listener->port == port
                && (listener->address.isEqual(address) || isWildcard(listener->address) || isWildcard(address))) {
                return listener;
            }
        }
    }
    return {};
}

// Returns the process that has the socket open, as portHolder() does, or "" if this program may not see it, as with
// processes of other users.
QString findProcess(const QByteArray &inode)
{
    const QString wanted = u"socket:[%1]"_s.arg(QString::fromLatin1(inode));
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        const QString folder = "/proc/"_L1 + process;
        const QStringList descriptors =
                QDir(folder + "/fd"_L1).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
        for (const QString &descriptor : descriptors) {
            if (!QFile::symLinkTarget(folder + "/fd/"_L1 + descriptor).endsWith(wanted))
                continue;
            QFile name(folder + "/comm"_L1);
            const QString command =
                    name.open(QIODevice::ReadOnly) ? QString::fromUtf8(name.readAll()).trimmed() : u"a program"_s;
            return u"%1 (process %2)"_s.arg(command, process);
        }
    }
    return {};
}

} // namespace

QString portHolder(const QHostAddress &address, quint16 port)
{
    const auto listener = findListener(address, port);
    if (!listener)
        return {};
    const QString process = findProcess(listener->inode);
    if (!process.isEmpty())
        return process;
    const passwd *user = getpwuid(listener->user);
    return user ? u"a program of user %1"_s.arg(QString::fromLocal8Bit(user->pw_name)) : QString();
}
