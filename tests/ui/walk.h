#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QKeySequence>
#include <QLabel>
#include <QMetaProperty>
#include <QTest>
#include <QWidget>

// Walk over all that can be seen in a page, as somebody with a keyboard or a screen reader does. Each function returns
// its complaints; empty = all is well.
namespace walk {

inline QString nameOf(const QWidget *widget)
{
    return QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
}

inline QList<QWidget *> controls(const QWidget *page)
{
    QList<QWidget *> found;
    for (QWidget *widget : page->findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus))
            found.append(widget);
    }
    return found;
}

inline QString nameless(const QWidget *page)
{
    QStringList found;
    for (const QWidget *widget : controls(page)) {
        if (widget->accessibleName().isEmpty() || widget->accessibleName().contains(u'&'))
            found.append(nameOf(widget) + QStringLiteral(" \"") + widget->accessibleName() + u'"');
    }
    return found.join(QStringLiteral(", "));
}

// What pressing Tab does not reach; the window must be active.
inline QString unreached(QWidget *page)
{
    QList<QWidget *> wanted = controls(page);
    if (wanted.isEmpty())
        return QStringLiteral("there is nothing to reach");
    wanted.first()->setFocus();
    for (qsizetype i = wanted.size() * 2; i >= 0 && QApplication::focusWidget(); --i) {
        wanted.removeAll(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QStringList found;
    for (const QWidget *widget : std::as_const(wanted))
        found.append(nameOf(widget));
    return found.join(QStringLiteral(", "));
}

// Mnemonics that two controls share, and controls that need one and have none.
inline QString mnemonicProblems(const QWidget *page)
{
    QStringList found;
    QHash<QString, QString> owners;
    const auto note = [&](const QString &text, const QString &owner) {
        const QString keys = QKeySequence::mnemonic(text).toString();
        if (keys.isEmpty())
            found.append(owner + QStringLiteral(" has none: ") + text);
        else if (owners.contains(keys))
            found.append(keys + u' ' + owners.value(keys) + u'/' + owner);
        owners.insert(keys, owner);
    };
    for (const QWidget *widget : page->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !widget->isEnabled())
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget); button && !button->text().isEmpty())
            note(button->text(), nameOf(widget));
        else if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
            note(label->text(), nameOf(label->buddy()));
    }
    return found.join(QStringLiteral(", "));
}

// Objects with a property that holds `secret`.
inline QString holders(const QObject *root, const QString &secret)
{
    QStringList found;
    QList<QObject *> objects = root->findChildren<QObject *>();
    objects.append(const_cast<QObject *>(root));
    for (const QObject *object : std::as_const(objects)) {
        const QMetaObject *meta = object->metaObject();
        for (int i = 0; i < meta->propertyCount(); ++i) {
            const QVariant value = meta->property(i).read(object);
            if (value.toString().contains(secret) || value.toStringList().join(u'\n').contains(secret))
                found.append(QString::fromLatin1(meta->className()) + u'.'
                             + QString::fromLatin1(meta->property(i).name()));
        }
    }
    return found.join(QStringLiteral(", "));
}

// Visible widgets that are cut off, as they reach beyond the page at its right.
inline QString cutAtTheRight(const QWidget *page)
{
    QStringList found;
    for (const QWidget *widget : page->findChildren<QWidget *>()) {
        const int right = widget->mapTo(page, QPoint(widget->width(), 0)).x();
        if (widget->isVisible() && !widget->visibleRegion().isEmpty() && right > page->width())
            found.append(nameOf(widget));
    }
    return found.join(QStringLiteral(", "));
}

} // namespace walk
