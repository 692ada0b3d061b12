#pragma once

#include "proxy/faces/faceanswer.h"

#include <QCborArray>
#include <QCborMap>

namespace faces {

// Turns Gemini's answer into one of Anthropic's Messages API, as a stream of events or as one message
// (https://docs.anthropic.com/en/docs/build-with-claude/streaming).
class MessagesAnswer final : public FaceAnswer
{
public:
    MessagesAnswer(const GeminiRequest &request, std::shared_ptr<SignatureStore> signatures);

    [[nodiscard]] ErrorAnswer errorFor(const ErrorAnswer &error) const override;

private:
    enum class Block { None, Thinking, Text, Other };

    void start() override;
    void takeThought(const QString &text) override;
    void takeText(const QString &text) override;
    void takeCall(const Call &call) override;
    void end(const Ending &ending) override;
    void takePause() override;
    void takeError(const ErrorAnswer &error) override;
    [[nodiscard]] bool isInText() const override { return m_open == Block::Text; }

    void takeSearch();
    void openBlock(Block kind, const QCborMap &block);
    void openThinking();
    void addToBlock(QLatin1StringView type, QLatin1StringView member, const QString &text);
    void closeBlock(const QByteArray &signature = {});
    [[nodiscard]] QCborMap usage() const;
    [[nodiscard]] QCborMap message() const;

    const bool m_wantsThinking;
    const bool m_showsThoughts;
    const bool m_searches;
    const QString m_id;
    Block m_open = Block::None;
    int m_index = 0; // of the open block, or of the next one
    bool m_hasCalls = false;
    QString m_stopReason;
    // Of an answer that does not stream
    QCborArray m_content;
    QCborMap m_block;
    QLatin1StringView m_member; // the member of m_block that grows
    QString m_text;             // what it has grown to
};

} // namespace faces
