#pragma once

#include "proxy/demo/demofaults.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

// What the demo says to one request, before it has a wire format.
struct DemoAnswer
{
    struct Piece
    {
        QString text;
        bool thought = false;
        QString function = {}; // a call of this function instead of a text
        QJsonObject arguments = {};
    };
    QList<Piece> pieces; // at least one
    qint64 repeats = 1;  // how often all pieces are sent, so that a long answer takes no memory
    DemoBehaviour::Content content = DemoBehaviour::Content::Answer;
    int promptTokens = 0;
    QString model; // as the client named it
    QString id;
    bool usageAtEnd = false; // of an OpenAI stream: stream_options.include_usage
};

// An answer as it streams, one event after the other. A value; each copy streams on by itself.
class DemoStream
{
public:
    enum class Format {
        Events, // data: {...} CR LF CR LF
        Array,  // without alt=sse: [{...} , {...} ... ]
        OpenAi, // data: {...} LF LF, at last data: [DONE]
    };

    DemoStream(DemoAnswer answer, Format format);

    // The bytes of the next event; empty when it is over.
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

// The same answer as one JSON object. The text of a repeated answer is left to the caller:
// `before`, `repeats` times `filler`, `after`.
struct DemoWhole
{
    QByteArray before;
    QByteArray filler;
    qint64 repeats = 0;
    QByteArray after;
};
[[nodiscard]] DemoWhole wholeAnswer(const DemoAnswer &answer, bool openAi);

// {"error": ...} in Google's shape.
[[nodiscard]] QJsonObject demoError(int code, const QString &message, const QJsonArray &details = {});
// "INVALID_ARGUMENT" and the like.
[[nodiscard]] QString demoStatus(int code);
