#pragma once

#include <QLabel>

// A line or two of text beside what it concerns, hidden while there is nothing to say. The colour only stresses
// what the words say.
class Note : public QLabel
{
    Q_OBJECT

public:
    enum class Kind { Plain, Secondary, Good, Warning, Error };

    explicit Note(Kind kind = Kind::Secondary, const QString &text = {}, QWidget *parent = nullptr);

    // "" hides it.
    void say(Kind kind, const QString &text);
    void clear() { say(Kind::Secondary, {}); }
    [[nodiscard]] Kind kind() const { return m_kind; }

private:
    Kind m_kind = Kind::Plain;
};
