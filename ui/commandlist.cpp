#include "ui/commandlist.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QVBoxLayout>

CommandList::CommandList(QWidget *parent)
    : QDialog(parent, Qt::Popup), m_search(new QLineEdit), m_list(new QListWidget)
{
    setWindowTitle(tr("Commands"));
    setAccessibleName(tr("Commands"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setAccessibleName(tr("Search commands"));
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &CommandList::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandList::trigger);
    connect(m_list, &QListWidget::itemActivated, this, &CommandList::trigger);
    connect(m_list, &QListWidget::itemClicked, this, &CommandList::trigger);
}

void CommandList::open(const QList<QAction *> &actions)
{
    m_actions.clear();
    for (QAction *action : actions) {
        if (action->isEnabled() && !action->isSeparator() && !action->text().isEmpty())
            m_actions.append(action);
    }
    m_search->clear();
    filter({});
    const QWidget *window = parentWidget();
    const int width = qMin(480, window->width() - 48);
    resize(width, 320);
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, 64)));
    show();
    m_search->setFocus();
}

void CommandList::filter(const QString &text)
{
    m_list->clear();
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        QString name = m_actions[i]->text();
        name.remove(QLatin1Char('&'));
        if (!text.isEmpty() && !name.contains(text, Qt::CaseInsensitive))
            continue;
        const QString keys = m_actions[i]->shortcut().toString(QKeySequence::NativeText);
        auto *item = new QListWidgetItem(keys.isEmpty() ? name : name + QStringLiteral("    ") + keys);
        item->setData(Qt::UserRole, static_cast<int>(i));
        item->setSizeHint({0, 32});
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
}

void CommandList::trigger()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QPointer<QAction> action = m_actions.value(item->data(Qt::UserRole).toInt());
    accept(); // first, so that the action finds the window active
    if (action)
        action->trigger();
}

bool CommandList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const int step = key->key() == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(qBound(0, m_list->currentRow() + step, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}
