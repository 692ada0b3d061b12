// The part of ChatPage that keeps a question while it is being written, and counts its tokens.
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

// Loads the draft of the new conversation from when the program last ran. If something was written before the
// store was there, that is put below it.
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

// The tokens of the conversation so far: as Gemini counted them with the last answer, and estimated for what
// came after that. What Gemini did not count at all is estimated.
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
