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

// Identifies a turn within its conversation. IDs begin at 1, and 0 means none. A child's ID is larger than its
// parent's.
using TurnId = qint64;

// Counts of tokens; 0 = none, or not known.
struct Usage
{
    int input = 0;
    int output = 0; // without thoughts
    int thoughts = 0;
    int cached = 0; // part of the input
    int total = 0;
    friend bool operator==(const Usage &, const Usage &) = default;
};

using Citation = gemini::Citation; // its numbers refer to Turn::sources
using Source = gemini::Source;     // only http and https links are ever kept

// A question or an answer. A plain value.
struct Turn
{
    enum class Role { User, Model };
    enum class State {
        Streaming,
        Complete, // the answer ended regularly, though perhaps early: see finishReason
        Stopped,  // the user stopped it; what arrived is kept
        Failed,   // `error` says why; what arrived is kept
    };

    TurnId id = 0;
    TurnId parent = 0;      // 0 = this is a first turn of the conversation
    TurnId activeChild = 0; // the child that the path goes through

    Role role = Role::User;
    State state = State::Complete;
    QList<Part> parts;

    // Only answers have these:
    std::optional<Error> error;
    QString finishReason; // Gemini's word: "STOP", "MAX_TOKENS", ...; an unknown one is shown as it is
    QString finishMessage;
    QString blockReason;  // why the question was refused: "SAFETY", ...
    QString model;        // the model that was asked
    QString modelVersion; // the version that answered
    Usage usage;
    QList<Source> sources;
    QList<Citation> citations;
    QStringList searches; // what Gemini searched the web for
    QDateTime started;    // UTC; questions have it too: when they were sent
    QDateTime firstToken;
    QDateTime firstText; // when the first part arrived that is not a thought
    QDateTime ended;

    // The text of all text parts, without thoughts.
    [[nodiscard]] QString text() const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeToFirstToken() const;
    // How long the model thought before its first words; nullopt if there are no thoughts or no words.
    [[nodiscard]] std::optional<std::chrono::milliseconds> thoughtTime() const;
    // Includes thoughts; 0 if not known.
    [[nodiscard]] double tokensPerSecond() const;

    friend bool operator==(const Turn &, const Turn &) = default;
};

// These convert all but id, parent, activeChild, role, state and parts, for the store and for exports.
[[nodiscard]] QJsonObject metaToJson(const Turn &turn);
void metaFromJson(const QJsonObject &json, Turn &turn);
// "user", "model"; "streaming", "complete", "stopped", "failed".
[[nodiscard]] QString roleName(Turn::Role role);
[[nodiscard]] std::optional<Turn::Role> roleNamed(QStringView name);
[[nodiscard]] QString stateName(Turn::State state);
[[nodiscard]] std::optional<Turn::State> stateNamed(QStringView name);

// Whether a link may be shown as a source, which is only true of http and https.
[[nodiscard]] bool isWebLink(const QString &uri);

} // namespace chat
