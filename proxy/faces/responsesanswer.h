#pragma once

#include "proxy/faces/faceanswer.h"
#include "proxy/faces/responsesrequest.h"

namespace faces {

// Turns Gemini's answer into one of OpenAI's Responses API, as a stream of events or as one object
// (https://platform.openai.com/docs/api-reference/responses-streaming).
class ResponsesAnswer final : public FaceAnswer
{
public:
    ResponsesAnswer(const ResponsesRequest &request, std::shared_ptr<SignatureStore> signatures,
                    std::shared_ptr<ResponseStore> responses);

    [[nodiscard]] ErrorAnswer errorFor(const ErrorAnswer &error) const override;

private:
    enum class Item { None, Reasoning, Message };

    void start() override;
    void takeThought(const QString &text) override;
    void takeText(const QString &text) override;
    void takeCall(const Call &call) override;
    void end(const Ending &ending) override;
    void takePause() override;
    void takeError(const ErrorAnswer &error) override;
    [[nodiscard]] bool isInText() const override { return m_open == Item::Message; }

    void takeSearch();
    void openReasoning();
    void closeItem(const QByteArray &signature = {});
    void addItem(const QCborMap &item);
    void completeItem(const QCborMap &item);
    void send(const QString &type, QCborMap event);
    void sendDelta(QLatin1StringView type, QLatin1StringView place, const QString &delta);
    [[nodiscard]] QCborMap response(const QString &status) const;
    [[nodiscard]] QCborMap usage() const;

    const bool m_showsThoughts;
    const bool m_keepsSignatures;
    const bool m_stored;
    const QSet<QString> m_customTools;
    const QHash<QString, SpacedName> m_spacedTools;
    const QCborMap m_echoed;
    const QCborArray m_input;
    const QString m_id;
    const qint64 m_created;
    std::shared_ptr<ResponseStore> m_responses;
    Item m_open = Item::None;
    QString m_itemId; // of the open item
    QString m_text;   // of the open item
    qint64 m_sequence = 0;
    QCborArray m_output;
};

} // namespace faces
