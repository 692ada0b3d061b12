#include "ui/connect/connectpage.h"

#include "ui/connect/changedialog.h"
#include "ui/connect/codeblock.h"
#include "ui/connect/connecttexts.h"
#include "ui/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/note.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {
constexpr int margin = 24;
constexpr int columnWidth = 640;
constexpr int rowHeight = 32;
} // namespace

ConnectPage::ConnectPage(QWidget *parent)
    : QWidget(parent),
      m_list(new QListWidget),
      m_scroll(new QScrollArea),
      m_name(new Heading({})),
      m_about(new Note),
      m_note(new Note),
      m_write(controls::button(tr("&Write the file…"))),
      m_disconnect(controls::button(tr("&Disconnect…"))),
      m_test(controls::button(tr("&Test"))),
      m_result(new Note),
      m_blocks(new QVBoxLayout)
{
    setAccessibleName(tr("Connect a tool"));
    m_list->setObjectName(u"tools"_s);
    m_list->setAccessibleName(tr("Tools"));
    m_list->setProperty("navigation", true);
    m_list->setIconSize({18, 18});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // it need not have the focus, as it scrolls to the control that has it
    m_scroll->setWidget(makeDetails());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin - 8, margin - 8, 0, 0); // an entry of the list has a padding of 8 px of its own
    layout->setSpacing(0);
    layout->addWidget(m_list);
    layout->addWidget(m_scroll, 1);

    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_result->clear();
        showCurrent();
        m_scroll->ensureVisible(0, 0);
    });
    connect(m_write, &QPushButton::clicked, this, [this] { emit writeWanted(tool()); });
    connect(m_disconnect, &QPushButton::clicked, this, [this] { emit disconnectWanted(tool()); });
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_testing = tool();
        m_test->setEnabled(false);
        say(m_testing, int(Note::Kind::Secondary), tr("Asking…"));
        emit testWanted(m_testing);
    });
}

QWidget *ConnectPage::makeDetails()
{
    m_write->setObjectName(u"write"_s);
    m_write->setProperty("primary", true);
    m_disconnect->setObjectName(u"disconnect"_s);
    m_test->setObjectName(u"test"_s);
    m_test->setToolTip(tr("Send one small request as the tool would"));
    m_result->setObjectName(u"result"_s);
    m_about->setObjectName(u"about"_s);

    auto *actions = new FlowLayout;
    actions->addWidget(m_write);
    actions->addWidget(m_disconnect);
    actions->addWidget(m_test);
    auto *details = new QWidget;
    details->setMaximumWidth(columnWidth);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_about);
    layout->addWidget(m_note);
    layout->addSpacing(8);
    layout->addLayout(actions);
    layout->addWidget(m_result);
    layout->addSpacing(8);
    m_blocks->setSpacing(8);
    layout->addLayout(m_blocks);
    layout->addStretch(1);

    auto *column = new QWidget;
    auto *row = new QHBoxLayout(column);
    row->setContentsMargins(margin, 8, margin, margin);
    row->addWidget(details, 1);
    row->addStretch(0);
    return column;
}

void ConnectPage::setTools(const QList<ConnectTool> &tools)
{
    if (tools == m_tools)
        return; // so that a selection in the texts stays
    const QString chosen = tool();
    const QString result = m_result->text();
    const Note::Kind kind = m_result->kind();
    m_tools = tools;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const ConnectTool &one : tools) {
            auto *item = new QListWidgetItem(one.connected ? icons::icon(u"check"_s, icons::Role::Good)
                                                           : icons::icon(u"terminal"_s, icons::Role::Secondary),
                                             one.name, m_list);
            item->setSizeHint({0, rowHeight});
            item->setData(Qt::UserRole, one.id);
            if (one.connected)
                item->setData(Qt::AccessibleTextRole, tr("%1, connected").arg(one.name));
        }
        m_list->setCurrentRow(0);
    }
    showTool(chosen);
    fitList();
    showCurrent();
    m_result->say(kind, result); // it is still that of the chosen tool
}

