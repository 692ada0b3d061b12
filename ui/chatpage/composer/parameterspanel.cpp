#include "ui/chatpage/composer/parameterspanel.h"

#include "ui/chatpage/composer/parameterchecks.h"
#include "ui/chatpage/composer/popupplace.h"
#include "ui/widgets/confirmbutton.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/field.h"
#include "ui/widgets/linefield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int panelWidth = 480;
constexpr int longestName = 64;

LineField *numberField(const QString &label, const QString &explanation, const Check &check)
{
    auto *field = new LineField(label, explanation, check);
    field->edit()->setPlaceholderText(ParametersPanel::tr("The model's own"));
    return field;
}

} // namespace

ParametersPanel::ParametersPanel(QWidget *parent) : QDialog(parent, Qt::Popup)
{
    setObjectName(u"popup"_s);
    setWindowTitle(tr("Settings of answers"));
    setAccessibleName(tr("Settings of answers"));
    m_textTimer.setSingleShot(true);
    m_textTimer.setInterval(500ms);
    connect(&m_textTimer, &QTimer::timeout, this, &ParametersPanel::takeInstruction);
}

// Makes the contents. This happens on first use, so that the main window appears sooner.
void ParametersPanel::fill()
{
    m_content = new QWidget;
    m_choice = new QComboBox;
    m_delete = new ConfirmButton(tr("&Delete"), tr("&Delete it?"));
    m_name = new QLineEdit;
    m_save = controls::button(tr("Sa&ve"));
    m_text = new QPlainTextEdit;
    m_search = new QCheckBox(tr("Search the &web for the answer"));
    m_json = new QCheckBox(tr("Answer in &JSON"));
    m_reset = controls::button(tr("Leave all to the &model"));

    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    addFields(layout);
    addPresets(layout);

    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(m_content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->addWidget(area);

    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { m_textTimer.start(); });
    for (LineField *field : {m_temperature, m_topP, m_maxTokens, m_thinking})
        connect(field, &LineField::changed, this, &ParametersPanel::takeParameters);
    for (QCheckBox *box : {m_search, m_json})
        connect(box, &QCheckBox::clicked, this, &ParametersPanel::takeParameters);
    connect(m_reset, &QPushButton::clicked, this, [this] { change({}, {}); });
    connect(m_choice, &QComboBox::activated, this, &ParametersPanel::applyPreset);
    connect(m_delete, &ConfirmButton::confirmed, this, &ParametersPanel::deletePreset);
    connect(m_save, &QPushButton::clicked, this, &ParametersPanel::savePreset);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_save->setEnabled(!text.trimmed().isEmpty()); });
    m_name->installEventFilter(this);
    showValues();
}

