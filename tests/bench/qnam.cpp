// One of the proxies that run.sh compares: the one that people would write with Qt's QNetworkAccessManager. As a
// manager opens at most six connections to a host, there are as many managers as the streams need.
#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

class Managers
{
public:
    // Sends the request through the first manager with a connection to spare. The connection counts as taken until the
    // reply is deleted or has lost its parent.
    QNetworkReply *post(const QNetworkRequest &request, const QByteArray &body)
    {
        for (const auto &manager : m_managers) {
            if (manager->findChildren<QNetworkReply *>(Qt::FindDirectChildrenOnly).size() < 6)
                return manager->post(request, body);
        }
        m_managers.push_back(std::make_unique<QNetworkAccessManager>());
        return m_managers.back()->post(request, body);
    }

private:
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers;
};

// A client's connection, on which one request follows the other.
class Connection : public QObject
{
public:
    Connection(QTcpSocket *client, const QByteArray &upstream, Managers &managers)
        : QObject(client), m_client(client), m_upstream(upstream), m_managers(managers)
    {
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(client, &QTcpSocket::readyRead, this, &Connection::read);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }
    ~Connection() override
    {
        if (m_reply) {
            m_reply->disconnect(this);
            m_reply->abort();
            m_reply->deleteLater();
        }
    }

private:
    void read()
    {
        m_input += m_client->readAll();
        const qsizetype head = m_input.indexOf("\r\n\r\n");
        if (m_reply || head < 0)
            return;
        constexpr QByteArrayView name = "content-length: ";
        const QByteArray lower = m_input.first(head + 2).toLower();
        const qsizetype at = lower.indexOf(name);
        const qsizetype length =
                at < 0 ? 0 : lower.mid(at + name.size(), lower.indexOf('\r', at) - at - name.size()).toLongLong();
        if (m_input.size() < head + 4 + length)
            return;
        m_close = lower.contains("connection: close");
        const qsizetype target = m_input.indexOf(' ') + 1;
        QNetworkRequest request(
                QUrl::fromEncoded(m_upstream + m_input.mid(target, m_input.indexOf(' ', target) - target)));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setRawHeader("x-goog-api-key", "bench");
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        const QByteArray body = m_input.mid(head + 4, length);
        m_input.remove(0, head + 4 + length);
        m_begun = false;
        m_reply = m_managers.post(request, body);
        connect(m_reply, &QNetworkReply::readyRead, this, &Connection::relay);
        connect(m_reply, &QNetworkReply::finished, this, &Connection::finish);
    }

    void relay()
    {
        QByteArray bytes;
        if (!std::exchange(m_begun, true)) {
            bytes = "HTTP/1.1 "
                    + QByteArray::number(m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt())
                    + " OK\r\nContent-Type: " + m_reply->rawHeader("content-type")
                    + "\r\nTransfer-Encoding: chunked\r\n" + (m_close ? "Connection: close\r\n\r\n" : "\r\n");
        }
        const QByteArray piece = m_reply->readAll();
        if (!piece.isEmpty())
            bytes += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
        m_client->write(bytes);
        m_client->flush();
    }

    void finish()
    {
        QNetworkReply *reply = m_reply;
        if (reply->error() != QNetworkReply::NoError) {
            m_client->abort();
            return;
        }
        relay();
        m_reply = nullptr;
        reply->setParent(nullptr); // so that Managers no longer counts it
        reply->deleteLater();
        m_client->write("0\r\n\r\n");
        m_client->flush();
        if (m_close)
            m_client->disconnectFromHost();
        else
            read();
    }

    QTcpSocket *m_client;
    QByteArray m_upstream;
    Managers &m_managers;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_input;
    bool m_begun = false;
    bool m_close = false;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QByteArray upstream = qgetenv("UPSTREAM");
    if (upstream.startsWith("https")) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.addCaCertificates(qEnvironmentVariable("CA_FILE"));
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    Managers managers;
    QTcpServer server;
    server.setListenBacklogSize(4096);
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket *client = server.nextPendingConnection())
            new Connection(client, upstream, managers);
    });
    if (!server.listen(QHostAddress::LocalHost, quint16(qEnvironmentVariableIntValue("PORT"))))
        qFatal("cannot listen");
    return QCoreApplication::exec();
}
