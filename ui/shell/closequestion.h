#pragma once

#include "ui/settings/preferences.h"

#include <QDialog>

class QCheckBox;

// Asks what to do when the window is closed while answers still stream: let them finish, stop them, or stay. It
// is asked each time until the user ticks that the answer holds from now on.
class CloseQuestion : public QDialog
{
    Q_OBJECT

public:
    CloseQuestion(int streams, QWidget *parent);

    [[nodiscard]] bool isRemembered() const;

signals:
    // Emitted with Finish or Stop; not emitted where the user stays.
    void answered(Preferences::Closing how);

private:
    QCheckBox *m_remember;
};
