#pragma once

#include "ui/state.h"
#include "ui/widgets/checked.h"

#include <QWidget>

class Field;
class Note;
class QLineEdit;
class QPushButton;

// Where a Gemini key is pasted, tested and saved. The key is in the line edit and nowhere else, never shown,
// and wiped by clear(). The application does the testing and saving: it listens to the signals and answers
// through the slots. Lives on the main thread.
class KeyEntry : public QWidget
{
    Q_OBJECT

public:
    explicit KeyEntry(QWidget *parent = nullptr);

    // Checks a key as people paste it, and removes white space around it and line breaks in it.
    [[nodiscard]] static Checked check(const QString &pasted);
    // Whether the key is being saved: it was found good enough, and it is not known yet whether saving worked.
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

signals:
    void testWanted(const QString &key);    // and, if it is valid, to be saved
    void saveWanted(const QString &key);    // without a further test
    void sessionWanted(const QString &key); // not to be saved
    void networkSettingsWanted();

public slots:
    void setBusy(bool busy);
    void setTest(const KeyTest &test);
    void setStoreProblem(const KeyState &problem);
    void clear();

private:
    void test();
    void saveAnyway();
    void useForSession();
    // The key in the line edit; "" = it is none, and the user has been told why.
    [[nodiscard]] QString checkedKey();
    void forgetResult();

    QLineEdit *m_edit;
    Field *m_field;
    QPushButton *m_test;
    Note *m_result;
    Note *m_detail;
    QPushButton *m_save;
    QPushButton *m_session;
    QPushButton *m_network;
    bool m_busy = false;
    bool m_saving = false;
};
