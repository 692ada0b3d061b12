#pragma once

#include "proxy/http/requesthead.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QUrlQuery>

// What a request to the demo asks for, whichever of Gemini's two faces it came to.
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
        Embeddings, // of the OpenAI face
        Files,
    };

    Verb verb = Verb::Unknown;
    bool openAi = false;
    QString version; // "v1beta"
    QString model;   // without "models/"
    QUrlQuery query;
    QByteArray host;
    QByteArray key; // of whichever field held one; empty = none
    bool isPost = false;
    bool validJson = true;
    QJsonObject body; // of a POST

    // Whether the answer is to stream as server-sent events.
    [[nodiscard]] bool serverSentEvents() const;
    // The conversation as Gemini's `contents`; the OpenAI face's messages are translated.
    [[nodiscard]] QJsonArray contents() const;
    // The text of the last turn that is the user's.
    [[nodiscard]] QString prompt() const;
    // Of all turns and the system instruction.
    [[nodiscard]] int promptTokens() const;
};

[[nodiscard]] DemoCall parseDemoCall(const http::RequestHead &head, const QByteArray &body);
// Tokens of one `Content` object.
[[nodiscard]] int contentTokens(const QJsonObject &content);
// The text of one `Content` object.
[[nodiscard]] QString contentText(const QJsonObject &content);
