#pragma once

#include "ui/settings/preferences.h"

#include <QWidget>

class QCheckBox;
class QLayout;
class QVBoxLayout;

// One section of the settings page: a heading and fields in a column. It shows its own part of the preferences,
// and writes it back.
class SettingsSection : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsSection(const QString &title, QWidget *parent = nullptr);

    // Shows the preferences, without emitting edited().
    virtual void load(const Preferences &) {}
    // Overwrites the section's own part of the preferences, with right values only.
    virtual void store(Preferences &) const {}

signals:
    void edited();                      // by the user, with a right value: store() has something new
    void revealWanted(QWidget *widget); // the widget shows something new, but may be out of sight

protected:
    // Add to the column, 16 px below what was added before.
    void add(QWidget *widget);
    void add(QLayout *layout);
    // Adds two widgets that belong together.
    void add(QWidget *upper, QWidget *lower);
    // Adds a check box with its explanation; a click emits edited().
    QCheckBox *addSwitch(const QString &text, const QString &explanation);

private:
    QVBoxLayout *m_column;
};
