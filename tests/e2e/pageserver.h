#pragma once

#include <QHash>
#include <QTcpServer>

// Serves pages to a browser from a loopback origin of its own, and takes what they POST to
// /report. Lives on its test's thread.
class PageServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit PageServer(QObject *parent = nullptr);

    void setPage(const QByteArray &path, const QByteArray &html) { m_pages[path] = html; }
    [[nodiscard]] QByteArray origin() const; // "http://127.0.0.1:PORT"

signals:
    void reported(const QByteArray &text);

private:
    void serve(class QTcpSocket *socket);

    QHash<QByteArray, QByteArray> m_pages;
};
