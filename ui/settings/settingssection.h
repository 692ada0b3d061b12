#pragma once

#include "ui/settings/preferences.h"

#include <QWidget>

class QCheckBox;
class QLayout;
class QVBoxLayout;

// One section of the settings page: a heading and fields in a column. It shows the preferences that
// are its own, and writes them back.
class SettingsSection : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsSection(const QString &title, QWidget *parent = nullptr);

    // Shows them, without edited().
    virtual void load(const Preferences &) {}
    // Overwrites those that are its own; only right values.
    virtual void store(Preferences &) const {}

signals:
    void edited();                      // by the user, and right: store() has something new
    void revealWanted(QWidget *widget); // something new to see, which may be out of sight

protected:
    // The column: what is added stands 16 px below what was added before.
    void add(QWidget *widget);
    void add(QLayout *layout);
    // Two that belong together.
    void add(QWidget *upper, QWidget *lower);
    // A check box, and what explains it; a click is edited().
    QCheckBox *addSwitch(const QString &text, const QString &explanation);

private:
    QVBoxLayout *m_column;
};
