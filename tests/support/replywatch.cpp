#include "tests/support/replywatch.h"

#include "proxy/upstream/upstreammanager.h"

#include <QSignalSpy>

ReplyWatch::ReplyWatch(QNetworkReply *reply, Reading reading, QObject *parent) : QObject(parent), m_reply(reply)
{
    connect(reply, &QNetworkReply::requestSent, this, [this] { note("requestSent"); });
    connect(reply, &QNetworkReply::metaDataChanged, this, [this] { note("metaDataChanged"); });
    connect(reply, &QNetworkReply::errorOccurred, this, [this] { note("errorOccurred"); });
    connect(reply, &QNetworkReply::readyRead, this, [this, reading] {
        note("readyRead");
        if (reading == Reading::AtOnce)
            m_body += m_reply->readAll();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reading] {
        note("finished");
        if (reading == Reading::AtOnce)
            m_body += m_reply->readAll();
        m_error = m_reply->error();
        m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_notSent = m_reply->attribute(UpstreamManager::NotSentAttribute).toBool();
    });
}

bool ReplyWatch::wait() const
{
    if (!isFinished() && m_reply) {
        QSignalSpy spy(m_reply, &QNetworkReply::finished);
        (void)spy.wait(10'000);
    }
    return isFinished();
}

QByteArray ReplyWatch::violation() const
{
    if (count("finished") != 1)
        return "finished came " + QByteArray::number(count("finished")) + " times";
    if (m_events.last() != "finished")
        return m_events.last() + " after finished";
    if (count("errorOccurred") != (m_error == QNetworkReply::NoError ? 0 : 1))
        return "errorOccurred came " + QByteArray::number(count("errorOccurred")) + " times";
    if (count("metaDataChanged") != (m_status == 0 ? 0 : 1))
        return "metaDataChanged came " + QByteArray::number(count("metaDataChanged")) + " times";
    if (count("requestSent") > 1)
        return "requestSent came more than once";
    const qsizetype firstRead = m_events.indexOf("readyRead");
    if (firstRead >= 0 && firstRead < m_events.indexOf("metaDataChanged"))
        return "readyRead before metaDataChanged";
    if (firstRead >= 0 && !m_events.contains("metaDataChanged"))
        return "readyRead without metaDataChanged";
    return {};
}

void ReplyWatch::note(const char *event)
{
    if (m_events.isEmpty() || m_events.last() != event || m_events.last() != "readyRead")
        m_events.append(event);
}
