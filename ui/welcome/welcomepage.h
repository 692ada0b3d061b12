#pragma once

#include "ui/state.h"

#include <QWidget>

class KeyEntry;
class Note;
class QPushButton;

// What a newcomer sees: a place to enter the key, and a way to look around without one. It knows values only;
// the application does what the signals ask for. Lives on the main thread.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

signals:
    void testWanted(const QString &key);    // and, if it is valid, to be saved
    void saveWanted(const QString &key);    // without a further test
    void sessionWanted(const QString &key); // not to be saved
    void demoWanted();
    void retryKeychainWanted();
    void networkSettingsWanted();

public slots:
    void setKeyState(const KeyState &state);
    void setBusy(bool busy);
    void setKeyTest(const KeyTest &test);
    void setStoreProblem(const KeyState &problem);

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    Note *m_words;
    Note *m_detail;
    QPushButton *m_retry;
    KeyEntry *m_entry;
};
