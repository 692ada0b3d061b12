#pragma once

#include <QAbstractHttpServer>

#include <functional>

// QHttpServer as the proxy uses it: the gate shows it a stub of each request, and it reports which connection waits for
// an answer. Everything that differs between Qt 6.4 and 6.8 is in this class.
class HttpServer : public QAbstractHttpServer
{
    Q_OBJECT

public:
    // `handler` gets the ID of the GateSocket whose request is to be answered.
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