void ConnectPage::showTool(const QString &id)
{
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(Qt::UserRole).toString() == id)
            m_list->setCurrentRow(i);
    }
}

QString ConnectPage::tool() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

const ConnectTool *ConnectPage::current() const
{
    const auto one = std::find_if(m_tools.begin(), m_tools.end(),
                                  [id = tool()](const ConnectTool &tool) { return tool.id == id; });
    return one == m_tools.end() ? nullptr : &*one;
}

void ConnectPage::showCurrent()
{
    const ConnectTool *tool = current();
    if (!tool)
        return;
    m_name->setText(tool->name);
    m_about->say(Note::Kind::Secondary,
                 (tool->connected ? tr("Connected. It speaks %1 to %2.") : tr("It speaks %1 to %2."))
                         .arg(tool->api, tool->address));
    QString note = connecttexts::note(tool->id);
    if (tool->tokenMissing) {
        if (!note.isEmpty())
            note += u' ';
        note += tool->writable ? tr("The proxy wants a token: writing the file makes one for this tool.")
                               : tr("The proxy wants a token: make one in the settings, under Access.");
    }
    m_note->say(Note::Kind::Secondary, note);
    controls::setText(m_write, tool->connected ? tr("&Write again…") : tr("&Write the file…"));
    m_write->setVisible(tool->writable);
    m_disconnect->setVisible(tool->connected);
    controls::setStyleProperty(m_write, "primary", tool->writable && !tool->connected);
    m_test->setEnabled(m_testing.isEmpty());

    while (QLayoutItem *item = m_blocks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ConnectTool::Block &block : tool->blocks)
        m_blocks->addWidget(new CodeBlock(connecttexts::place(block), block.text));
}

void ConnectPage::askFor(const QString &id, const QString &diff, bool disconnects)
{
    if (m_dialog || id != tool() || !current())
        return;
    m_dialog = new ChangeDialog(current()->name, diff, disconnects, this);
    connect(m_dialog, &QDialog::accepted, this, [this, id, disconnects] { emit changeConfirmed(id, disconnects); });
    m_dialog->open();
}

void ConnectPage::sayConnected(const QString &id)
{
    say(id, int(Note::Kind::Good), tr("Connected. The test shows whether it works."));
}

void ConnectPage::sayDisconnected(const QString &id, const QStringList &left)
{
    if (left.isEmpty())
        say(id, int(Note::Kind::Good), tr("Disconnected."));
    else
        say(id, int(Note::Kind::Warning),
            tr("Disconnected. You have changed these meanwhile, so they stay: %1").arg(left.join(u", "_s)));
}

void ConnectPage::sayInPlace(const QString &id)
{
    say(id, int(Note::Kind::Good), tr("All is in place already."));
}

void ConnectPage::sayProblem(const QString &id, const QString &text)
{
    say(id, int(Note::Kind::Error), text);
}

void ConnectPage::setTest(const QString &id, const ConnectTest &test)
{
    m_testing.clear();
    m_test->setEnabled(true);
    const auto one =
            std::find_if(m_tools.begin(), m_tools.end(), [&id](const ConnectTool &tool) { return tool.id == id; });
    if (one == m_tools.end())
        return;
    say(id, int(test.kind == ConnectTest::Kind::Answered ? Note::Kind::Good : Note::Kind::Error),
        connecttexts::result(one->name, test));
}

void ConnectPage::say(const QString &id, int kind, const QString &text)
{
    if (id == tool())
        m_result->say(Note::Kind(kind), text);
}

void ConnectPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitList();
    QWidget::changeEvent(event);
}

void ConnectPage::showEvent(QShowEvent *event)
{
    fitList();
    QWidget::showEvent(event);
    emit refreshWanted();
}

void ConnectPage::fitList()
{
    int text = 0;
    for (int i = 0; i < m_list->count(); ++i)
        text = qMax(text, m_list->fontMetrics().horizontalAdvance(m_list->item(i)->text()));
    // The padding, the room beside the icon, and the scroll bar of a small window.
    m_list->setFixedWidth(
            text + m_list->iconSize().width() + 40
            + m_list->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, m_list->verticalScrollBar()));
}
