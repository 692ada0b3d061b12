#pragma once

#include "ui/settings/settingssection.h"

class Field;
class ListEditor;
class Note;
class QLineEdit;
class QRadioButton;
class TokenCard;
class TokenTable;

// The settings for who may call the proxy: from which machines and web pages, with which tokens, and under which host
// names.
class AccessSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit AccessSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;
    // Shows a new token until the user is done with it. It cannot be shown again.
    void showToken(const QString &name, const QString &token);

signals:
    void tokenWanted(const QString &name);

private:
    QWidget *makeReach();
    void makeToken();
    void updateReach(bool network);
    void updateOriginsNote();

    QRadioButton *m_local;
    QRadioButton *m_network;
    Note *m_networkNote;
    Note *m_warning;
    TokenTable *m_tokens;
    QLineEdit *m_name;
    Field *m_nameField;
    TokenCard *m_card;
    ListEditor *m_origins;
    Note *m_originsNote;
    ListEditor *m_hosts;
};
