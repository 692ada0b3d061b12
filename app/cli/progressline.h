#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>

// Tells a user who waits how far a long run is. On a terminal that is one line, which is written again in its place
// each second. Elsewhere, such as in a log, it is a new line when something has changed, but no more than one in a
// quarter of a minute.
class ProgressLine : public QObject
{
    Q_OBJECT

public:
    using Write = std::function<void(const QByteArray &)>;

    // `write` gets all that is to be shown, at once.
    ProgressLine(bool toTerminal, Write write);

    // Writes a line that stays.
    void say(const QString &text);
    // What is being done now, and how many tokens have been used so far; "" and -1 = not told.
    void show(const QString &what, int tokens);
    // Takes the line away for good, as something else is written on the same terminal from now on.
    void close();

private:
    void draw();
    void erase();
    [[nodiscard]] QString line() const;

    const bool m_toTerminal;
    const Write m_write;
    QElapsedTimer m_time;
    QTimer m_timer{this};
    QString m_what;
    int m_tokens = -1;
    QString m_written; // what the last line said
    bool m_isDrawn = false;
    bool m_isClosed = false;
};

// Returns the title of the newest of these thoughts, in one line: what stands alone in bold face, as Gemini writes
// titles, or else the first words. "" = there are none.
[[nodiscard]] QString newestTitle(const QString &thoughts);
