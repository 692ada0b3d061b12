#include "ui/connect/codeblock.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextDocument>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

CodeBlock::CodeBlock(const QString &place, const QString &text, QWidget *parent)
    : QFrame(parent), m_text(new QPlainTextEdit(text.trimmed()))
{
    setProperty("card", true);
    m_text->setObjectName(u"code"_s);
    m_text->setAccessibleName(place);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setStyleSheet(u"background: transparent"_s);
    m_text->document()->setDocumentMargin(0);
    auto *where = new QLabel(place);
    where->setProperty("role", u"secondary"_s);
    where->setTextFormat(Qt::PlainText);
    where->setWordWrap(true);
    auto *copy = new CopyButton(tr("&Copy"));
    copy->setAccessibleName(tr("Copy: %1").arg(place));
    copy->setProperty("flat", true);
    copy->setCopied(text);

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(where, 1);
    head->addWidget(copy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 4, 12);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_text);
    fit();
}

QString CodeBlock::text() const
{
    return m_text->toPlainText();
}

void CodeBlock::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        fit();
    QFrame::changeEvent(event);
}

void CodeBlock::fit()
{
    m_text->setFont(controls::fixedFont(font()));
    const int lines = m_text->document()->blockCount();
    const int bar = m_text->horizontalScrollBar()->sizeHint().height();
    m_text->setFixedHeight(int(std::ceil(QFontMetricsF(m_text->font()).lineSpacing() * lines)) + bar + 2);
}
