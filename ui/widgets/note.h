#pragma once

#include <QLabel>

// A line or two of text beside what it concerns. It is hidden while it has no text. Its colour only stresses what the
// words say.
class Note : public QLabel
{
    Q_OBJECT

public:
    enum class Kind { Plain, Secondary, Good, Warning, Error };

    explicit Note(Kind kind = Kind::Secondary, const QString &text = {}, QWidget *parent = nullptr);

    // Sets the text, which is shown as it is, without markup. "" hides the note.
    void say(Kind kind, const QString &text);
    void clear() { say(Kind::Secondary, {}); }
    [[nodiscard]] Kind kind() const { return m_kind; }

private:
    Kind m_kind = Kind::Plain;
};
