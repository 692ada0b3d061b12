#include "ui/chatpage/composer/modelpicker.h"

#include "ui/chatpage/composer/modelpopup.h"
#include "ui/icons.h"

#include <QCollator>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int longest = 240; // of the button, in pixels
constexpr int padding = 8;
constexpr int chevron = 16;

// Ranks a model for the list, lowest first: aliases for the latest version, fixed versions, Gemini models for special
// purposes, and models that are not Gemini's.
int rank(const chat::ModelInfo &model)
{
    const QString &name = model.name;
    const bool special = name.contains("-tts"_L1) || name.contains("-image"_L1) || name.contains("-audio"_L1)
            || name.contains("robotics"_L1) || name.contains("computer-use"_L1) || name.contains("embedding"_L1);
    if (!name.startsWith("gemini"_L1))
        return 3;
    if (special)
        return 2;
    return name.endsWith("-latest"_L1) ? 0 : 1;
}

} // namespace

ModelPicker::ModelPicker(QWidget *parent) : QPushButton(parent), m_popup(new ModelPopup(this))
{
    setProperty("flat", true);
    setObjectName(u"modelPicker"_s);
    connect(this, &QPushButton::clicked, this, &ModelPicker::openList);
    connect(m_popup, &ModelPopup::chosen, this, [this](const QString &name) {
        if (name == m_model)
            return;
        setModel(name);
        emit chosen(name);
    });
    connect(m_popup, &ModelPopup::modelsWanted, this, &ModelPicker::modelsWanted);
    showModel();
}

QList<chat::ModelInfo> ModelPicker::sorted(const QList<chat::ModelInfo> &models)
{
    QList<chat::ModelInfo> all;
    std::copy_if(models.begin(), models.end(), std::back_inserter(all),
                 [](const chat::ModelInfo &model) { return model.answers(); });
    QCollator collator{QLocale(QLocale::English)}; // not the C locale, whose collator cannot compare by number
    collator.setNumericMode(true);
    std::stable_sort(all.begin(), all.end(), [&collator](const chat::ModelInfo &a, const chat::ModelInfo &b) {
        const int left = rank(a);
        const int right = rank(b);
        if (left != right)
            return left < right;
        // The newest version comes first. The "z" puts a name before longer ones that begin with it ("-lite").
        return collator.compare(a.name + u'z', b.name + u'z') > 0;
    });
    return all;
}

QString ModelPicker::defaultOf(const QList<chat::ModelInfo> &sorted)
{
    const auto named = [&sorted](auto matches) {
        const auto at = std::find_if(sorted.begin(), sorted.end(), matches);
        return at == sorted.end() ? QString() : at->name;
    };
    QString name = named([](const auto &model) { return model.name == "gemini-flash-latest"_L1; });
    if (name.isEmpty()) {
        name = named([](const auto &model) {
            return rank(model) < 2 && model.name.contains("flash"_L1) && !model.name.contains("lite"_L1);
        });
    }
    return name.isEmpty() && !sorted.isEmpty() ? sorted.first().name : name;
}

void ModelPicker::setModels(const QList<chat::ModelInfo> &models)
{
    m_models = sorted(models);
    m_popup->setModels(m_models);
    if (m_model.isEmpty())
        m_model = defaultOf(m_models);
    showModel();
}

void ModelPicker::setProblem(const QString &problem)
{
    m_popup->setProblem(problem);
}

void ModelPicker::setModel(const QString &name)
{
    m_model = name.isEmpty() ? defaultOf(m_models) : name;
    showModel();
}

void ModelPicker::openList()
{
    if (!m_popup->isVisible())
        m_popup->openAt(this, m_model);
}

QString ModelPicker::title() const
{
    const auto at =
            std::find_if(m_models.begin(), m_models.end(), [this](const auto &model) { return model.name == m_model; });
    if (at != m_models.end() && !at->displayName.isEmpty())
        return at->displayName;
    return m_model.isEmpty() ? tr("Choose a model") : m_model;
}

void ModelPicker::showModel()
{
    const QString name = title();
    setAccessibleName(m_model.isEmpty() ? name : tr("Model: %1").arg(name));
    setToolTip(tr("Choose the model  %1", "then the keys")
                       .arg(QKeySequence(Qt::CTRL | Qt::Key_M).toString(QKeySequence::NativeText)));
    updateGeometry();
    update();
}

QSize ModelPicker::sizeHint() const
{
    // Two pixels are added because elidedText() counts the fractions of a pixel that letters have.
    return {qMin(longest, fontMetrics().horizontalAdvance(title()) + 2 + 2 * padding + chevron + 4), 32};
}

QSize ModelPicker::minimumSizeHint() const
{
    return {qMin(96, sizeHint().width()), 32};
}

void ModelPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, this);
    const QRect inside = rect().adjusted(padding, 0, -padding, 0);
    const QRect mark(inside.right() + 1 - chevron, (height() - chevron) / 2, chevron, chevron);
    const QRect text(inside.left(), 0, inside.width() - chevron - 4, height());
    painter.setPen(palette().color(QPalette::ButtonText));
    painter.drawText(text, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                     fontMetrics().elidedText(title(), Qt::ElideRight, text.width()));
    icons::icon(u"chevron-down"_s, icons::Role::Secondary).paint(&painter, mark);
}
