#pragma once

#include "proxy/faces/answertranslator.h"
#include "proxy/faces/ending.h"
#include "proxy/faces/geminirequest.h"
#include "proxy/gemini/generatecontentreader.h"

#include <memory>

namespace faces {

// What the translators of Gemini's answers have in common: they read Gemini's events, remember signatures, and tell in
// words what the client's API has no form for.
class FaceAnswer : public AnswerTranslator
{
public:
    [[nodiscard]] bool streams() const final { return m_streams; }
    [[nodiscard]] QByteArray feed(QByteArrayView bytes) final;
    [[nodiscard]] QByteArray finish() final;
    [[nodiscard]] std::optional<ErrorAnswer> failure() const final { return m_failure; }
    [[nodiscard]] QByteArray brokenOff(const ErrorAnswer &error) final;
    [[nodiscard]] QByteArray pause() final;

protected:
    FaceAnswer(const GeminiRequest &request, std::shared_ptr<SignatureStore> signatures);

    // A function that Gemini calls.
    struct Call
    {
        QString id;   // a new one, by which the signature is remembered
        QString name; // the client's name of the function
        QCborMap arguments;
        QByteArray signature; // "" = none
    };

    // These add what the client gets to m_out. start() is called before all others, and none of them after end().
    virtual void start() = 0;
    virtual void takeThought(const QString &text) = 0; // never empty
    virtual void takeText(const QString &text) = 0;    // never empty
    virtual void takeCall(const Call &call) = 0;
    virtual void end(const Ending &ending) = 0;
    virtual void takePause() = 0;
    virtual void takeError(const ErrorAnswer &error) = 0;
    // Whether a text is open, so that a further one has to be set apart from it.
    [[nodiscard]] virtual bool isInText() const = 0;

    void addEvent(QByteArrayView name, QByteArrayView json);

    const bool m_streams;
    const QString m_model;      // as the client named it
    const QString m_callPrefix; // of the IDs of calls
    QByteArray m_out;
    TokenCounts m_usage;
    QStringList m_queries; // what was searched for
    QList<gemini::Source> m_sources;

private:
    void take(const gemini::AnswerDelta &delta);
    void takePart(const gemini::Part &part);
    void takeWords(const QString &text);
    void startOnce();

    const ToolNames m_names;
    std::shared_ptr<SignatureStore> m_signatures;
    gemini::GenerateContentReader m_reader;
    bool m_started = false;
    bool m_hasContent = false;
    std::optional<ErrorAnswer> m_failure;
};

} // namespace faces
