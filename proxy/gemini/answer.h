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

// What Gemini answers, as values: the same whatever it is asked by, so that who shows or keeps an answer
// need not know. A reader of each of Gemini's APIs makes them, such as GenerateContentReader.
namespace gemini {

// What an answer rests on (https://ai.google.dev/api/generate-content#GroundingChunk, #CitationSource,
// #UrlMetadata).
struct Source
{
    enum class Kind { Web, Maps, Citation, Page }; // Page: fetched because the question named it
    Kind kind = Kind::Web;
    QString uri;   // as Gemini told it, be it a web link or anything else; "" = not told
    QString title; // "" = not told
    QString note;  // of Citation, the licence; of Page, Gemini's status where it was not fetched
    friend bool operator==(const Source &, const Source &) = default;
};

// A stretch of the answer and what it rests on. The offsets are bytes of UTF-8 in the answer's text,
// all text parts joined, thoughts left out: Gemini's own way to count.
struct Citation
{
    int start = 0;
    int end = 0;
    QList<int> sources; // into the sources that it came with
    friend bool operator==(const Citation &, const Citation &) = default;
};

// What went wrong, as Gemini tells it (https://cloud.google.com/apis/design/errors#error_model).
struct AnswerError
{
    int code = 0;       // HTTP's; 0 = not told
    QString status;     // its name, such as "UNAVAILABLE"; OpenAI's code and type; "" = not told
    QString message;    // Gemini's own words; "" = none
    QJsonArray details; // objects, each with its "@type". They may hold the key: show and log none as it is
    friend bool operator==(const AnswerError &, const AnswerError &) = default;
};

// Of {"error":{"code","message","status","details"}}; nullopt where there is no error in it.
[[nodiscard]] std::optional<AnswerError> errorIn(const QJsonObject &response);
// The same of bytes, which may be a list of one such object, too.
[[nodiscard]] std::optional<AnswerError> errorIn(const QByteArray &json);

// What one response adds to an answer; all of it, where the answer is not streamed.
struct AnswerDelta
{
    QList<Part> parts;           // text comes in pieces, everything else whole
    QString finishReason;        // "STOP", "MAX_TOKENS", ... or one of tomorrow; "" = it goes on
    QString finishMessage;       // more of that, in Gemini's words
    bool promptFeedback = false; // it says something of the question: without parts, that it was refused
    QString blockReason;         // of the question: "SAFETY", ...
    QString blockMessage;        // more of that, in Gemini's words
    QStringList searches;        // what Gemini searched the web for
    QList<Source> sources;       // the same may come again, in this delta and in later ones
    QList<Citation> citations;
    TokenCounts usage;    // of the whole answer so far
    QString modelVersion; // that answers
    QString responseId;
    friend bool operator==(const AnswerDelta &, const AnswerDelta &) = default;
};

// How an answer ended: what is known of it. Whether it is whole is for others to conclude.
struct AnswerEnd
{
    std::optional<AnswerError> error; // the first that was told
    bool intact = false;              // the connection carried it to its end
    bool tooLarge = false;            // a limit was passed: what followed was not read
    bool hasGap = false;              // something in it could not be read
    bool hasParts = false;            // not only reasons and figures
    bool promptFeedback = false;
    QString finishReason; // the last that was told, as in AnswerDelta; so are the others
    QString finishMessage;
    QString blockReason;
    QString blockMessage;

    void add(const AnswerDelta &delta);
    friend bool operator==(const AnswerEnd &, const AnswerEnd &) = default;
};

} // namespace gemini
