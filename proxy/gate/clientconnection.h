#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <optional>

// An accepted connection as bytes in both directions. It exists because QTcpSocket keeps buffers of
// 48 KiB for each connection and asks the kernel several times for each piece: here memory is held
// only for bytes that wait.
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    // Takes over the descriptor. At most `inputLimit` received bytes wait to be read, and TCP holds back the rest;
    // while so many wait, the end of the connection is not noticed.
    ClientConnection(qintptr descriptor, qsizetype inputLimit);
    ~ClientConnection() override; // closes, without a signal

    [[nodiscard]] qintptr descriptor() const { return m_descriptor; } // -1 once it has ended

    // What was received can be read after the end, too.
    [[nodiscard]] qsizetype bytesAvailable() const { return m_input.size() - m_inputRead; }
    [[nodiscard]] QByteArray read(qsizetype most);
    [[nodiscard]] QByteArray readAll();
    void skipAll();

    // Sends what the kernel takes now, and keeps the rest. May end in disconnected().
    void write(QByteArrayView bytes);
    [[nodiscard]] qint64 bytesToWrite() const { return m_output.size() - m_outputSent; }

    // Closes at once; what was not sent is lost. Emits disconnected(), unless it was emitted already.
    void abort();

signals:
    void readyRead();
    void bytesWritten(qint64 count); // counts only bytes that had to wait
    // Emitted once. The client has gone, or it has only ended its own half: the two look alike.
    void disconnected();

private:
    void onReadable();
    [[nodiscard]] std::optional<qsizetype> receive();
    void sendWaiting();
    void inputTaken();
    void end();

    const qsizetype m_inputLimit;
    qintptr m_descriptor;
    QByteArray m_input; // from m_inputRead on
    qsizetype m_inputRead = 0;
    QByteArray m_output; // from m_outputSent on
    qsizetype m_outputSent = 0;
    QSocketNotifier m_readable;
    std::unique_ptr<QSocketNotifier> m_writable; // from when it is first needed
};
