#pragma once

#include <QByteArrayList>
#include <QNetworkReply>
#include <QPointer>

// Follows one reply: reads its body, notes its signals in their order, and tells where they break what QNetworkReply
// promises. Either of the two may be gone before the other.
class ReplyWatch : public QObject
{
public:
    enum class Reading { AtOnce, Never };

    explicit ReplyWatch(QNetworkReply *reply, Reading reading = Reading::AtOnce, QObject *parent = nullptr);

    // Lets the event loop run until the reply is finished. False after ten seconds.
    [[nodiscard]] bool wait() const;

    [[nodiscard]] QNetworkReply *reply() const { return m_reply; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] QNetworkReply::NetworkError error() const { return m_error; } // when it finished
    [[nodiscard]] int status() const { return m_status; }                       // 0 = none
    [[nodiscard]] bool notSent() const { return m_notSent; }
    [[nodiscard]] bool isFinished() const { return count("finished") > 0; }

    // The signals' names, "requestSent", "metaDataChanged", "readyRead", "errorOccurred",
    // "finished"; one name for several "readyRead" in a row.
    [[nodiscard]] const QByteArrayList &events() const { return m_events; }
    [[nodiscard]] qsizetype count(const char *event) const { return m_events.count(event); }
    // What is wrong with the events of a reply that has ended; empty = nothing.
    [[nodiscard]] QByteArray violation() const;

private:
    void note(const char *event);

    const QPointer<QNetworkReply> m_reply;
    QByteArrayList m_events;
    QByteArray m_body;
    QNetworkReply::NetworkError m_error = QNetworkReply::NoError;
    int m_status = 0;
    bool m_notSent = false;
};
