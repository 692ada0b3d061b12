#pragma once

#include "app/connect/toolguide.h"

#include <QString>

#include <optional>

namespace tools {

// What is to become of one file.
struct FileChange
{
    QString path;
    Format format;
    bool existed = false; // before the change
    bool created = false; // this program has made the file, now or earlier
    bool removed = false; // nothing is left in it, and this program had made it
    QByteArray before = {};
    QByteArray after = {};
    QList<Written> written = {}; // what of ours is in it then
    QStringList left = {};       // names of settings that stay, because the user has changed them meanwhile

    [[nodiscard]] QString diff() const;
};

// What is to become of all of a tool's files.
struct Plan
{
    QString tool; // its ID
    QList<FileChange> changes;
    QString tokenName; // the token that was made for the tool; "" = none was
};

// Puts the proxy into the files of other programs and takes it out again. What was written and what it replaced is kept
// in a file per tool that only the user can read, as it may hold tokens. Nothing is asked here. Used on one thread.
class ToolFiles
{
public:
    // `folder`: where the files about the tools are. They need not exist.
    explicit ToolFiles(QString folder = standardFolder());
    [[nodiscard]] static QString standardFolder();

    [[nodiscard]] bool isConnected(const QString &tool) const;
    // Returns the name of the token that was made for a connected tool; "" = none was.
    [[nodiscard]] QString tokenName(const QString &tool) const;

    // Say what is to be written. The errors are whole sentences.
    [[nodiscard]] Expected<Plan, QString> connecting(const Guide &guide) const;
    [[nodiscard]] Expected<Plan, QString> disconnecting(const QString &tool) const;
    // Writes what connecting() or disconnecting() said. Before a file is edited for the first time, its copy is put
    // beside it. Returns why that failed, in a whole sentence, or "". The files that were written then stay so.
    [[nodiscard]] QString apply(const Plan &plan) const;

    // Returns the address and the token that a connected tool really has in its files, for want of these the guide's.
    [[nodiscard]] static Target asSet(const Guide &guide, const Target &target);

    // Where a file's copy of before is put.
    [[nodiscard]] static QString backupOf(const QString &path);

private:
    struct Record
    {
        QList<FileChange> files; // without their texts
        QString tokenName;
    };
    [[nodiscard]] QString recordPath(const QString &tool) const;
    [[nodiscard]] std::optional<Record> record(const QString &tool) const;
    [[nodiscard]] QString keep(const Plan &plan) const;

    const QString m_folder;
};

} // namespace tools
