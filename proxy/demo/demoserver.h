#pragma once

#include "proxy/http/requesthead.h"

#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <memory>

// An upstream that speaks Gemini's wire format on a free loopback port, answers deterministically
// and marks every answer as a demo. It is what a newcomer sees first, and what tests use: a model
// named "demo-FAULT" (see faults()) misbehaves in that way.
// Lives on one thread, with an event loop.
class DemoServer : public QObject
{
    Q_OBJECT

public:
    // One way to misbehave.
    struct Fault
    {
        const char *name;    // asked for as model "demo-NAME"
        const char *summary; // one line for people
    };
    // The table of faults; the first entry means none.
    [[nodiscard]] static const QList<Fault> &faults();

    // What arrived, for tests.
    struct Request
    {
        http::RequestHead head;
        QByteArray body; // without its transfer coding
    };

    explicit DemoServer(QObject *parent = nullptr);
    ~DemoServer() override;

    // Sets the time between two words; 0 = as fast as possible. The default is a human pace.
    void setPace(std::chrono::milliseconds pace);
    // Speaks TLS; before listen().
    void setTls(const QSslConfiguration &configuration);
    // Every request from now on misbehaves in that way, whatever its model and path; "" = the model decides again.
    // "refuse" stops listening until another fault is set.
    void setFault(const QByteArray &name);

    [[nodiscard]] bool listen();
    [[nodiscard]] QUrl url() const; // "http://127.0.0.1:PORT"

    // Whole and well-formed requests: the newest 1,000, fewer where their bodies pass 256 MiB.
    [[nodiscard]] const QList<Request> &requests() const;
    [[nodiscard]] qint64 requestCount() const;
    [[nodiscard]] int openStreams() const; // answers under way

signals:
    void requestReceived();
    // Once for each request received. true: all that the answer or the fault is made of was sent;
    // false: the other side went away before that.
    void streamEnded(bool complete);

private:
    class Private;
    std::unique_ptr<Private> d;
};
