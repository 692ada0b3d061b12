#pragma once

#include "proxy/demo/demofaults.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

// What an interaction is asked for, in one form however it was written.
struct DemoTask
{
    QJsonObject body;         // of the request
    QJsonArray input;         // as steps
    QJsonArray history;       // the steps of the interactions that this one continues, the oldest first
    bool followsPlan = false; // whether the last one was an agent's plan

    // Returns the text of the user's last turn.
    [[nodiscard]] QString prompt() const;
    // Returns the number of tokens of the steps, or of those that the server remembered.
    [[nodiscard]] int inputTokens() const;
    [[nodiscard]] int rememberedTokens() const;
};

// What the demo makes of a task.
struct DemoOutcome
{
    QJsonArray steps;
    QString status;     // of the interaction in the end, such as "completed"
    QJsonObject usage;  // as Gemini writes it
    QJsonArray errors;  // why it failed
    qint64 repeats = 1; // how often the only piece of text comes, so that a long answer takes no memory
    bool plan = false;  // an agent's plan, which waits for a yes
};

// The demo's prepared answers in the form of steps, always the same for the same task: pure functions.
// https://ai.google.dev/gemini-api/docs/interactions
namespace demosteps {

// Returns the input as steps: a text, one content or step, or a list of either. Nothing if it is none of them.
[[nodiscard]] std::optional<QJsonArray> fromInput(const QJsonValue &input);
// Returns what is wrong with the task, in words for a client; "" = nothing. Function calls that a client sends back
// need the signature of the thought that led to them, and results need a call.
[[nodiscard]] QString problem(const DemoTask &task);
[[nodiscard]] DemoOutcome answer(const DemoTask &task, const DemoBehaviour &behaviour);

[[nodiscard]] QJsonObject text(const QString &text, const QJsonArray &annotations = {});
[[nodiscard]] QJsonObject thought(const QStringList &summaries);
[[nodiscard]] QJsonObject output(const QJsonArray &content);
// Adds steps to others.
void append(QJsonArray &to, const QJsonArray &steps);
// Returns the search and what it found. `number` makes their ID.
[[nodiscard]] QJsonArray search(const QStringList &queries, int number);
// Returns a citation of the first place where `cited` stands in the text. Its offsets count bytes of UTF-8.
[[nodiscard]] QJsonObject citation(const QString &text, const QString &cited, const QString &url, const QString &title);
// Returns the usage with its sums.
[[nodiscard]] QJsonObject usage(int input, int cached, int output, int thoughts, int toolUse);

} // namespace demosteps
