// The part of Composer that handles its contents: parts, drafts, editing an earlier question, sending, and counting
// tokens.
#include "ui/chatpage/composer/attachmentreader.h"
#include "ui/chatpage/composer/attachmentstrip.h"
#include "ui/chatpage/composer/composer.h"
#include "ui/chatpage/composer/composeredit.h"
#include "ui/chatpage/composer/mediatypes.h"
#include "ui/chatpage/composer/tokenestimate.h"
#include "ui/widgets/banner.h"

#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

QList<chat::Part> Composer::parts() const
{
    QList<chat::Part> all = m_strip->parts();
    const QString text = m_edit->toPlainText();
    if (!text.trimmed().isEmpty())
        all.append(chat::Part::ofText(text));
    return all;
}

Composer::Draft Composer::draft() const
{
    if (m_editing)
        return m_kept;
    return {m_edit->toPlainText(), m_strip->kept(), m_strip->toReadAgain()};
}

void Composer::setDraft(const Draft &draft)
{
    if (m_editing) {
        m_editing = false;
        m_editBar->hide();
        emit editingChanged(false);
    }
    m_problem->hide();
    m_uploads = false;
    m_strip->clear();
    m_edit->setPlainText(draft.text);
    m_edit->moveCursor(QTextCursor::End);
    m_strip->addParts(draft.attachments);
    m_strip->addFiles(draft.files);
}

void Composer::startEditing(const QList<chat::Part> &parts)
{
    const Draft kept = draft();
    QStringList texts;
    Draft edited;
    for (const chat::Part &part : parts) {
        if (part.kind == chat::Part::Kind::Text)
            texts.append(part.text);
        else
            edited.attachments.append(part);
    }
    edited.text = texts.join(u"\n\n"_s);
    const bool was = std::exchange(m_editing, false);
    setDraft(edited);
    m_kept = kept;
    m_editing = true;
    m_editBar->show();
    if (!was)
        emit editingChanged(true);
    focusText();
}

void Composer::stopEditing()
{
    setDraft(std::exchange(m_kept, {}));
    focusText();
}

void Composer::clear()
{
    const QString text = m_edit->toPlainText();
    if (!text.trimmed().isEmpty())
        m_lastQuestion = text;
    setDraft(m_editing ? std::exchange(m_kept, {}) : Draft());
}

void Composer::setTokensBefore(qint64 tokens)
{
    if (std::exchange(m_tokensBefore, tokens) != tokens)
        showTokens();
}

void Composer::count()
{
    focusText();
    if (m_counting || m_exactTokens >= 0 || parts().isEmpty() || m_strip->isBusy() || m_strip->isWaiting())
        return;
    m_counting = true;
    showTokens();
    emit countWanted(parts());
}

void Composer::setTokenCount(int tokens)
{
    if (!std::exchange(m_counting, false))
        return; // the question has changed since, so the count is no longer true
    m_exactTokens = tokens;
    showTokens();
}

void Composer::showTokens()
{
    const qint64 about = m_tokensBefore + m_strip->tokens() + tokenestimate::ofText(m_edit->toPlainText());
    if (m_counting) {
        m_tokens->setText(tr("Counting…"));
    } else if (m_exactTokens >= 0) {
        m_tokens->setText(tr("%Ln token(s)", nullptr, m_exactTokens));
        m_tokens->setToolTip(tr("As Gemini counts them"));
    } else {
        const qint64 shown = qMin<qint64>(tokenestimate::rounded(about), INT_MAX);
        m_tokens->setText(tr("~%Ln token(s)", "about so many", int(shown)));
        m_tokens->setToolTip(tr("An estimate, made on this computer.\n"
                                "Click to have Gemini count: what is written and attached is sent to it for that, "
                                "and the conversation."));
    }
    m_tokens->setAccessibleName(m_tokens->text());
    m_tokens->setAccessibleDescription(m_tokens->toolTip());
    m_tokens->setVisible(!parts().isEmpty() || m_strip->isWaiting());
}

void Composer::stopOrSend()
{
    focusText(); // so that the user can go on typing
    if (m_streaming)
        emit stopWanted();
    else
        send();
}

void Composer::send()
{
    const QList<chat::Part> all = parts();
    if (m_streaming || m_strip->isBusy())
        return;
    if (const QStringList problems = m_strip->problems(); !problems.isEmpty()) {
        refuse(problems);
        return;
    }
    if (all.isEmpty() && !m_strip->isWaiting())
        return;
    const qint64 text = m_edit->toPlainText().size();
    if (text + m_strip->encodedSize() > m_strip->room()) {
        refuse({tr("This is too large to be sent: a chat may hold %1 in all.")
                        .arg(MediaTypes::sizeText(AttachmentReader::requestLimit))});
        return;
    }
    m_problem->hide();
    if (m_strip->isWaiting()) {
        m_uploads = true;
        m_strip->uploadWaiting();
        return;
    }
    emit sendWanted(all);
}

// Sends the question that waits for uploads, once all of them have ended. If one failed, the attachment says so, and
// the question is not sent.
void Composer::sendWhenUploaded()
{
    if (!m_uploads || m_strip->isBusy())
        return;
    m_uploads = false;
    if (m_strip->problems().isEmpty())
        send();
}
