#pragma once

#include "proxy/demo/demosteps.h"

#include <QByteArray>
#include <QDateTime>
#include <QElapsedTimer>
#include <QList>

#include <chrono>
#include <optional>

// One interaction of the demo. All of its events are made when it begins. One that works in the background lets them
// out one after the other as time goes by, so that it works without any client, and needs no timer.
class DemoInteraction
{
public:
    // `work`: how long it works; 0 = all is there at once.
    DemoInteraction(const QString &id, DemoTask task, DemoOutcome outcome, DemoBehaviour::Content content,
                    std::chrono::milliseconds work);

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] bool isPlan() const { return m_outcome.plan; }
    // Returns all steps so far, for the interactions that continue this one: what it was given and what it answered.
    [[nodiscard]] QJsonArray history() const;
    [[nodiscard]] bool works() const { return released() < eventCount(); }
    [[nodiscard]] qsizetype size() const { return m_size; } // in bytes, of what is kept

    // Returns the interaction as Gemini writes it, as far as it has come.
    [[nodiscard]] QJsonObject object() const;

    // The events, each with the empty line behind it. The last one has no ID.
    [[nodiscard]] qint64 eventCount() const { return m_events.size() + m_outcome.repeats - 1; }
    [[nodiscard]] qint64 released() const; // how many of them are out
    [[nodiscard]] QByteArray event(qint64 index) const;
    // Returns the index of the event behind the one with this ID, or nothing if no event that is out has it.
    [[nodiscard]] std::optional<qint64> behind(const QString &eventId) const;

    // Ends it where it is. To be called while it works.
    void cancel();

private:
    [[nodiscard]] QJsonObject frame(const QString &status) const;
    void add(const QString &type, QJsonObject data);
    void addSteps(DemoBehaviour::Content content);
    void addDeltas(int index, const QJsonObject &step, DemoBehaviour::Content content);
    void addEnd();
    [[nodiscard]] QJsonObject runningUsage(int step) const;

    QString m_id;
    DemoTask m_task;
    DemoOutcome m_outcome;
    QDateTime m_created;
    std::chrono::milliseconds m_work;
    QElapsedTimer m_clock;
    QList<QByteArray> m_events;
    QList<qsizetype> m_stepEnds; // how many events there are when a step is complete
    qsizetype m_repeated = -1;   // the index of the event that is repeated
    qsizetype m_size = 0;
};
