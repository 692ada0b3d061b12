#include "ui/chatpage/composer/modelpopup.h"

#include "ui/chatpage/composer/popupplace.h"
#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/note.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int nameRole = Qt::UserRole;
constexpr int detailRole = Qt::UserRole + 1;
constexpr int currentRole = Qt::UserRole + 2;
constexpr int popupWidth = 360;

// Draws a model's title, its name below, and a check mark if it is the one that is chosen now.
class ModelDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ThemeColors &colors = Theme::of(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state & QStyle::State_Selected ? colors.hairline : colors.card);
            painter->drawRoundedRect(option.rect, 6, 6);
        }
        QRect text = option.rect.adjusted(32, 4, -8, -4);
        if (index.data(currentRole).toBool())
            icons::icon(u"check"_s).paint(painter, QRect(option.rect.left() + 8, option.rect.center().y() - 7, 16, 16));
        painter->setFont(option.font);
        const auto line = [&](const QString &words, int top, const QColor &color) {
            painter->setPen(color);
            painter->drawText(QRect(text.left(), top, text.width(), text.height() / 2),
                              int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                              option.fontMetrics.elidedText(words, Qt::ElideRight, text.width()));
        };
        line(index.data().toString(), text.top(), colors.text);
        line(index.data(detailRole).toString(), text.top() + text.height() / 2, colors.secondary);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, 2 * option.fontMetrics.height() + 12};
    }
};

} // namespace

ModelPopup::ModelPopup(QWidget *parent) : QDialog(parent, Qt::Popup)
{
    setWindowTitle(tr("Models"));
    setAccessibleName(tr("Models"));
    setObjectName(u"popup"_s);
}

// Makes the contents. This happens on first use, so that the main window appears sooner.
void ModelPopup::fill()
{
    m_search = new QLineEdit;
    m_list = new QListWidget;
    m_note = new Note;
    m_again = controls::button(tr("&Try again"), u"rotate-cw"_s);
    m_search->setPlaceholderText(tr("Search models"));
    m_search->setAccessibleName(tr("Search models"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Models"));
    m_list->setItemDelegate(new ModelDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    connect(m_search, &QLineEdit::textChanged, this, &ModelPopup::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &ModelPopup::choose);
    connect(m_list, &QListWidget::itemActivated, this, &ModelPopup::choose);
    connect(m_list, &QListWidget::itemClicked, this, &ModelPopup::choose);
    connect(m_again, &QPushButton::clicked, this, [this] {
        setProblem({});
        emit modelsWanted();
    });
}

void ModelPopup::setModels(const QList<chat::ModelInfo> &models)
{
    m_models = models;
    m_problemText.clear();
    filter();
}

void ModelPopup::setProblem(const QString &problem)
{
    m_problemText = problem;
    filter();
}

void ModelPopup::openAt(const QWidget *button, const QString &model)
{
    m_current = model;
    if (!m_search)
        fill();
    {
        const QSignalBlocker blocker(m_search);
        m_search->clear();
    }
    filter();
    resize(popupWidth, 380);
    popupplace::moveTo(this, button);
    show();
    m_search->setFocus();
}

void ModelPopup::filter()
{
    if (!m_search)
        return;
    const QString words = m_search->text().trimmed();
    m_list->clear();
    const auto add = [this](const QString &title, const QString &name, const QString &detail) {
        auto *item = new QListWidgetItem(title, m_list);
        item->setData(nameRole, name);
        item->setData(detailRole, detail);
        item->setData(currentRole, name == m_current);
        item->setData(Qt::AccessibleTextRole, tr("%1, %2", "a model's title and name").arg(title, detail));
        if (name == m_current)
            m_list->setCurrentItem(item);
    };
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    bool exact = false;
    for (const chat::ModelInfo &model : std::as_const(m_models)) {
        const QString title = model.displayName.isEmpty() ? model.name : model.displayName;
        const QString all = title + u' ' + model.name;
        if (std::all_of(wanted.begin(), wanted.end(),
                        [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); }))
            add(title, model.name, model.name);
        exact = exact || model.name.compare(words, Qt::CaseInsensitive) == 0;
    }
    // Gemini also has models that it does not list, so the typed name itself can be chosen.
    if (!words.isEmpty() && !exact && !words.contains(u' ') && !words.contains(u'/'))
        add(tr("Use “%1”").arg(words), words, tr("a name that is not in the list"));
    if (!m_list->currentItem() || !words.isEmpty())
        m_list->setCurrentRow(0);
    m_list->scrollToItem(m_list->currentItem());

    const bool none = m_models.isEmpty();
    m_list->setVisible(!none || m_list->count() > 0);
    m_note->say(m_problemText.isEmpty() ? Note::Kind::Secondary : Note::Kind::Error,
                !m_problemText.isEmpty() ? m_problemText
                        : none           ? tr("The list of models has not come yet.")
                                         : QString());
    m_again->setVisible(!m_problemText.isEmpty());
}

void ModelPopup::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString name = item->data(nameRole).toString();
    accept();
    emit chosen(name);
}

bool ModelPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress && m_list->count() > 0) {
        int row = m_list->currentRow();
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
            ++row;
            break;
        case Qt::Key_Up:
            --row;
            break;
        case Qt::Key_PageDown:
            row += 5;
            break;
        case Qt::Key_PageUp:
            row -= 5;
            break;
        default:
            return QDialog::eventFilter(watched, event);
        }
        m_list->setCurrentRow(qBound(0, row, m_list->count() - 1));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}
