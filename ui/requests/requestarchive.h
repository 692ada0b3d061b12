#pragma once

#include "ui/requests/request.h"

#include <QObject>

#include <map>

// What the requests and their answers said, in memory only and bounded: beyond the bounds the oldest
// goes, the one that is shown last of all. Lives on the main thread.
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
        Unknown, // nothing came
        NotKept, // bodies were off
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

    // Off: forgets everything, and takes nothing more.
    void setKeeping(bool keep);
    [[nodiscard]] bool isKeeping() const { return m_keep; }

    void add(const RequestContent &content);
    void append(const AnswerPiece &piece);
    void forget(const QList<quint64> &numbers);         // the requests are gone too
    void setShown(quint64 number) { m_shown = number; } // 0 = none

    [[nodiscard]] State state(quint64 number) const;
    // nullptr = not kept. Until the next change. Copy no byte array out of it that still grows: the
    // next piece would have to copy all of it.
    [[nodiscard]] const Entry *find(quint64 number) const;
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }

signals:
    void dropped(quint64 number); // to make room

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
    std::map<quint64, State> m_gone; // why these have no entry, and get none
};
