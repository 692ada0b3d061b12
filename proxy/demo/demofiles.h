#pragma once

#include "proxy/demo/demoanswers.h"

#include <QDateTime>

// The demo's copy of Gemini's API for files (https://ai.google.dev/api/files): clients can send files by Google's
// resumable uploads, and list, get, download and delete them. The files are kept in memory. Their number and total size
// are limited; the oldest ones are deleted first. Lives on its server's thread and is owned by it.
class DemoFiles
{
public:
    static constexpr qsizetype maximumFiles = 100;
    static constexpr qint64 maximumBytes = 256LL * 1024 * 1024; // of all files together

    // Whether requests for this path are about files.
    [[nodiscard]] static bool owns(QByteArrayView path);

    // Answers a request whose key was checked already. `tls` tells whether the addresses in the answer use https.
    [[nodiscard]] DemoReply reply(const http::RequestHead &head, const QByteArray &body, bool tls);

private:
    struct File
    {
        QString id;
        QString displayName;
        QString mimeType;
        QByteArray bytes;
        QString sha256; // in Base64 of its hex digits, as Gemini writes it; empty until the file is complete
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
    QByteArray m_scheme; // of addresses in answers, "http://" or "https://"
};
