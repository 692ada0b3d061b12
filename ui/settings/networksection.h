#pragma once

#include "ui/settings/settingssection.h"
#include "ui/state.h"

class ChoiceField;
class LineField;
class Note;
class QPushButton;

// The settings for the connection to Gemini: the network proxy, and a file of certificates to trust besides the
// system's.
class NetworkSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit NetworkSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;
    void setConnectionTest(const KeyTest &test);

signals:
    void connectionTestWanted();

private:
    void chooseProxy();
    void browse();
    void testConnection();
    void forgetTest();

    ChoiceField *m_proxy;
    LineField *m_url;
    LineField *m_caFile;
    QPushButton *m_test;
    Note *m_result;
    Note *m_detail;
    bool m_testing = false;
    // The choice that is in effect. While another one has no address yet, m_proxy already shows that one.
    Preferences::NetworkProxy m_inEffect = Preferences::NetworkProxy::System;
};
