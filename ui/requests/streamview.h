#pragma once

#include <QPlainTextEdit>
#include <QTextCharFormat>

// Read-only text that grows at its end and is never laid out as a whole. The view follows the end unless the user has
// scrolled up, and keeps the selection. A line of many thousand characters is folded, that is, continued in further
// lines, because each piece that is appended to a line lays out all of it anew.
class StreamView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit StreamView(QWidget *parent = nullptr);

    void append(const QString &text, const QTextCharFormat &format = {});
    // `stays`: the view stays at the beginning of what comes, until the user scrolls.
    void clearText(bool stays = false);
    // Whether some line was folded.
    [[nodiscard]] bool isFolded() const { return m_folded; }
    [[nodiscard]] bool endsWithLineFeed() const { return m_column == 0; }

private:
    [[nodiscard]] QString fold(const QString &text);

    qsizetype m_column = 0;        // how many characters the last line has
    bool m_carriageReturn = false; // the last character was one; a line feed right after it makes no further line
    bool m_folded = false;
    bool m_stays = false; // see clearText()
};
