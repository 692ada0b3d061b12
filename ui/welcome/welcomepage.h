#pragma once

#include "ui/state.h"

#include <QWidget>

class KeyEntry;
class Note;
class QPushButton;

// The page where users without a key begin: they can enter one, or try the demo, which needs none. The page only shows
// values; the application does what the signals ask for. Lives on the main thread.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

signals:
    void testWanted(const QString &key);    // the key is to be tested and, if it is valid, saved
    void saveWanted(const QString &key);    // the key is to be saved without a further test
    void sessionWanted(const QString &key); // the key is to be used, but not saved
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
