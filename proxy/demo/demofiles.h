#pragma once

#include "proxy/demo/demoanswers.h"

#include <QDateTime>

// The demo's files: Google's resumable uploads, and files to list, get, download and delete, in
// memory, bounded: the oldest go first. Lives on its server's thread, owned by it.
// https://ai.google.dev/api/files
class DemoFiles
{
public:
    static constexpr qsizetype maximumFiles = 100;
    static constexpr qint64 maximumBytes = 256LL * 1024 * 1024; // of all together

    // Whether that path is about files.
    [[nodiscard]] static bool owns(QByteArrayView path);

    // `key` was checked already.
    [[nodiscard]] DemoReply reply(const http::RequestHead &head, const QByteArray &body, bool tls);

private:
    struct File
    {
        QString id;
        QString displayName;
        QString mimeType;
        QByteArray bytes;
        QString sha256; // once it is complete, as Gemini writes it
        QDateTime created;
        bool complete = false;
    };

    [[nodiscard]] DemoReply start(const http::RequestHead &head, const QByteArray &body);
    [[nodiscard]] DemoReply upload(const http::RequestHead &head, const QByteArray &body);
    [[nodiscard]] DemoReply list(const http::RequestHead &head) const;
    [[nodiscard]] QJsonObject described(const File &file, const QByteArray &host) const;
    [[nodiscard]] File *find(const QString &id);
    void makeRoom(const QString &kept);

    QList<File> m_files; // the oldest first
    int m_lastId = 0;
    QByteArray m_scheme; // of the addresses given out
};
