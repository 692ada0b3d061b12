// The part of ChatPage that keeps the drafts of questions and counts their tokens.
#include "ui/chatpage/chatpage.h"
#include "ui/chatpage/composer/tokenestimate.h"
#include "ui/chatpage/draftkeeper.h"

using namespace Qt::StringLiterals;
using chat::Part;
using chat::Turn;

void ChatPage::keepDraft()
{
    m_drafts->keep(current(), m_composer->draft());
}

// Loads the draft of the new conversation that is left from the program's last run. If the user wrote something before
// the draft arrived, that is put below it.
void ChatPage::loadNewDraft()
{
    m_drafts->load(QUuid(), this, [this](chat::Draft draft) {
        const bool shown = current().isNull();
        const chat::Draft now = shown ? m_composer->draft() : m_drafts->known(QUuid());
        if (draft.isEmpty())
            return;
        if (!now.text.isEmpty())
            draft.text += (draft.text.isEmpty() ? QString() : u"\n\n"_s) + now.text;
        draft.attachments += now.attachments;
        draft.files += now.files;
        if (shown) {
            stopWaiting();
            m_composer->setDraft(draft);
        }
        m_drafts->keep(QUuid(), draft);
    });
}

void ChatPage::countTokens(const QList<Part> &parts)
{
    if (!canAsk()) {
        m_composer->setTokenCount(-1);
        sayWhatIsMissing();
        return;
    }
    giveModel();
    m_session->countTokens(parts);
}

// Returns about how many tokens the conversation takes so far. Up to the last answer for which Gemini told its count,
// that count is used. Later turns are estimated, and so is the whole conversation if Gemini told no count at all.
qint64 ChatPage::tokensBefore() const
{
    const chat::Conversation &conversation = m_session->conversation();
    const QList<chat::TurnId> path = conversation.path();
    qint64 tokens = 0;
    for (auto id = path.crbegin(); id != path.crend(); ++id) {
        const Turn *turn = conversation.turn(*id);
        if (turn->usage.input > 0)
            return tokens + turn->usage.input + turn->usage.output;
        for (const Part &part : turn->parts) {
            if (part.kind == Part::Kind::Text)
                tokens += tokenestimate::ofText(part.text);
            else if (part.kind == Part::Kind::InlineData)
                tokens += tokenestimate::ofSize(part.mimeType(), part.size);
        }
    }
    return tokens + tokenestimate::ofText(conversation.info.systemInstruction);
}
