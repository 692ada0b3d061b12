#pragma once

#include "proxy/demo/demoanswers.h"
#include "proxy/demo/demointeraction.h"

#include <QList>

#include <chrono>
#include <memory>

// The demo's copy of the Interactions API (https://ai.google.dev/api/interactions-api): clients create interactions,
// read them whole or as streams, cancel and delete them. Those that are to be stored are kept in memory; their number
// and total size are limited, and the oldest ones are deleted first. Lives on its server's thread and is owned by it.
class DemoInteractions
{
public:
    static constexpr qsizetype maximumKept = 200;
    static constexpr qsizetype maximumBytes = 64 * 1024 * 1024; // of all together

    // How long an agent works.
    void setWorkTime(std::chrono::milliseconds time) { m_workTime = time; }

    // Answers a request whose key was checked already.
    [[nodiscard]] DemoReply reply(const DemoCall &call, const DemoBehaviour &behaviour);

private:
    using Interaction = std::shared_ptr<DemoInteraction>;

    [[nodiscard]] DemoReply create(const DemoCall &call, const DemoBehaviour &behaviour);
    [[nodiscard]] Interaction find(const QString &id) const;
    void keep(const Interaction &interaction);

    QList<Interaction> m_kept; // the oldest first
    std::chrono::milliseconds m_workTime{20'000};
    int m_lastId = 0;
};
