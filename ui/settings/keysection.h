#pragma once

#include "ui/settings/settingssection.h"
#include "ui/state.h"

class ConfirmButton;
class KeyEntry;
class Note;
class QPushButton;

// The section that says where the key comes from, and where the user can replace, test and remove it.
class KeySection : public SettingsSection
{
    Q_OBJECT

public:
    explicit KeySection(QWidget *parent = nullptr);

    void setKeyState(const KeyState &state);
    void setBusy(bool busy);
    // Shows the result of a test. It is that of the key in use if that one was tested last, otherwise that of the key
    // that the user has typed.
    void setKeyTest(const KeyTest &test);
    void setStoreProblem(const KeyState &problem);

signals:
    void keyTestWanted();
    void testWanted(const QString &key);
    void saveWanted(const QString &key);
    void sessionWanted(const QString &key);
    void keyRemoveWanted();
    void retryKeychainWanted();
    void networkSettingsWanted();

private:
    void testKeyInUse();
    void setReplacing(bool replacing);
    void updateControls();

    Note *m_words;
    Note *m_detail;
    QPushButton *m_replace;
    QPushButton *m_test;
    ConfirmButton *m_remove;
    QPushButton *m_retry;
    Note *m_result;
    Note *m_resultDetail;
    KeyEntry *m_entry;
    QPushButton *m_cancel;
    KeyState m_state;
    bool m_replacing = false;
    bool m_testingKeyInUse = false;
    bool m_busy = false;
};
