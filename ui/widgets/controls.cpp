#include "ui/widgets/controls.h"

#include "ui/icons.h"

#include <QFontDatabase>
#include <QMenu>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace controls {

QString withoutMnemonic(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (const QStringView rest = QStringView(text).mid(i);
            rest.size() >= 4 && rest.startsWith("(&"_L1) && rest[2] != u'&' && rest[3] == u')') {
            while (plain.endsWith(u' '))
                plain.chop(1);
            i += 3;
            continue;
        }
        if (text[i] == u'&' && i + 1 < text.size())
            ++i;
        plain += text[i];
    }
    return plain;
}

QPushButton *button(const QString &text, const QString &icon)
{
    auto *button = new QPushButton;
    setText(button, text);
    if (!icon.isEmpty()) {
        button->setIcon(icons::icon(icon));
        button->setIconSize({18, 18});
    }
    return button;
}

void setText(QPushButton *button, const QString &text)
{
    button->setText(text);
    button->setAccessibleName(withoutMnemonic(text));
}

QToolButton *menuButton(const QString &name, QMenu *menu)
{
    auto *button = new QToolButton;
    button->setIcon(icons::icon(u"ellipsis"_s));
    button->setIconSize({18, 18});
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    return button;
}

QFont fixedFont(const QFont &like, qreal scale)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        font.setPointSizeF(like.pointSizeF() * scale);
    else
        font.setPixelSize(qRound(like.pixelSize() * scale));
    return font;
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace controls
