#pragma once

#include "ui/chatpage/composer/preset.h"

#include <QDialog>
#include <QList>
#include <QTimer>

class ConfirmButton;
class LineField;
class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

// The popup in which the user sets how the answers of a conversation are made, and saves such settings as presets.
// Every change applies at once. Lives on the main thread.
class ParametersPanel : public QDialog
{
    Q_OBJECT

public:
    explicit ParametersPanel(QWidget *parent);

    // These set values from outside and emit no signal.
    void setSystemInstruction(const QString &text);
    void setParameters(const chat::Parameters &parameters);
    void setPresets(const QList<Preset> &presets);
    [[nodiscard]] QString systemInstruction() const { return m_instruction; }
    [[nodiscard]] const chat::Parameters &parameters() const { return m_parameters; }
    // Whether there is an instruction, or a parameter that is not left to the model.
    [[nodiscard]] bool isCustom() const;

    // Opens above or below that button, where there is room.
    void openAt(const QWidget *button);

signals:
    // These are emitted when the user changes something:
    void systemInstructionChanged(const QString &text);
    void parametersChanged(const chat::Parameters &parameters);
    void presetsChanged(const QList<Preset> &presets);

protected:
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void addPresets(QBoxLayout *layout);
    void addFields(QBoxLayout *layout);
    void applyPreset(int index);
    void savePreset();
    void deletePreset();
    void takeInstruction();
    void takeParameters();
    void change(const QString &instruction, const chat::Parameters &parameters);
    void showValues();
    void showPresets();
    [[nodiscard]] int matchingPreset() const; // the index of the preset that has the present settings; -1 = none

    QWidget *m_content = nullptr; // this and the rest are made on first use
    QComboBox *m_choice = nullptr;
    ConfirmButton *m_delete = nullptr;
    QLineEdit *m_name = nullptr;
    QPushButton *m_save = nullptr;
    QPlainTextEdit *m_text = nullptr;
    LineField *m_temperature = nullptr;
    LineField *m_topP = nullptr;
    LineField *m_maxTokens = nullptr;
    LineField *m_thinking = nullptr;
    QCheckBox *m_search = nullptr;
    QCheckBox *m_json = nullptr;
    QPushButton *m_reset = nullptr;

    QTimer m_textTimer;
    QString m_instruction;
    chat::Parameters m_parameters;
    QList<Preset> m_presets;
};
