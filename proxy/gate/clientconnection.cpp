#include "proxy/gate/clientconnection.h"

#include "proxy/net/nativesocket.h"

#include <algorithm>
#include <array>
#include <utility>

ClientConnection::ClientConnection(qintptr descriptor, qsizetype inputLimit)
    : m_inputLimit(inputLimit), m_descriptor(descriptor), m_readable(descriptor, QSocketNotifier::Read)
{
    nativesocket::makeStreaming(descriptor);
    connect(&m_readable, &QSocketNotifier::activated, this, &ClientConnection::onReadable);
}

ClientConnection::~ClientConnection()
{
    end();
}

// ---- input ----

void ClientConnection::onReadable()
{
    const std::optional<qsizetype> received = receive();
    if (!received)
        abort();
    else if (*received > 0)
        emit readyRead();
}

// Reads what has come; returns how many bytes that was, or nothing if the connection has ended. This is a separate
// function so that its large buffer has left the stack before readyRead() is emitted.
std::optional<qsizetype> ClientConnection::receive()
{
    std::array<char, 64 * 1024> piece;
    const qsizetype room = std::min<qsizetype>(m_inputLimit - bytesAvailable(), piece.size());
    if (m_descriptor == -1 || room <= 0)
        return 0;
    const std::optional<qsizetype> received = nativesocket::receive(m_descriptor, piece.data(), room);
    if (received.value_or(0) > 0) {
        if (m_inputRead > 0)
            m_input.remove(0, std::exchange(m_inputRead, 0));
        m_input.append(piece.data(), *received);
        if (m_input.size() >= m_inputLimit)
            m_readable.setEnabled(false);
    }
    return received;
}

QByteArray ClientConnection::read(qsizetype most)
{
    if (most >= bytesAvailable())
        return readAll();
    const QByteArray bytes = m_input.mid(m_inputRead, most);
    m_inputRead += bytes.size();
    inputTaken();
    return bytes;
}

QByteArray ClientConnection::readAll()
{
    if (m_inputRead > 0)
        m_input.remove(0, std::exchange(m_inputRead, 0));
    QByteArray bytes = std::exchange(m_input, {});
    inputTaken();
    return bytes;
}

void ClientConnection::skipAll()
{
    m_input = {};
    m_inputRead = 0;
    inputTaken();
}

void ClientConnection::inputTaken()
{
    if (m_descriptor != -1 && bytesAvailable() < m_inputLimit)
        m_readable.setEnabled(true);
}

// ---- output ----

void ClientConnection::write(QByteArrayView bytes)
{
    if (m_descriptor == -1)
        return;
    if (m_output.isEmpty()) {
        const std::optional<qsizetype> sent = nativesocket::send(m_descriptor, bytes);
        if (!sent) {
            abort();
            return;
        }
        bytes = bytes.sliced(*sent);
        if (bytes.isEmpty())
            return;
    }
    m_output.append(bytes);
    if (!m_writable) {
        m_writable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
        connect(m_writable.get(), &QSocketNotifier::activated, this, &ClientConnection::sendWaiting);
    }
    m_writable->setEnabled(true);
}

void ClientConnection::sendWaiting()
{
    if (m_descriptor == -1 || m_output.isEmpty())
        return;
    const std::optional<qsizetype> sent =
            nativesocket::send(m_descriptor, QByteArrayView(m_output).sliced(m_outputSent));
    if (!sent) {
        abort();
        return;
    }
    if (*sent == 0)
        return;
    m_outputSent += *sent;
    if (m_outputSent == m_output.size()) {
        m_output = {};
        m_outputSent = 0;
        m_writable->setEnabled(false);
    } else if (m_outputSent > m_output.size() / 2) {
        // Drops the bytes that were sent. Without this the buffer could grow for ever if more is written all the time.
        m_output.remove(0, std::exchange(m_outputSent, 0));
    }
    emit bytesWritten(*sent);
}

// ---- the end ----

void ClientConnection::abort()
{
    if (m_descriptor == -1)
        return;
    end();
    emit disconnected();
}

void ClientConnection::end()
{
    if (m_descriptor == -1)
        return;
    m_readable.setEnabled(false);
    if (m_writable)
        m_writable->setEnabled(false);
    m_output = {};
    m_outputSent = 0;
    nativesocket::close(std::exchange(m_descriptor, -1));
}
