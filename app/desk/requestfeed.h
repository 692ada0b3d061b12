#pragma once

#include "proxy/accounts/exchangeinfo.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

class ProxyServer;

// All that happened to exchanges since the last news. However many events there are, the window gets news at most
// twenty times a second.
struct RequestNews
{
    QList<ExchangeInfo> exchanges; // the latest state of each exchange that changed
    QList<ExchangeContent> contents;
    QList<std::pair<quint64, QByteArray>> pieces; // for each exchange, by its number, all new pieces joined into one
};
Q_DECLARE_METATYPE(RequestNews)

// Gathers what servers announce, and passes it on in batches. Lives on the servers' thread.
class RequestFeed : public QObject
{
    Q_OBJECT

public:
    explicit RequestFeed(QObject *parent = nullptr);

    // The exchanges of each server get a range of numbers of their own, which begins at `firstNumber`, so that no two
    // servers use the same number.
    void listenTo(ProxyServer *server, quint64 firstNumber);
    // Emits the waiting news at once, if there is any.
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
