#pragma once

#include "proxy/demo/demoanswers.h"
#include "proxy/demo/demofaults.h"
#include "proxy/http/chunked.h"
#include "proxy/http/requesthead.h"

#include <QBasicTimer>
#include <QByteArray>
#include <QObject>

#include <chrono>

class QTcpSocket;

// The connection of one client of the demo. It takes requests one at a time, while further ones wait in the socket. It
// writes the answers that it is given, correct or broken as their behaviour says. It owns the socket, and deletes
// itself when the connection has ended. If it is deleted earlier, it emits no signal.
class DemoConnection : public QObject
{
    Q_OBJECT

public:
    explicit DemoConnection(QTcpSocket *socket, QObject *parent = nullptr);
    ~DemoConnection() override;

    // Answers the request that requestComplete() has announced. `pace` is the time between two pieces of a paced reply.
    // Emits answerEnded() at the end, unless this object is deleted before.
    void answer(DemoReply reply, const DemoBehaviour &behaviour, std::chrono::milliseconds pace);
    // Closes the connection unless a request or an answer is under way.
    void closeIfIdle();

signals:
    void requestComplete(const http::RequestHead &head, const QByteArray &body);
    // `complete` is false if the client went away before the end of the answer.
    void answerEnded(bool complete);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    enum class State { Head, Body, Answering, Producing, Draining, Closed };

    void read();
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    void refuse(int status, const char *reason);

    void begin();
    void produce();
    [[nodiscard]] bool interrupt();
    [[nodiscard]] http::Fields framingFields();
    [[nodiscard]] QByteArray framed(const QByteArray &piece) const;
    void write(const QByteArray &bytes);
    [[nodiscard]] qint64 waiting() const;
    void schedule(std::chrono::milliseconds delay);
    void onWritten();

    void finish();
    void complete();
    void close(); // ends the connection by a FIN, after all that was written
    void reset(); // ends the connection by an RST
    void gone();
    void end(bool complete);

    QTcpSocket *m_socket;
    State m_state = State::Head;
    bool m_underWay = false; // between requestComplete() and answerEnded()

    // The request
    QByteArray m_input; // received bytes that were not parsed yet
    qsizetype m_scanned = 0;
    http::RequestHead m_head;
    http::ChunkedDecoder m_decoder;
    QByteArray m_body;

    // The answer
    DemoReply m_reply;
    DemoBehaviour m_behaviour;
    DemoBehaviour::Framing m_framing = DemoBehaviour::Framing::Natural;
    std::chrono::milliseconds m_pace{0};
    QBasicTimer m_timer;
    int m_pieces = 0;
    bool m_interrupted = false;
    bool m_keepAlive = true;
};
