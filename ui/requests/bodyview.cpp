#include "ui/requests/bodyview.h"

#include "ui/requests/streamview.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sliceBytes = 32 * 1024;
constexpr qsizetype longestTitle = 80; // of folded thoughts
constexpr qint64 sliceTime = 4;        // in ms: a quarter of the time between two frames on the screen

QTextCharFormat formatOf(TextPiece::Kind kind, const ThemeColors &colors)
{
    QTextCharFormat format;
    switch (kind) {
    case TextPiece::Kind::Text:
        format.setForeground(colors.text);
        break;
    case TextPiece::Kind::Thought:
    case TextPiece::Kind::Note:
        format.setForeground(colors.secondary);
        break;
    case TextPiece::Kind::Error:
        format.setForeground(colors.error);
        break;
    }
    return format;
}

// Returns the first line of thoughts, which is their title, without the marks of Markdown; "" = it has not come yet.
QString titleOf(const QString &thoughts)
{
    const QString line = thoughts.trimmed();
    const qsizetype end = line.indexOf(u'\n');
    if (end < 0 && line.size() < longestTitle)
        return {};
    QString title = line.first(end < 0 ? line.size() : end).remove(u'*').simplified();
    if (title.size() > longestTitle)
        title = title.first(longestTitle - 1) + u'…';
    return title;
}

} // namespace

BodyView::BodyView(const QString &name, QWidget *parent)
    : QWidget(parent),
      m_note(new QLabel),
      m_thoughts(new QCheckBox(tr("Show thou&ghts"))),
      m_stack(new QStackedWidget),
      m_message(new QLabel),
      m_action(new QPushButton),
      m_text(new StreamView)
{
    m_note->setProperty("role", u"secondary"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(12, 8, 12, 0);
    m_note->hide();
    m_thoughts->setAccessibleName(tr("Show thoughts"));
    m_thoughts->setContentsMargins(12, 0, 12, 0);
    m_thoughts->hide();
    m_message->setProperty("role", u"secondary"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_text->setAccessibleName(name);

    auto *page = new QWidget;
    auto *inside = new QVBoxLayout(page);
    inside->setContentsMargins(16, 16, 16, 16);
    inside->setSpacing(8);
    inside->addStretch();
    inside->addWidget(m_message);
    inside->addWidget(m_action, 0, Qt::AlignHCenter);
    inside->addStretch();
    m_stack->addWidget(page);
    m_stack->addWidget(m_text);
    m_stack->setMinimumHeight(64);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 0);
    row->addWidget(m_thoughts);
    layout->addLayout(row);
    layout->addWidget(m_stack, 1);
    connect(m_action, &QPushButton::clicked, this, &BodyView::actionTriggered);
    connect(m_thoughts, &QCheckBox::clicked, this, [this] {
        m_again = true;
        emit startWanted();
        m_again = false;
    });
    showMessage({});
}

void BodyView::start(std::unique_ptr<TextFeed> feed, bool fixed)
{
    m_feed = std::move(feed);
    m_taken = 0;
    m_finished = false;
    m_any = false;
    m_last = TextPiece::Kind::Text;
    m_titled = true;
    if (!m_again)
        m_thoughts->hide();
    m_text->clearText(m_again);
    setNote({});
    m_fixed = fixed;
    setFace();
}

void BodyView::setFace()
{
    m_text->setFont(m_fixed ? controls::fixedFont(font()) : font());
}

void BodyView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        setFace();
    QWidget::changeEvent(event);
}

bool BodyView::take(QByteArrayView all, bool ended, bool whole)
{
    if (!m_feed)
        return false;
    QElapsedTimer timer;
    timer.start();
    while (m_taken < all.size() && timer.elapsed() < sliceTime) {
        const QByteArrayView slice = all.sliced(m_taken, std::min(sliceBytes, all.size() - m_taken));
        m_taken += slice.size();
        append(m_feed->feed(slice));
    }
    if (m_taken < all.size())
        return true;
    if (ended && !m_finished) {
        m_finished = true;
        append(m_feed->finish(whole));
    }
    return false;
}

void BodyView::append(const QList<TextPiece> &pieces)
{
    const ThemeColors &colors = Theme::of(palette());
    for (const TextPiece &piece : pieces) {
        if (piece.text.isEmpty())
            continue;
        const bool another = piece.kind != m_last || piece.kind == TextPiece::Kind::Note;
        if (another && m_any)
            m_text->append(m_text->endsWithLineFeed() ? QStringLiteral("\n") : QStringLiteral("\n\n"));
        if (piece.kind != TextPiece::Kind::Thought) {
            m_titled = true; // no more of it comes
            m_text->append(piece.text, formatOf(piece.kind, colors));
        } else {
            if (another || !m_any)
                beginThoughts();
            addThoughts(piece.text);
        }
        m_last = piece.kind;
        m_any = true;
    }
    if (m_any)
        m_stack->setCurrentWidget(m_text);
}

// The heading says what the colour shows, for users who do not see the colour.
void BodyView::beginThoughts()
{
    m_thoughts->show();
    QTextCharFormat heading = formatOf(TextPiece::Kind::Thought, Theme::of(palette()));
    heading.setFontWeight(QFont::DemiBold);
    m_text->append(m_thoughts->isChecked() ? tr("Thoughts") + u'\n' : tr("Thoughts"), heading);
    m_titled = false;
    m_title.clear();
}

// Of folded thoughts only the title is shown, once it is there.
void BodyView::addThoughts(const QString &text)
{
    const QTextCharFormat format = formatOf(TextPiece::Kind::Thought, Theme::of(palette()));
    if (m_thoughts->isChecked())
        return m_text->append(text, format);
    if (m_titled)
        return;
    m_title += text;
    const QString title = titleOf(m_title);
    if (title.isEmpty())
        return;
    m_text->append(u" · "_s + title, format);
    m_titled = true;
    m_title.clear();
}

void BodyView::showMessage(const QString &text, const QString &action)
{
    if (m_any)
        return;
    m_message->setText(text);
    m_action->setText(action);
    m_action->setAccessibleName(controls::withoutMnemonic(action));
    m_action->setVisible(!action.isEmpty());
    m_stack->setCurrentIndex(0);
}

void BodyView::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

bool BodyView::isFolded() const
{
    return m_text->isFolded();
}

bool BodyView::focusContent()
{
    const bool text = m_stack->currentWidget() == m_text;
    if (!text && !m_action->isVisible())
        return false;
    (text ? static_cast<QWidget *>(m_text) : m_action)->setFocus(Qt::TabFocusReason);
    return true;
}
