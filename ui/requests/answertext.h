#pragma once

#include "proxy/gemini/answersplitter.h"
#include "ui/requests/textfeed.h"

#include <QHash>
#include <QSet>

class QJsonArray;
class QJsonObject;
namespace gemini {
struct AnswerDelta;
struct AnswerError;
struct Part;
} // namespace gemini

// Extracts the text from one of Gemini's answers as its bytes arrive. The answer may be an event stream, one JSON
// document or an array of them, in the form of generateContent, of the Interactions API or of OpenAI's. Errors come out as their code, status and reason.
// JSON without text, such as a list of models, comes out indented, and what is not JSON comes out as it is.
class AnswerText : public TextFeed
{
public:
    [[nodiscard]] QList<TextPiece> feed(QByteArrayView bytes) override;
    [[nodiscard]] QList<TextPiece> finish(bool whole) override;

private:
    enum class Shape { Unknown, Answer, Plain };
    // A call whose arguments arrive in pieces.
    struct Call
    {
        QString name;
        QString arguments;
    };

    void takePiece(const QByteArray &json);
    void takeError(const gemini::AnswerError &error);
    void takeGemini(const gemini::AnswerDelta &delta);
    void takePart(const gemini::Part &part);
    void takeOpenAi(const QJsonObject &object);
    void takeInteraction(const QJsonObject &object);
    void takeStep(const QJsonObject &step);
    void takeDelta(int index, const QJsonObject &delta);
    void takeContent(const QJsonObject &content);
    void takeTool(const QString &type, const QJsonObject &tool);
    void takeAnnotations(const QJsonArray &annotations);
    void takeStatus(const QString &status);
    void noteCall(const QString &function, const QString &arguments);
    void noteCode(const QString &code);
    void noteOutput(const QString &output);
    void noteData(const QString &mimeType, qsizetype length);
    void noteEarlyEnd(const QString &reason);
    void take(TextPiece::Kind kind, const QString &text);
    void note(const QString &text) { take(TextPiece::Kind::Note, text); }

    Shape m_shape = Shape::Unknown;
    QByteArray m_start; // the bytes that came before the shape was known
    gemini::AnswerSplitter m_splitter;
    QHash<int, Call> m_calls; // of an interaction, by the step's index
    QSet<QString> m_cited;    // the addresses that a note has named
    bool m_ended = false;     // whether a note has told how the interaction ended
    RawText m_plain;
    QList<TextPiece> m_out;
};
