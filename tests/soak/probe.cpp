#include "tests/soak/probe.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>

using namespace std::chrono;

void Probe::run()
{
    constexpr int patience = 10'000; // ms; longer counts as a failure
    while (!m_stop) {
        const auto begin = steady_clock::now();
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        QByteArray answer;
        if (socket.waitForConnected(patience)) {
            socket.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
                         + "\r\nConnection: close\r\n\r\n");
            while (!answer.contains("\"ok\"") && socket.waitForReadyRead(patience))
                answer += socket.readAll();
        }
        m_times.append(duration_cast<microseconds>(steady_clock::now() - begin));
        if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("\"ok\""))
            ++m_failures;
        QThread::msleep(50);
    }
}
