#pragma once

#include "ui/settings/preferences.h"

#include <QDialog>

class QCheckBox;

// Closing while answers still stream: let them finish, stop them, or stay. Asked each time, until the
// user has an answer remembered.
class CloseQuestion : public QDialog
{
    Q_OBJECT

public:
    CloseQuestion(int streams, QWidget *parent);

    [[nodiscard]] bool isRemembered() const;

signals:
    // Finish or Stop; nothing comes where the user stays.
    void answered(Preferences::Closing how);

private:
    QCheckBox *m_remember;
};
