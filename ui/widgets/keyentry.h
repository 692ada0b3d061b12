#pragma once

#include "ui/state.h"
#include "ui/widgets/checked.h"

#include <QWidget>

class Field;
class Note;
class QLineEdit;
class QPushButton;

// A field where the user pastes a Gemini key, with buttons to test and save it. This widget keeps the key only in its
// line edit and never shows it; clear() forgets it. The application tests and saves the key: it listens to the signals
// and answers through the slots. Lives on the main thread.
class KeyEntry : public QWidget
{
    Q_OBJECT

public:
    explicit KeyEntry(QWidget *parent = nullptr);

    // Checks whether a pasted text can be a key. The value is without the white space around it and line breaks in it.
    [[nodiscard]] static Checked check(const QString &pasted);
    // Whether the key is being saved: it was found valid, or the user wants it saved anyway, and it is not known yet
    // whether saving worked.
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

signals:
    void testWanted(const QString &key);    // the key is to be tested and, if it is valid, saved
    void saveWanted(const QString &key);    // the key is to be saved without a further test
    void sessionWanted(const QString &key); // the key is to be used, but not saved
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
    // Returns the key in the line edit. Returns "" while busy; also if the text cannot be a key, and then the field
    // says why.
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
