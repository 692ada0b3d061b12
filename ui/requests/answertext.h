#pragma once

#include "proxy/gemini/eventstreamparser.h"
#include "ui/requests/textfeed.h"

#include <QJsonObject>

#include <optional>

// Extracts the text from an answer of Gemini's as its bytes arrive: an event stream, one JSON document or an
// array of them, in Gemini's own shape or OpenAI's. Errors come out in plain words. JSON without text, such as
// a list of models, comes out indented, and what is not JSON as it is.
class AnswerText : public TextFeed
{
public:
    [[nodiscard]] QList<TextPiece> feed(QByteArrayView bytes) override;
    [[nodiscard]] QList<TextPiece> finish(bool whole) override;

private:
    enum class Shape { Unknown, Events, Json, Plain };

    void feedJson(QByteArrayView bytes);
    void takeDocument(const QByteArray &json);
    void takeError(const QJsonObject &error);
    void takeGemini(const QJsonObject &object);
    void takeOpenAi(const QJsonObject &object);
    void take(TextPiece::Kind kind, const QString &text);
    void note(const QString &text) { take(TextPiece::Kind::Note, text); }

    Shape m_shape = Shape::Unknown;
    QByteArray m_start; // what came before the shape was known
    EventStreamParser m_events;
    RawText m_plain;
    QByteArray m_document; // of JSON: the object that is not complete yet
    bool m_array = false;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    QList<TextPiece> m_out;
};
