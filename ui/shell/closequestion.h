#pragma once

#include "ui/settings/preferences.h"

#include <QDialog>

class QCheckBox;

// Asks what to do when the user closes the window while answers still stream: let them finish, stop them, or leave the
// window open. The user can tick that the choice holds from now on, so that this is not asked again.
class CloseQuestion : public QDialog
{
    Q_OBJECT

public:
    // `streams`: how many answers still stream.
    CloseQuestion(int streams, QWidget *parent);

    // Whether the user ticked that the choice holds from now on.
    [[nodiscard]] bool isRemembered() const;

signals:
    // Emitted with Finish or Stop; not emitted if the user cancels.
    void answered(Preferences::Closing how);

private:
    QCheckBox *m_remember;
};
