#pragma once

#include "ui/settings/settingssection.h"
#include "ui/state.h"

class CopyButton;
class Field;
class LineField;
class ListEditor;
class Note;
class QCheckBox;
class QLineEdit;
class QPushButton;

// The settings for the proxy itself: whether it is on, where it listens, and which models answer.
class ProxySection : public SettingsSection
{
    Q_OBJECT

public:
    explicit ProxySection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;
    void setProxyState(const ProxyState &state);

signals:
    void portWanted(quint16 port);

private:
    QCheckBox *m_on;
    Note *m_words;
    QPushButton *m_usePort;
    QLineEdit *m_address;
    CopyButton *m_copy;
    Field *m_addressField;
    LineField *m_port;
    LineField *m_model;
    ListEditor *m_modelNames;
    ProxyState m_state;
};
