#pragma once

#include <QAbstractHttpServer>

#include <functional>

// QHttpServer as the proxy uses it: it is shown a stub of each request by the gate, and reports
// which connection asks for an answer. What differs between Qt 6.4 and 6.8 is here and nowhere
// else.
class HttpServer : public QAbstractHttpServer
{
    Q_OBJECT

public:
    // `handler` gets the id of the GateSocket whose request is due.
    explicit HttpServer(std::function<void(quint64)> handler, QObject *parent = nullptr);

protected:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;
#elif QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &&responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &&responder) override;
#else
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
#endif

private:
    bool handle(const QHttpServerRequest &request);

    std::function<void(quint64)> m_handler;
};
