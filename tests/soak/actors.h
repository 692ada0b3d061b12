#pragma once

#include "tests/support/httpclient.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QTimer>

#include <memory>
#include <random>

// What all actors share: where to go, what a good answer is, and the score.
struct Stage
{
    quint16 port = 0;
    QHash<QByteArray, QByteArray> expected; // prompt -> the bytes that the upstream sends for it
    std::mt19937 random;
    QMap<QByteArray, qint64> done;  // by kind
    QMap<QByteArray, qint64> wrong; // by kind; must stay empty
    QByteArrayList complaints;      // the first few, in words

    [[nodiscard]] int pick(int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); }
    void score(const QByteArray &kind, const QByteArray &complaint);
};

// One client that plays a part again and again, each time on a new connection, until it is told
// to stop. A part that should come to an end and does not counts as wrong.
class Actor : public QObject
{
    Q_OBJECT

public:
    enum class Part { Good, Leaver, SlowReader, SlowHead, SlowBody, Malformed, Fault };

    Actor(Part part, Stage &stage);

    void begin();
    void stop() { m_stopped = true; } // after the current round
    [[nodiscard]] bool isIdle() const { return !m_client; }

private:
    void end(const QByteArray &complaint);
    void onArrived();
    void onTick();
    [[nodiscard]] QByteArray judge() const; // "" or what is wrong with how it ended

    const Part m_part;
    Stage &m_stage;
    std::unique_ptr<HttpClient> m_client;
    QByteArray m_prompt;
    QByteArray m_fault;
    qint64 m_leaveAt = 0; // bytes of the answer
    QByteArray m_toSend;  // byte by byte
    int m_rounds = 1;     // requests on this connection
    QTimer m_tick;
    QTimer m_patience;
    bool m_stopped = false;
};
