#pragma once

#include "proxy/accounts/exchangeinfo.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

class ProxyServer;

// All that happened to exchanges since the last time: what the window gets, a few times a second,
// however many events a second stream by.
struct RequestNews
{
    QList<ExchangeInfo> exchanges; // the last state of each that changed
    QList<ExchangeContent> contents;
    QList<std::pair<quint64, QByteArray>> pieces; // one an exchange, joined
};
Q_DECLARE_METATYPE(RequestNews)

// Gathers what a server announces. Lives on the server's thread.
class RequestFeed : public QObject
{
    Q_OBJECT

public:
    explicit RequestFeed(QObject *parent = nullptr);

    // Numbers of several servers, one after the other, must not meet: each gets its own range.
    void listenTo(ProxyServer *server, quint64 firstNumber);
    // Tells now what waits to be told.
    void flush();

signals:
    void news(const RequestNews &news);

private:
    void note(const ExchangeInfo &info, quint64 offset);
    void wake();

    QTimer m_timer;
    QList<quint64> m_order;
    QHash<quint64, ExchangeInfo> m_exchanges;
    QList<ExchangeContent> m_contents;
    QList<quint64> m_pieceOrder;
    QHash<quint64, QByteArray> m_pieces;
};
