#pragma once

#include <QPlainTextEdit>
#include <QTextCharFormat>

// Read-only text that grows at its end without ever being laid out as a whole. It follows the end unless the
// user has scrolled up, and a selection survives. A line of many thousand characters is folded, because it
// would be laid out anew with each piece.
class StreamView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit StreamView(QWidget *parent = nullptr);

    void append(const QString &text, const QTextCharFormat &format = {});
    void clearText();
    [[nodiscard]] bool isFolded() const { return m_folded; }
    [[nodiscard]] bool endsWithLineFeed() const { return m_column == 0; }

private:
    [[nodiscard]] QString fold(const QString &text);

    qsizetype m_column = 0;        // characters in the last line
    bool m_carriageReturn = false; // was the last character: a line feed belongs to it
    bool m_folded = false;
};
