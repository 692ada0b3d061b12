#pragma once

#include "proxy/accounts/exchangeinfo.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

class ProxyServer;

// All that happened to exchanges since the last news. The window gets it a few times a second, however many events
// stream by.
struct RequestNews
{
    QList<ExchangeInfo> exchanges; // the last state of each that changed
    QList<ExchangeContent> contents;
    QList<std::pair<quint64, QByteArray>> pieces; // one for each exchange, joined
};
Q_DECLARE_METATYPE(RequestNews)

// Gathers what a server announces, and passes it on in batches. Lives on the server's thread.
class RequestFeed : public QObject
{
    Q_OBJECT

public:
    explicit RequestFeed(QObject *parent = nullptr);

    // Each server gets a range of numbers of its own, which begins at `firstNumber`, so that those of servers which run
    // one after the other never meet.
    void listenTo(ProxyServer *server, quint64 firstNumber);
    // Emits at once what waits for the next news().
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
