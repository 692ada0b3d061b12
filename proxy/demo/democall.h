#pragma once

#include "proxy/http/requesthead.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

// What a request to the demo asks for, through Gemini's own API or the OpenAI-compatible one.
struct DemoCall
{
    enum class Verb {
        Unknown, // no such path
        ListModels,
        GetModel,
        Generate,
        StreamGenerate,
        CountTokens,
        Embed,
        BatchEmbed,
        Chat,
        Embeddings, // of the OpenAI-compatible API
        Files,
        Interactions,
    };

    Verb verb = Verb::Unknown;
    bool openAi = false;
    QString version; // "v1beta"
    QString model;   // without "models/"
    QByteArray method;
    QString interaction; // the ID of the interaction that the request is about; empty = it makes one
    QString action;      // what is to be done with it, such as "cancel"
    QUrlQuery query;
    QByteArray host;
    QByteArray key; // from the field that holds it; empty = none
    bool isPost = false;
    bool validJson = true;
    QJsonObject body; // empty unless the request is a POST with a JSON object

    // Whether the answer is to stream as server-sent events.
    [[nodiscard]] bool serverSentEvents() const;
    // Returns the conversation in the form of Gemini's `contents`. OpenAI's messages are translated, and contents of
    // the model in a row are joined.
    [[nodiscard]] QJsonArray contents() const;
    // Returns what the user says in the last turn, as saidIn() tells it.
    [[nodiscard]] QString prompt() const;
    // Returns the number of tokens in all turns and the system instruction.
    [[nodiscard]] int promptTokens() const;
};

[[nodiscard]] DemoCall parseDemoCall(const http::RequestHead &head, const QByteArray &body);
// Returns the member of an object by its name in camel case, "thinkingConfig", or else in snake case,
// "thinking_config": Gemini takes both. Undefined if there is neither.
[[nodiscard]] QJsonValue demoMember(const QJsonValue &object, QLatin1StringView name);
// Returns a name in camel case in snake case, in which Gemini's errors name members.
[[nodiscard]] QString demoSnakeCase(QLatin1StringView name);
// Whether the name of a member, in camel case or snake case, is one of those, which are in camel case.
[[nodiscard]] bool demoKnows(const QSet<QString> &names, const QString &name);
// Returns the number of tokens in one of Gemini's `Content` objects.
[[nodiscard]] int contentTokens(const QJsonObject &content);
// Returns the text of one of Gemini's `Content` objects.
[[nodiscard]] QString contentText(const QJsonObject &content);
// Returns what the user says in a content: its texts but for those that an agent puts beside it, which stand in tags,
// such as "<system-reminder>...</system-reminder>". Where there are only such, all are returned.
[[nodiscard]] QStringList saidIn(const QJsonObject &content);
