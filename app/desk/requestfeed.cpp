#include "app/desk/requestfeed.h"

#include "proxy/server.h"

#include <utility>

namespace {
// A table that changes twenty times a second looks live; the eye would see no difference with more.
constexpr std::chrono::milliseconds newsPause{50};
} // namespace

// The timer is a child, so that it moves to the thread along with this object.
RequestFeed::RequestFeed(QObject *parent) : QObject(parent), m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RequestFeed::flush);
}

void RequestFeed::listenTo(ProxyServer *server, quint64 firstNumber)
{
    const quint64 offset = firstNumber - 1;
    const auto keep = [this, offset](const ExchangeInfo &info) { note(info, offset); };
    connect(server, &ProxyServer::exchangeStarted, this, keep);
    connect(server, &ProxyServer::exchangeFirstByte, this, keep);
    connect(server, &ProxyServer::exchangeEnded, this, keep);
    connect(server, &ProxyServer::exchangeContent, this, [this, offset](ExchangeContent content) {
        content.number += offset;
        m_contents.append(std::move(content));
        wake();
    });
    connect(server, &ProxyServer::exchangePiece, this, [this, offset](quint64 number, const QByteArray &bytes) {
        QByteArray &piece = m_pieces[number + offset];
        if (piece.isEmpty())
            m_pieceOrder.append(number + offset);
        piece += bytes;
        wake();
    });
}

void RequestFeed::note(const ExchangeInfo &info, quint64 offset)
{
    const quint64 number = info.number + offset;
    if (!m_exchanges.contains(number))
        m_order.append(number);
    ExchangeInfo &kept = m_exchanges[number];
    kept = info;
    kept.number = number;
    wake();
}

void RequestFeed::wake()
{
    if (!m_timer.isActive())
        m_timer.start(newsPause);
}

void RequestFeed::flush()
{
    m_timer.stop();
    if (m_order.isEmpty() && m_contents.isEmpty() && m_pieceOrder.isEmpty())
        return;
    RequestNews all;
    for (const quint64 number : std::exchange(m_order, {}))
        all.exchanges.append(m_exchanges.take(number));
    all.contents = std::exchange(m_contents, {});
    for (const quint64 number : std::exchange(m_pieceOrder, {}))
        all.pieces.append({number, m_pieces.take(number)});
    emit news(all);
}
