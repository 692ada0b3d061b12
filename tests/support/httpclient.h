#pragma once

#include "proxy/http/fields.h"
#include "proxy/http/responsehead.h"

#include <QList>
#include <QObject>
#include <QSocketNotifier>

#include <chrono>
#include <functional>
#include <memory>

// An HTTP client for tests. It sends the bytes that it is given, notes what arrives and when, tells a whole answer from
// one that was cut, and can misbehave. It does not use QTcpSocket, which takes a reset for a regular end. Lives on its
// test's thread, which needs an event loop.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    enum class End {
        Running,
        Clean,     // all of the body came: the last chunk, the whole length, or FIN if that ends it
        Cut,       // the connection ended too early
        Malformed, // not HTTP
    };

    struct Response
    {
        int status = 0;
        http::Fields fields;
        QByteArray body;         // without its transfer coding; empty if a sink gets it
        qint64 length = 0;       // of the body so far
        QList<qint64> chunkEnds; // how much of the body there was at the end of each whole chunk
        QList<std::chrono::steady_clock::time_point> arrivals; // when each part of it was read
        End end = End::Running;
    };

    // Starts to connect to 127.0.0.1 before it returns.
    explicit HttpClient(quint16 port, QObject *parent = nullptr);
    ~HttpClient() override; // closes

    // Returns the bytes of a request. `fields` are whole lines, each with its line break. Host is added, and
    // Content-Length if there is a body or the method is POST.
    [[nodiscard]] QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &fields = {},
                                     const QByteArray &body = {}) const;
    void send(const QByteArray &bytes);
    // Sends POST /gemini-proxy with the prompt as its body. `query` begins with a "?".
    void ask(const QByteArray &prompt, const QByteArray &fields = {}, const QByteArray &query = {});
    void get(const QByteArray &target, const QByteArray &fields = {});
    // Says that the answers to come have no body, whatever their fields say, as they answer HEAD.
    void setHeadOnly(bool headOnly) { m_headOnly = headOnly; }
    // The sink gets the pieces of the body, which Response::body then does not keep.
    void setSink(std::function<void(QByteArrayView)> sink) { m_sink = std::move(sink); }

    // From now on nothing is taken from the kernel, not even the end.
    void stopReading();
    void goOnReading();
    void close();     // FIN
    void reset();     // RST
    void halfClose(); // FIN, and goes on reading

    // Final answers that began, in their order.
    [[nodiscard]] const QList<Response> &responses() const { return m_responses; }
    // Returns the one that began last; an empty one if there is none.
    [[nodiscard]] Response response() const { return m_responses.value(m_responses.size() - 1); }
    // Whether `count` answers have ended, in whichever way, or no more can come.
    [[nodiscard]] bool hasEnded(qsizetype count = 1) const;
    // Statuses of interim answers, such as 100.
    [[nodiscard]] const QList<int> &informational() const { return m_informational; }

    [[nodiscard]] bool isConnected() const { return m_connected && !m_closed; }
    [[nodiscard]] bool wasRefused() const { return m_refused; }
    // Whether the other side has ended the connection, and whether it did so by RST.
    [[nodiscard]] bool wasClosed() const { return m_closed; }
    [[nodiscard]] bool wasReset() const { return m_reset; }
    [[nodiscard]] int descriptor() const { return m_socket; }
    // Returns how many bytes the kernel has not taken yet.
    [[nodiscard]] qsizetype unsent() const { return m_out.size(); }

signals:
    // A part of an answer came, or the connection ended.
    void arrived();

private:
    void onWritable();
    void onReadable();
    void onEnd(bool reset);
    void dropSocket();
    void parse();
    [[nodiscard]] bool parseHead();
    [[nodiscard]] bool parseBody();
    [[nodiscard]] bool parseChunk();
    [[nodiscard]] bool malformed();
    void take(qsizetype length);

    const quint16 m_port;
    int m_socket; // -1 = closed
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    bool m_connected = false;
    bool m_reading = true;
    QByteArray m_out; // not sent yet
    QByteArray m_in;  // received; parsed up to m_at
    qsizetype m_at = 0;
    qsizetype m_scanned = 0;
    http::ResponseFraming m_framing;
    qint64 m_left = 0; // of the body or the chunk
    bool m_inChunk = false;
    bool m_headOnly = false;
    bool m_broken = false; // what follows cannot be understood
    std::function<void(QByteArrayView)> m_sink;

    QList<Response> m_responses;
    QList<int> m_informational;
    bool m_refused = false;
    bool m_closed = false;
    bool m_reset = false;
};

// Runs the event loop until `done` returns true, at most for `patience`. Returns what `done` says then. Unlike
// QTRY_VERIFY, it does not sleep between two checks, which matters in loops of thousands.
[[nodiscard]] bool runUntil(const std::function<bool()> &done,
                            std::chrono::milliseconds patience = std::chrono::seconds(10));
