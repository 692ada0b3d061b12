#pragma once

#include "ui/chat/error.h"
#include "ui/chat/httpcall.h"

#include <QDateTime>
#include <QFile>
#include <QObject>
#include <QTimer>

#include <memory>

namespace chat {

// A file that Gemini keeps for 48 hours.
struct UploadedFile
{
    QString name; // "files/abc"
    QString uri;
    QString mimeType;
    QDateTime expires; // UTC
};

// Uploads a file by Gemini's resumable upload (https://ai.google.dev/api/files), in pieces, so that no request is
// larger than the proxy allows. Then waits until Gemini can use the file. Ends with exactly one of finished(), failed()
// and stopped(), never inside Client::upload().
class Upload : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 pieceSize = 8 * 1024 * 1024;      // a multiple of Gemini's 256 KiB
    static constexpr qint64 limit = 2LL * 1024 * 1024 * 1024; // Gemini's limit for a file

    Upload(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &path, const QString &mimeType,
           QObject *parent);
    ~Upload() override;

    // A second call does nothing.
    void stop();

signals:
    void progress(qint64 sent, qint64 total); // bytes
    void finished(const chat::UploadedFile &file);
    void failed(const chat::Error &error);
    void stopped();

private:
    void open();
    void begin();
    void sendPiece();
    void takeFile(const QByteArray &body);
    void look(); // asks whether Gemini can use the file by now
    void fail(const Error &error);
    void send(const HttpCall::Request &request, void (Upload::*then)(const HttpCall::End &));
    void begun(const HttpCall::End &end);
    void pieceSent(const HttpCall::End &end);
    void looked(const HttpCall::End &end);

    QNetworkAccessManager &m_manager;
    const Endpoint m_endpoint;
    QFile m_file;
    const QString m_mimeType;
    qint64 m_size = 0;
    qint64 m_at = 0;
    qint64 m_told = 0; // the last value of progress()
    QByteArray m_piece;
    QByteArray m_target; // path and query of the upload's address
    UploadedFile m_uploaded;
    QTimer m_pause;
    int m_looks = 0;
    HttpCall *m_call = nullptr; // our child
    bool m_over = false;
};

} // namespace chat
