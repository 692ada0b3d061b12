#pragma once

#include "proxy/demo/demofaults.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

// What the demo answers to one request, in no particular wire format.
struct DemoAnswer
{
    struct Piece
    {
        QString text;
        bool thought = false;
        QString function = {}; // if not empty, the piece is a call of this function instead of a text
        QJsonObject arguments = {};
        QString signature = {}; // of a call; empty = none
        QString id = {};        // of a call
        int callIndex = 0;      // of a call among those of the answer
    };
    QList<Piece> pieces; // at least one
    qint64 repeats = 1;  // how often all pieces are sent, so that a long answer takes no memory
    DemoBehaviour::Content content = DemoBehaviour::Content::Answer;
    int promptTokens = 0;
    QString model; // as the client named it
    QString id;
    bool usageAtEnd = false; // whether a stream in OpenAI's format ends with the usage (stream_options.include_usage)
};

// Turns an answer into the events of a stream, one after the other. A value; each copy goes on by itself.
class DemoStream
{
public:
    enum class Format {
        Events, // data: {...} CR LF CR LF
        Array,  // a JSON array of the events, [{...},{...}], for requests without alt=sse
        OpenAi, // data: {...} LF LF, and at the end data: [DONE] LF LF
    };

    DemoStream(DemoAnswer answer, Format format);

    // Returns the bytes of the next event; empty at the end of the stream.
    [[nodiscard]] QByteArray next();

private:
    [[nodiscard]] QByteArray wrapped(const QByteArray &json);
    [[nodiscard]] QByteArray event(const DemoAnswer::Piece &piece, bool last);
    [[nodiscard]] QByteArray oddity();
    [[nodiscard]] QJsonObject nativeEvent(const DemoAnswer::Piece &piece, bool last) const;
    [[nodiscard]] QJsonObject openAiEvent(const DemoAnswer::Piece &piece, bool last) const;
    void appendTail();

    DemoAnswer m_answer;
    Format m_format;
    qint64 m_index = 0;
    qsizetype m_characters = 0;        // so far
    qsizetype m_thoughtCharacters = 0; // so far
    bool m_oddityAhead = false;
    bool m_over = false;
    bool m_first = true;
    QList<QByteArray> m_tail; // what follows the last piece
};

// An answer as one JSON object: `before`, then `repeats` times `filler`, then `after`. The caller sends it in pieces,
// so that a huge answer takes no memory. An answer that is not repeated is in `before` alone.
struct DemoWhole
{
    QByteArray before;
    QByteArray filler;
    qint64 repeats = 0;
    QByteArray after;
};
// Stands in a JSON object in the place of a text that is repeated.
inline constexpr QLatin1StringView fillerMark("@filler@");
// Returns the object with the filler in that place, `repeats` times.
[[nodiscard]] DemoWhole filled(const QJsonObject &object, const QString &filler, qint64 repeats);
[[nodiscard]] DemoWhole wholeAnswer(const DemoAnswer &answer, bool openAi);

// Returns an error in Google's format, {"error":{"code","message","status"}}, with "details" if there are any.
[[nodiscard]] QJsonObject demoError(int code, const QString &message, const QJsonArray &details = {});
// Returns Google's name for an HTTP status, such as "INVALID_ARGUMENT" for 400.
[[nodiscard]] QString demoStatus(int code);
