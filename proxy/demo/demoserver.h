#pragma once

#include "proxy/http/requesthead.h"

#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <memory>

// An upstream that speaks Gemini's wire format on a free loopback port. The same request always gets the same answer,
// and every answer says that it is a demo. Newcomers see it first, and tests use it: a request for a model named
// "demo-FAULT" gets a faulty answer (see faults()). Lives on one thread, which needs an event loop.
class DemoServer : public QObject
{
    Q_OBJECT

public:
    // One way to misbehave.
    struct Fault
    {
        const char *name;    // clients ask for it by the model "demo-NAME"
        const char *summary; // one line for people
    };
    // All faults. The first entry has an empty name and means no fault.
    [[nodiscard]] static const QList<Fault> &faults();

    // A request that has arrived, for tests.
    struct Request
    {
        http::RequestHead head;
        QByteArray body; // without its transfer coding
    };

    explicit DemoServer(QObject *parent = nullptr);
    ~DemoServer() override;

    // Sets the time between two words; 0 = as fast as possible. The default is a pace at which people can read along.
    void setPace(std::chrono::milliseconds pace);
    // Sets how long the agent "demo-deep-research" works; 0 = as fast as possible. The default is 20 seconds.
    void setWorkTime(std::chrono::milliseconds time);
    // Makes the server speak TLS. To be called before listen().
    void setTls(const QSslConfiguration &configuration);
    // Makes all further requests get this fault, whatever their model and path. With "" the model decides again. With
    // "refuse" the server stops listening until another fault is set.
    void setFault(const QByteArray &name);

    [[nodiscard]] bool listen();
    [[nodiscard]] QUrl url() const; // "http://127.0.0.1:PORT"

    // The newest complete and valid requests: 1,000 at most, and fewer if their bodies exceed 256 MiB together.
    [[nodiscard]] const QList<Request> &requests() const;
    [[nodiscard]] qint64 requestCount() const;
    [[nodiscard]] int openStreams() const; // answers under way

signals:
    void requestReceived();
    // Emitted once for each request, when its answer has ended. `complete` tells whether all of the answer, or of the
    // fault, was sent; it is false if the client went away before.
    void streamEnded(bool complete);

private:
    class Private;
    std::unique_ptr<Private> d;
};
