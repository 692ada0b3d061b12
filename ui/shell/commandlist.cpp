#include "ui/shell/commandlist.h"

#include "ui/theme.h"
#include "ui/widgets/controls.h"

#include <QAction>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace {

constexpr int indexRole = Qt::UserRole;    // the action's index in m_actions
constexpr int keysRole = Qt::UserRole + 1; // the action's shortcut as text
constexpr int gap = 8;
constexpr int rowHeight = 32;
constexpr int rowsShown = 9;

// Draws a row of the list: the action's name, and its shortcut at the right.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int keys = option->fontMetrics.horizontalAdvance(index.data(keysRole).toString());
        option->text =
                option->fontMetrics.elidedText(option->text, Qt::ElideRight, option->rect.width() - keys - 4 * gap);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(option.font);
        painter->setPen(Theme::of(QGuiApplication::palette()).secondary); // a palette has no such colour
        painter->drawText(option.rect.adjusted(gap, 0, -gap, 0),
                          int(Qt::AlignRight | Qt::AlignVCenter) | Qt::TextSingleLine, index.data(keysRole).toString());
        painter->restore();
    }
};

} // namespace

CommandList::CommandList(QWidget *parent)
    : QDialog(parent, Qt::Popup),
      m_search(new QLineEdit),
      m_list(new QListWidget),
      m_nothing(new QLabel(tr("No command is called that.")))
{
    setObjectName(QStringLiteral("popup"));
    setWindowTitle(tr("Commands"));
    setAccessibleName(tr("Commands"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setAccessibleName(tr("Search commands"));
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setProperty("navigation", true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_nothing->setProperty("role", QStringLiteral("secondary"));
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    m_nothing->setMargin(gap);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);
    connect(m_search, &QLineEdit::textChanged, this, &CommandList::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandList::trigger);
    connect(m_list, &QListWidget::itemActivated, this, &CommandList::trigger);
    connect(m_list, &QListWidget::itemClicked, this, &CommandList::trigger);
}

void CommandList::openWith(const QList<QAction *> &actions)
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
    ensurePolished(); // the heights depend on the style sheet
    const QRect room = window->screen()->availableGeometry();
    const int rows = (room.height() - m_search->sizeHint().height() - 3 * gap) / rowHeight;
    m_list->setFixedHeight(qBound(1, rows, rowsShown) * rowHeight);
    resize(width, sizeHint().height());
    const QPoint at = window->mapToGlobal(QPoint((window->width() - width) / 2, 64));
    move(qBound(room.left(), at.x(), qMax(room.left(), room.right() + 1 - width)),
         qBound(room.top(), at.y(), qMax(room.top(), room.bottom() + 1 - height())));
    show();
    m_search->setFocus();
}

void CommandList::filter(const QString &text)
{
    m_list->clear();
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QString name = controls::withoutMnemonic(m_actions[i]->text());
        if (!text.isEmpty() && !name.contains(text, Qt::CaseInsensitive))
            continue;
        const QString keys = m_actions[i]->shortcut().toString(QKeySequence::NativeText);
        auto *item = new QListWidgetItem(name, m_list);
        item->setData(indexRole, static_cast<int>(i));
        item->setData(keysRole, keys);
        item->setData(Qt::AccessibleTextRole, keys.isEmpty() ? name : name + QStringLiteral(", ") + keys);
        item->setSizeHint({0, rowHeight});
    }
    m_list->setCurrentRow(0);
    const bool any = m_list->count() > 0;
    // One is hidden before the other is shown. Otherwise the layout would need room for both.
    (any ? static_cast<QWidget *>(m_nothing) : m_list)->hide();
    (any ? static_cast<QWidget *>(m_list) : m_nothing)->show();
}

void CommandList::trigger()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QPointer<QAction> action = m_actions.value(item->data(indexRole).toInt());
    accept(); // closes the list first, so that the action finds the window active
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
