#include "ui/connect/changedialog.h"

#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextCursor>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ChangeDialog::ChangeDialog(const QString &tool, const QString &diff, bool disconnects, QWidget *parent)
    : QDialog(parent), m_diff(diff), m_text(new QPlainTextEdit)
{
    setWindowTitle(disconnects ? tr("Disconnect %1").arg(tool) : tr("Connect %1").arg(tool));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);

    auto *words =
            new QLabel(disconnects ? tr("This takes out what Gemini Desk has written. All else stays as it is.")
                                   : tr("This is what changes. A copy of a file as it is now is kept beside it."));
    words->setWordWrap(true);
    setAccessibleDescription(words->text());
    m_text->setObjectName(u"diff"_s);
    m_text->setAccessibleName(tr("Changes"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setProperty("framed", true);

    auto *write = controls::button(disconnects ? tr("&Disconnect") : tr("&Write"));
    write->setObjectName(u"write-now"_s);
    write->setProperty("primary", true);
    write->setDefault(true);
    auto *cancel = controls::button(tr("&Cancel"));
    connect(write, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(write);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(words);
    layout->addWidget(m_text, 1);
    layout->addLayout(buttons);
    paintDiff();
    const QSize room = parent ? parent->window()->size() - QSize(48, 48) : QSize(720, 480);
    resize(QSize(720, 480).boundedTo(room));
    write->setFocus();
}

void ChangeDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        paintDiff();
    QDialog::changeEvent(event);
}

void ChangeDialog::paintDiff()
{
    m_text->setFont(controls::fixedFont(font()));
    const ThemeColors &colors = Theme::of(palette());
    m_text->clear();
    QTextCursor cursor(m_text->document());
    const QStringList lines = m_diff.trimmed().split(u'\n');
    for (const QString &line : lines) {
        const bool head = line.startsWith("---"_L1) || line.startsWith("+++"_L1) || line.startsWith("@@"_L1);
        QTextCharFormat format;
        format.setForeground(head                            ? colors.secondary
                                     : line.startsWith(u'+') ? colors.good
                                     : line.startsWith(u'-') ? colors.error
                                                             : colors.text);
        cursor.insertText((cursor.atStart() ? QString() : u"\n"_s) + line, format);
    }
    m_text->moveCursor(QTextCursor::Start);
}
