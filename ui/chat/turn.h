#pragma once

#include "proxy/gemini/answer.h"
#include "ui/chat/error.h"
#include "ui/chat/part.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace chat {

// Names a turn within its conversation; counts from 1, 0 = none. A child's is larger than its parent's.
using TurnId = qint64;

// Tokens. 0 = none, or not told.
struct Usage
{
    int input = 0;
    int output = 0; // without thoughts
    int thoughts = 0;
    int cached = 0; // of the input
    int total = 0;
    friend bool operator==(const Usage &, const Usage &) = default;
};

using Citation = gemini::Citation; // its sources are Turn::sources
using Source = gemini::Source;     // only http and https links are ever kept

// One question or answer. A value.
struct Turn
{
    enum class Role { User, Model };
    enum class State {
        Streaming,
        Complete, // whole, though perhaps short: see finishReason
        Stopped,  // by the user; what came is kept
        Failed,   // `error` says why; what came is kept
    };

    TurnId id = 0;
    TurnId parent = 0;      // 0 = one of the conversation's first
    TurnId activeChild = 0; // which of its children the path goes through

    Role role = Role::User;
    State state = State::Complete;
    QList<Part> parts;

    // Of answers:
    std::optional<Error> error;
    QString finishReason; // Gemini's: "STOP", "MAX_TOKENS", ...; one that is not known is shown as it is
    QString finishMessage;
    QString blockReason;  // of the question: "SAFETY", ...
    QString model;        // that was asked
    QString modelVersion; // that answered
    Usage usage;
    QList<Source> sources;
    QList<Citation> citations;
    QStringList searches; // what Gemini searched the web for
    QDateTime started;    // UTC; of a question, when it was sent
    QDateTime firstToken;
    QDateTime firstText; // when the first part came that is no thought
    QDateTime ended;

    // All text parts joined, thoughts left out.
    [[nodiscard]] QString text() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeToFirstToken() const;
    // How long it thought before its first words; none where no thoughts came.
    [[nodiscard]] std::optional<std::chrono::milliseconds> thoughtTime() const;
    // Thoughts count; 0 where it is not known.
    [[nodiscard]] double tokensPerSecond() const;

    friend bool operator==(const Turn &, const Turn &) = default;
};

// All but id, parent, activeChild, role, state and parts, as it is kept and exported.
[[nodiscard]] QJsonObject metaToJson(const Turn &turn);
void metaFromJson(const QJsonObject &json, Turn &turn);
// "user", "model"; "streaming", "complete", "stopped", "failed".
[[nodiscard]] QString roleName(Turn::Role role);
[[nodiscard]] std::optional<Turn::Role> roleNamed(QStringView name);
[[nodiscard]] QString stateName(Turn::State state);
[[nodiscard]] std::optional<Turn::State> stateNamed(QStringView name);

// Whether a link may be shown as a source.
[[nodiscard]] bool isWebLink(const QString &uri);

} // namespace chat
