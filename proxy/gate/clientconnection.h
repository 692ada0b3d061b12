#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <optional>

// An accepted connection, which carries bytes in both directions. The class exists because QTcpSocket keeps buffers of
// 48 KiB for each connection and makes several system calls for each piece of data. This class holds memory only for
// bytes that wait to be read or sent.
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    // Takes over the descriptor. At most `inputLimit` received bytes wait to be read, and TCP holds back the rest.
    // While that many bytes wait, the end of the connection goes unnoticed.
    ClientConnection(qintptr descriptor, qsizetype inputLimit);
    ~ClientConnection() override; // closes the connection without emitting a signal

    [[nodiscard]] qintptr descriptor() const { return m_descriptor; } // -1 once the connection has ended

    // Bytes that were received can still be read after the connection has ended.
    [[nodiscard]] qsizetype bytesAvailable() const { return m_input.size() - m_inputRead; }
    [[nodiscard]] QByteArray read(qsizetype most);
    [[nodiscard]] QByteArray readAll();
    void skipAll();

    // Sends as many bytes as the kernel takes now, and keeps the rest until it takes more. Emits disconnected() if the
    // connection turns out to have ended.
    void write(QByteArrayView bytes);
    [[nodiscard]] qint64 bytesToWrite() const { return m_output.size() - m_outputSent; }

    // Closes the connection at once; bytes that were not sent yet are lost. Emits disconnected(), unless it was emitted
    // already.
    void abort();

signals:
    void readyRead();
    void bytesWritten(qint64 count); // counts only bytes that had to wait
    // Emitted once, when the client has closed the connection. A client that only ends its own half of the connection
    // looks the same.
    void disconnected();

private:
    void onReadable();
    [[nodiscard]] std::optional<qsizetype> receive();
    void sendWaiting();
    void inputTaken();
    void end();

    const qsizetype m_inputLimit;
    qintptr m_descriptor;
    QByteArray m_input; // received bytes; those from m_inputRead on are still to be read
    qsizetype m_inputRead = 0;
    QByteArray m_output; // waiting bytes; those from m_outputSent on are still to be sent
    qsizetype m_outputSent = 0;
    QSocketNotifier m_readable;
    std::unique_ptr<QSocketNotifier> m_writable; // null until bytes have to wait for the first time
};
