#pragma once

#include "tests/ui/walk.h"
#include "ui/settings/settingspage.h"
#include "ui/widgets/field.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

// The settings page with one of its sections shown, and short ways to what is in it.
class SectionTest : public QObject
{
    Q_OBJECT

protected:
    explicit SectionTest(const QString &section) : m_section(section) {}

    void open()
    {
        m_page = std::make_unique<SettingsPage>();
        m_page->resize(900, 900);
        m_page->showSection(m_section);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_changed = std::make_unique<QSignalSpy>(m_page.get(), &SettingsPage::preferencesChanged);
    }
    void close()
    {
        m_changed.reset();
        m_page.reset();
    }

    template <typename Widget = QPushButton>
    Widget *find(const char *name)
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }
    void click(const char *name) { QTest::mouseClick(find(name), Qt::LeftButton); }
    QString words(const char *name) { return find<Note>(name)->isVisible() ? find<Note>(name)->text() : QString(); }
    static QString complaint(const QWidget *control)
    {
        return qobject_cast<Field *>(control->parentWidget())->complaint();
    }
    Preferences last() { return m_changed->last().at(0).value<Preferences>(); }

    std::unique_ptr<SettingsPage> m_page;
    std::unique_ptr<QSignalSpy> m_changed;

private:
    const QString m_section;
};
