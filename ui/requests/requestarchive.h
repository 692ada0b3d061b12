#pragma once

#include "ui/requests/request.h"

#include <QObject>

#include <map>

// Keeps the bodies of requests and answers, in memory only and within limits. Beyond these the oldest go first,
// and the one that is shown goes last. Lives on the main thread.
class RequestArchive : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 bytes = 64 * 1024 * 1024;
        qint64 bytesPerRequest = 8 * 1024 * 1024; // prompt and answer together; the prompt at most half
        int requests = 2000;
    };
    enum class State {
        Unknown, // nothing has arrived
        NotKept, // keeping bodies was off
        Kept,
        Dropped, // to make room
    };
    struct Entry
    {
        RequestContent content;
        QByteArray answer;
        bool promptCut = false; // only its start is kept
        bool answerCut = false;
    };

    explicit RequestArchive(QObject *parent = nullptr);
    RequestArchive(const Limits &limits, QObject *parent = nullptr);

    // Turning it off forgets everything, and nothing more is taken.
    void setKeeping(bool keep);
    [[nodiscard]] bool isKeeping() const { return m_keep; }

    void add(const RequestContent &content);
    void append(const AnswerPiece &piece);
    void forget(const QList<quint64> &numbers);         // when the requests themselves are gone
    void setShown(quint64 number) { m_shown = number; } // 0 = none

    [[nodiscard]] State state(quint64 number) const;
    // nullptr = not kept. The pointer is valid until the next change. Do not copy a byte array that still grows
    // out of it, or appending the next piece would have to copy all its bytes.
    [[nodiscard]] const Entry *find(quint64 number) const;
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }

signals:
    void dropped(quint64 number); // it was dropped to make room

private:
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
    std::map<quint64, State> m_gone; // why these have no entry, and will get none
};
