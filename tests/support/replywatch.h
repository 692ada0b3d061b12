#pragma once

#include <QByteArrayList>
#include <QNetworkReply>
#include <QPointer>

// Follows one reply: reads its body, notes its signals in their order, and tells where they break what QNetworkReply
// promises. Either of the two objects may be deleted first.
class ReplyWatch : public QObject
{
public:
    enum class Reading { AtOnce, Never };

    explicit ReplyWatch(QNetworkReply *reply, Reading reading = Reading::AtOnce, QObject *parent = nullptr);

    // Runs the event loop until the reply is finished. Returns false if that takes longer than ten seconds.
    [[nodiscard]] bool wait() const;

    [[nodiscard]] QNetworkReply *reply() const { return m_reply; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] QNetworkReply::NetworkError error() const { return m_error; } // when it finished
    [[nodiscard]] int status() const { return m_status; }                       // 0 = none
    [[nodiscard]] bool notSent() const { return m_notSent; }
    [[nodiscard]] bool isFinished() const { return count("finished") > 0; }

    // Returns the names of the signals that came: "requestSent", "metaDataChanged", "readyRead", "errorOccurred" and
    // "finished". Several "readyRead" in a row are noted as one.
    [[nodiscard]] const QByteArrayList &events() const { return m_events; }
    [[nodiscard]] qsizetype count(const char *event) const { return m_events.count(event); }
    // Returns what is wrong with the signals of a reply that has ended; empty if nothing is.
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
