#include "ui/settings/tokentable.h"

#include "ui/widgets/confirmbutton.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flowlayout.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
constexpr int rowHeight = 32;
constexpr int mostRows = 6; // a longer table scrolls
} // namespace

TokenTable::TokenTable(QWidget *parent)
    : QWidget(parent), m_table(new QTableWidget(0, 2)), m_revoke(new ConfirmButton(tr("Re&voke"), tr("Really re&voke")))
{
    m_table->setObjectName(u"tokens"_s);
    m_revoke->setObjectName(u"revoke"_s);
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Made")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false); // Tab goes on to the next control
    m_table->setShowGrid(false);
    m_table->setCornerButtonEnabled(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setProperty("framed", true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto *label = new QLabel(tr("To&kens"));
    label->setBuddy(m_table);
    m_table->setAccessibleName(controls::withoutMnemonic(label->text()));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label);
    layout->addWidget(m_table);
    layout->addSpacing(4);
    auto *actions = new FlowLayout;
    actions->addWidget(m_revoke);
    layout->addLayout(actions);
    refresh(-1);

    connect(m_revoke, &ConfirmButton::confirmed, this, &TokenTable::revoke);
    connect(m_table, &QTableWidget::currentCellChanged, m_revoke, [this] { m_revoke->setAsking(false); });
}

void TokenTable::setTokens(const QList<ClientToken> &tokens)
{
    if (m_tokens == tokens)
        return;
    m_tokens = tokens;
    refresh(m_table->currentRow());
}

void TokenTable::revoke()
{
    const int row = m_table->currentRow();
    if (row < 0 || row >= m_tokens.size())
        return;
    m_tokens.removeAt(row);
    refresh(row);
    emit changed();
}

void TokenTable::refresh(int current)
{
    const int rows = static_cast<int>(m_tokens.size());
    m_table->setRowCount(rows);
    for (int row = 0; row < rows; ++row) {
        const ClientToken &token = m_tokens[row];
        auto *name = new QTableWidgetItem(token.name);
        name->setToolTip(token.name);
        m_table->setItem(row, 0, name);
        m_table->setItem(row, 1, new QTableWidgetItem(QLocale().toString(token.made, QLocale::ShortFormat)));
    }
    if (rows > 0)
        m_table->setCurrentCell(qBound(0, current, rows - 1), 0);
    const int header = m_table->horizontalHeader()->sizeHint().height();
    m_table->setFixedHeight(header + qBound(1, rows, mostRows) * rowHeight + 10); // 10 px for the table's frame
    setVisible(rows > 0 && parentWidget());
}
