#pragma once

#include "proxy/gemini/part.h"
#include "proxy/gemini/tokenusage.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

// Gemini's answers as values. They look the same for each of Gemini's APIs, so that code which shows or keeps an answer
// need not know which API it came from. Each API has a reader that makes these values, such as GenerateContentReader.
namespace gemini {

// A source that an answer is based on (https://ai.google.dev/api/generate-content#GroundingChunk, #CitationSource,
// #UrlMetadata).
struct Source
{
    enum class Kind { Web, Maps, Citation, Page }; // Page: Gemini fetched it because the question named it
    Kind kind = Kind::Web;
    QString uri;   // as Gemini sent it, which need not be a web link; "" = not told
    QString title; // "" = not told
    QString note;  // of a Citation: the licence; of a Page that could not be fetched: Gemini's status; else ""
    friend bool operator==(const Source &, const Source &) = default;
};

// A passage of the answer and its sources. As Gemini counts them, the offsets are bytes of UTF-8 in the answer's text,
// that is, in all text parts joined, without thoughts.
struct Citation
{
    int start = 0;
    int end = 0;
    QList<int> sources; // indices into AnswerDelta::sources of the same delta
    friend bool operator==(const Citation &, const Citation &) = default;
};

// An error as Gemini reports it (https://cloud.google.com/apis/design/errors#error_model).
struct AnswerError
{
    int code = 0;       // the HTTP status; 0 = not told
    QString status;     // the name of the status, such as "UNAVAILABLE", or OpenAI's code and type; "" = not told
    QString message;    // in Gemini's words; "" = none
    QJsonArray details; // objects, each with an "@type"; they may hold the key, so never show or log them unmasked
    friend bool operator==(const AnswerError &, const AnswerError &) = default;
};

// Reads the error from {"error":{"code","message","status","details"}}; returns nullopt if the object holds no error.
[[nodiscard]] std::optional<AnswerError> errorIn(const QJsonObject &response);
// Reads the error from JSON text, which is such an object or an array whose first element is one.
[[nodiscard]] std::optional<AnswerError> errorIn(const QByteArray &json);

// What one response adds to an answer. A streamed answer consists of many responses, any other of one.
struct AnswerDelta
{
    QList<Part> parts;           // text comes in pieces, everything else whole
    QString finishReason;        // "STOP", "MAX_TOKENS" or another word, maybe a new one; "" = the answer goes on
    QString finishMessage;       // details of finishReason, in Gemini's words
    bool promptFeedback = false; // Gemini judges the question; if there are no parts, it has refused the question
    QString blockReason;         // why Gemini has refused the question: "SAFETY" or another word
    QString blockMessage;        // details of blockReason, in Gemini's words
    QStringList searches;        // what Gemini searched the web for
    QList<Source> sources;       // a source may come several times, in this delta and in later ones
    QList<Citation> citations;
    TokenCounts usage;    // of the whole answer so far
    QString modelVersion; // the model that answers
    QString responseId;
    friend bool operator==(const AnswerDelta &, const AnswerDelta &) = default;
};

// What is known about how an answer ended. Its users decide whether they take the answer for a whole one.
struct AnswerEnd
{
    std::optional<AnswerError> error; // the first error that Gemini sent
    bool intact = false;              // the connection carried the answer to its end
    bool tooLarge = false;            // the answer exceeds a limit, and the rest of it was not read
    bool hasGap = false;              // a piece of the answer could not be read
    bool hasParts = false;            // the answer has content, not only reasons and counts
    bool promptFeedback = false;
    // The last values that were told; see AnswerDelta
    QString finishReason;
    QString finishMessage;
    QString blockReason;
    QString blockMessage;

    void add(const AnswerDelta &delta);
    friend bool operator==(const AnswerEnd &, const AnswerEnd &) = default;
};

} // namespace gemini
