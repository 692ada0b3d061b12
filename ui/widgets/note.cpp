#include "ui/widgets/note.h"

#include "ui/widgets/controls.h"

using namespace Qt::StringLiterals;

Note::Note(Kind kind, const QString &text, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText); // parts of the text may come from outside and look like markup
    setWordWrap(true);
    // The width is ignored, so that a long word does not make the page wider than the window.
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    if (text.isEmpty())
        hide();
    else
        say(kind, text);
}

void Note::say(Kind kind, const QString &text)
{
    m_kind = kind;
    QString role;
    switch (kind) {
    case Kind::Plain:
        break;
    case Kind::Secondary:
        role = u"secondary"_s;
        break;
    case Kind::Good:
        role = u"good"_s;
        break;
    case Kind::Warning:
        role = u"warning"_s;
        break;
    case Kind::Error:
        role = u"error"_s;
        break;
    }
    controls::setStyleProperty(this, "role", role);
    setText(text);
    if (text.isEmpty() || parentWidget()) // without a parent, it would open as a window of its own
        setVisible(!text.isEmpty());
}