void ParametersPanel::addFields(QBoxLayout *layout)
{
    m_text->setTabChangesFocus(true);
    m_text->setProperty("framed", true);
    m_text->setFixedHeight(88);
    m_text->setPlaceholderText(tr("How Gemini should answer in this chat"));
    layout->addWidget(new Field(tr("&System instruction"), m_text, {}));

    m_temperature = numberField(tr("&Temperature"), tr("0 is sober, 2 is varied."), ParameterChecks::temperature);
    m_topP = numberField(tr("Top-&p"), tr("0 to 1; low keeps to likely words."), ParameterChecks::topP);
    m_maxTokens = numberField(tr("&Longest answer"), tr("In tokens, with its thoughts."), ParameterChecks::maxTokens);
    m_thinking = numberField(tr("Thinking &budget"), tr("In tokens; 0 is none, -1 as it sees fit."),
                             ParameterChecks::thinkingBudget);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(12);
    grid->addWidget(m_temperature, 0, 0, Qt::AlignTop);
    grid->addWidget(m_topP, 0, 1, Qt::AlignTop);
    grid->addWidget(m_maxTokens, 1, 0, Qt::AlignTop);
    grid->addWidget(m_thinking, 1, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    layout->addLayout(grid);

    auto *boxes = new QVBoxLayout;
    boxes->setSpacing(4);
    for (QCheckBox *box : {m_search, m_json}) {
        box->setAccessibleName(controls::withoutMnemonic(box->text()));
        boxes->addWidget(box);
    }
    layout->addLayout(boxes);
    layout->addWidget(m_reset, 0, Qt::AlignLeft);
}

void ParametersPanel::addPresets(QBoxLayout *layout)
{
    auto *line = new QFrame;
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    layout->addWidget(line);

    m_choice->setPlaceholderText(tr("None"));
    auto *choice = new Field(tr("P&reset"), m_choice, {});
    choice->addBeside(m_delete);
    layout->addWidget(choice);
    m_name->setMaxLength(longestName);
    m_name->setPlaceholderText(tr("A name"));
    m_save->setEnabled(false);
    auto *save = new Field(tr("Save these settings &as"), m_name, {});
    save->addBeside(m_save);
    layout->addWidget(save);
}

bool ParametersPanel::isCustom() const
{
    return !m_instruction.isEmpty() || m_parameters != chat::Parameters();
}

void ParametersPanel::setSystemInstruction(const QString &text)
{
    m_instruction = text;
    m_textTimer.stop();
    showValues();
}

void ParametersPanel::setParameters(const chat::Parameters &parameters)
{
    m_parameters = parameters;
    showValues();
}

void ParametersPanel::setPresets(const QList<Preset> &presets)
{
    m_presets = presets;
    showPresets();
}

void ParametersPanel::openAt(const QWidget *button)
{
    if (!m_content)
        fill();
    ensurePolished(); // because the heights depend on the style sheet
    resize(panelWidth, m_content->layout()->totalHeightForWidth(panelWidth - 2) + 2);
    popupplace::moveTo(this, button);
    show();
    m_text->setFocus();
}

void ParametersPanel::showValues()
{
    if (!m_content)
        return;
    if (m_text->toPlainText() != m_instruction) {
        const QSignalBlocker blocker(m_text);
        m_text->setPlainText(m_instruction);
    }
    m_temperature->setValue(ParameterChecks::text(m_parameters.temperature));
    m_topP->setValue(ParameterChecks::text(m_parameters.topP));
    m_maxTokens->setValue(ParameterChecks::text(m_parameters.maxTokens));
    m_thinking->setValue(ParameterChecks::text(m_parameters.thinkingBudget));
    m_search->setChecked(m_parameters.search);
    m_json->setChecked(m_parameters.json);
    m_reset->setEnabled(isCustom());
    showPresets();
}

void ParametersPanel::showPresets()
{
    if (!m_content)
        return;
    QStringList names;
    for (const Preset &preset : std::as_const(m_presets))
        names.append(preset.name);
    QStringList shown;
    for (int i = 0; i < m_choice->count(); ++i)
        shown.append(m_choice->itemText(i));
    if (shown != names) {
        m_choice->clear();
        m_choice->addItems(names);
    }
    m_choice->setCurrentIndex(matchingPreset());
    m_choice->setEnabled(!m_presets.isEmpty());
    m_delete->setEnabled(m_choice->currentIndex() >= 0);
}

int ParametersPanel::matchingPreset() const
{
    for (qsizetype i = 0; i < m_presets.size(); ++i) {
        if (m_presets[i].systemInstruction == m_instruction && m_presets[i].parameters == m_parameters)
            return int(i);
    }
    return -1;
}

void ParametersPanel::takeInstruction()
{
    m_textTimer.stop();
    change(m_text->toPlainText(), m_parameters);
}

void ParametersPanel::takeParameters()
{
    chat::Parameters parameters;
    parameters.temperature = ParameterChecks::toDouble(m_temperature->value());
    parameters.topP = ParameterChecks::toDouble(m_topP->value());
    parameters.maxTokens = ParameterChecks::toInt(m_maxTokens->value());
    parameters.thinkingBudget = ParameterChecks::toInt(m_thinking->value());
    parameters.search = m_search->isChecked();
    parameters.json = m_json->isChecked();
    change(m_text->toPlainText(), parameters);
}

void ParametersPanel::change(const QString &instruction, const chat::Parameters &parameters)
{
    m_textTimer.stop();
    const bool instructionDiffers = std::exchange(m_instruction, instruction) != instruction;
    const bool parametersDiffer = m_parameters != parameters;
    m_parameters = parameters;
    showValues();
    if (instructionDiffers)
        emit systemInstructionChanged(m_instruction);
    if (parametersDiffer)
        emit parametersChanged(m_parameters);
}

void ParametersPanel::applyPreset(int index)
{
    if (index < 0 || index >= m_presets.size())
        return;
    const Preset preset = m_presets[index];
    change(preset.systemInstruction, preset.parameters);
}

void ParametersPanel::savePreset()
{
    const QString name = m_name->text().simplified();
    if (name.isEmpty())
        return;
    takeInstruction();
    const Preset preset{name, m_instruction, m_parameters};
    const auto same = [](const QString &key) {
        return [key](const Preset &other) { return other.name.compare(key, Qt::CaseInsensitive) == 0; };
    };
    const auto at = std::find_if(m_presets.begin(), m_presets.end(), same(name));
    if (at != m_presets.end())
        *at = preset;
    else
        m_presets.append(preset);
    m_name->clear();
    showPresets();
    emit presetsChanged(m_presets);
}

void ParametersPanel::deletePreset()
{
    const int index = m_choice->currentIndex();
    if (index < 0 || index >= m_presets.size())
        return;
    m_presets.removeAt(index);
    showPresets();
    emit presetsChanged(m_presets);
}

void ParametersPanel::hideEvent(QHideEvent *event)
{
    if (!m_content)
        return QDialog::hideEvent(event);
    // A click outside closes the panel before a field can lose the focus, so what was typed is entered here.
    for (LineField *field : {m_temperature, m_topP, m_maxTokens, m_thinking}) {
        if (field->edit()->isModified())
            field->enter(field->edit()->text());
    }
    if (m_textTimer.isActive())
        takeInstruction();
    QDialog::hideEvent(event);
}

bool ParametersPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_name && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) { // otherwise the dialog would handle the key
            savePreset();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}
