#pragma once

#include "ui/settings/preferences.h"

#include <QWidget>

class QCheckBox;
class QLayout;
class QVBoxLayout;

// One section of the settings page: a column with a heading and fields. It shows its own part of the preferences, and
// can write that part back.
class SettingsSection : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsSection(const QString &title, QWidget *parent = nullptr);

    // Shows the preferences, without emitting edited().
    virtual void load(const Preferences &) {}
    // Writes the section's own part of the preferences, and only right values.
    virtual void store(Preferences &) const {}

signals:
    void edited();                      // the user has changed a value to a right one, which store() now writes
    void revealWanted(QWidget *widget); // the widget shows something new, and the page should scroll to it

protected:
    // These add to the column, 16 px below what was added before.
    void add(QWidget *widget);
    void add(QLayout *layout);
    // Adds two widgets that belong together, and therefore closer to each other.
    void add(QWidget *upper, QWidget *lower);
    // Adds a check box with an explanation below it. A click on the box emits edited().
    QCheckBox *addSwitch(const QString &text, const QString &explanation);

private:
    QVBoxLayout *m_column;
};
