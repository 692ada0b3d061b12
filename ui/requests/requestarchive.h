#pragma once

#include "ui/requests/request.h"

#include <QObject>

#include <map>

// Keeps the bodies of requests and answers, only in memory and within limits. Beyond the limits, the bodies of the
// oldest requests are dropped first, and those of the request that is shown last. Lives on the main thread.
class RequestArchive : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 bytes = 64 * 1024 * 1024;
        qint64 bytesPerRequest = 8 * 1024 * 1024; // of prompt and answer together; the prompt gets at most half
        int requests = 2000;
    };
    enum class State {
        Unknown, // no body of the request has arrived
        NotKept, // keeping bodies was off when one arrived, or was turned off later
        Kept,
        Dropped, // the bodies were dropped to make room
    };
    struct Entry
    {
        RequestContent content;
        QByteArray answer;
        bool promptCut = false; // only the start of the prompt is kept
        bool answerCut = false; // only the start of the answer is kept
    };

    explicit RequestArchive(QObject *parent = nullptr);
    RequestArchive(const Limits &limits, QObject *parent = nullptr);

    // Sets whether bodies are kept. Turning it off forgets all bodies; those that arrive while it is off are not kept.
    void setKeeping(bool keep);
    [[nodiscard]] bool isKeeping() const { return m_keep; }

    void add(const RequestContent &content);
    void append(const AnswerPiece &piece);
    void forget(const QList<quint64> &numbers);         // for requests that are themselves gone
    void setShown(quint64 number) { m_shown = number; } // the request that is shown; 0 = none

    [[nodiscard]] State state(quint64 number) const;
    // Returns the bodies of a request, or nullptr if they are not kept. The pointer is valid until the next change. Do
    // not keep a copy of a byte array that still grows: as Qt shares its bytes, appending the next piece would copy
    // them all.
    [[nodiscard]] const Entry *find(quint64 number) const;
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }

signals:
    void dropped(quint64 number); // the request's bodies were dropped to make room

private:
    // Returns the request's entry, which is made if there is none, or nullptr if the request gets none.
    [[nodiscard]] Entry *entryFor(quint64 number);
    [[nodiscard]] static qint64 cost(const Entry &entry);
    [[nodiscard]] qint64 roomIn(const Entry &entry) const;
    void makeRoom();
    void remember(quint64 number, State state);

    const Limits m_limits;
    bool m_keep = true;
    qint64 m_bytes = 0;
    quint64 m_shown = 0;
    std::map<quint64, Entry> m_entries;
    std::map<quint64, State> m_gone; // the requests that have no entry and get none any more, and why
};
