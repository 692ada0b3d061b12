#pragma once

#include "ui/connect/connecttool.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class ChangeDialog;
class Heading;
class Note;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

// The page that tells other tools to use the proxy: a list of the tools, and what the chosen one is to be told. It is
// given all texts, and asks for files to be written. Lives on the main thread.
class ConnectPage : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectPage(QWidget *parent = nullptr);

    // Sets all tools. They replace those of before, and the one that was chosen stays so.
    void setTools(const QList<ConnectTool> &tools);
    void showTool(const QString &id);
    [[nodiscard]] QString tool() const; // the ID of the one that is shown; "" = there are none

    // Shows how a tool's files are to change, and emits changeConfirmed() if the user agrees.
    void askFor(const QString &id, const QString &diff, bool disconnects);
    // Say how it went, beside the buttons of the tool.
    void sayConnected(const QString &id);
    void sayDisconnected(const QString &id, const QStringList &left); // `left`: the settings that stay, by name
    void sayInPlace(const QString &id);                               // there is nothing to change
    void sayProblem(const QString &id, const QString &text);
    void setTest(const QString &id, const ConnectTest &test);

signals:
    void refreshWanted(); // the page was shown, so setTools() should be called
    void writeWanted(const QString &id);
    void disconnectWanted(const QString &id);
    void changeConfirmed(const QString &id, bool disconnects);
    void testWanted(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeDetails();
    [[nodiscard]] const ConnectTool *current() const;
    void showCurrent();
    void say(const QString &id, int kind, const QString &text);
    void fitList();

    QListWidget *m_list;
    QScrollArea *m_scroll;
    Heading *m_name;
    Note *m_about;
    Note *m_note;
    QPushButton *m_write;
    QPushButton *m_disconnect;
    QPushButton *m_test;
    Note *m_result;
    QVBoxLayout *m_blocks;
    QPointer<ChangeDialog> m_dialog;

    QList<ConnectTool> m_tools;
    QString m_testing; // the ID of the tool whose request is on its way; "" = none is
};
