#include "ui/widgets/listeditor.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/field.h"
#include "ui/widgets/flowlayout.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
constexpr int rowHeight = 32;
constexpr int mostRows = 5; // a longer list scrolls
} // namespace

ListEditor::ListEditor(const Texts &texts, const Check &check, QWidget *parent)
    : QWidget(parent),
      m_check(check),
      m_edit(new QLineEdit),
      m_field(new Field(texts.label, m_edit, texts.explanation)),
      m_list(new QListWidget),
      m_remove(controls::button(texts.remove))
{
    auto *addButton = controls::button(texts.add);
    addButton->setObjectName(u"add"_s);
    m_remove->setObjectName(u"remove"_s);
    m_edit->setPlaceholderText(texts.placeholder);
    m_field->addBeside(addButton);
    m_list->setAccessibleName(controls::withoutMnemonic(texts.label));
    m_list->setProperty("framed", true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->installEventFilter(this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    auto *actions = new FlowLayout;
    actions->addWidget(m_remove);
    layout->addLayout(actions);
    refresh(-1);

    connect(m_edit, &QLineEdit::returnPressed, this, &ListEditor::add);
    connect(m_edit, &QLineEdit::textEdited, m_field, [this] { m_field->setComplaint({}); });
    connect(addButton, &QPushButton::clicked, this, &ListEditor::add);
    connect(m_remove, &QPushButton::clicked, this, &ListEditor::remove);
}

void ListEditor::setValues(const QStringList &values)
{
    if (m_values == values)
        return;
    m_values = values;
    refresh(m_list->currentRow());
}

bool ListEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        remove();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ListEditor::add()
{
    Checked checked = m_check(m_edit->text());
    if (checked.ok() && m_values.contains(checked.value))
        checked.problem = tr("“%1” is in the list already.").arg(checked.value);
    m_field->setComplaint(checked.problem);
    m_edit->setFocus();
    if (!checked.ok())
        return;
    m_edit->setText({});
    m_values.append(checked.value);
    refresh(static_cast<int>(m_values.size()) - 1);
    emit changed();
}

void ListEditor::remove()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_values.removeAt(row);
    if (m_values.isEmpty())
        m_edit->setFocus(); // must come before refresh(), which hides the list and its button
    refresh(row);
    emit changed();
}

void ListEditor::refresh(int current)
{
    m_list->clear();
    for (const QString &value : std::as_const(m_values)) {
        auto *item = new QListWidgetItem(value, m_list);
        item->setSizeHint({0, rowHeight});
        item->setToolTip(value);
    }
    const int rows = m_list->count();
    // A list that is not empty always has a selected row, so that the button has something to remove.
    if (rows > 0)
        m_list->setCurrentRow(qBound(0, current, rows - 1));
    m_list->setFixedHeight(qBound(1, rows, mostRows) * rowHeight + 10); // 10 px for the list's frame
    m_list->setVisible(rows > 0);
    m_remove->setVisible(rows > 0);
}
