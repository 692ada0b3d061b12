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
    // Takes over the descriptor. Of the input, `inputLimit` bytes may wait; TCP holds back the rest,
    // and while they wait the end of the connection is not noticed.
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

    // Closes at once; what was not sent is lost. Ends in disconnected(), the first time.
    void abort();

signals:
    void readyRead();
    void bytesWritten(qint64 count); // of those that had to wait
    // The client has gone, or ends its half: the two look alike. Once.
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
