#include "ui/widgets/copybutton.h"

#include "ui/icons.h"
#include "ui/widgets/controls.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

CopyButton::CopyButton(const QString &text, QWidget *parent) : QPushButton(parent)
{
    controls::setText(this, text);
    setIcon(icons::icon(u"copy"_s));
    setIconSize({18, 18});
    m_moment.setSingleShot(true);
    m_moment.setInterval(1500ms);
    connect(&m_moment, &QTimer::timeout, this, [this] {
        setIcon(icons::icon(u"copy"_s));
        setAccessibleDescription({});
    });
    connect(this, &QPushButton::clicked, this, &CopyButton::copy);
}

void CopyButton::setCopied(const QString &text, bool secret)
{
    m_copied = text;
    m_secret = secret;
    setEnabled(!text.isEmpty());
}

void CopyButton::copy()
{
    auto *mime = new QMimeData;
    mime->setText(m_copied);
    if (m_secret)
        mime->setData(u"x-kde-passwordManagerHint"_s, "secret"); // Klipper's; other clipboard managers respect it, too
    QGuiApplication::clipboard()->setMimeData(mime);
    setIcon(icons::icon(u"check"_s, icons::Role::Good));
    setAccessibleDescription(tr("Copied"));
    m_moment.start();
}
