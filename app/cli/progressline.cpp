#include "app/cli/progressline.h"

#include "app/cli/console.h"

#include <QLocale>
#include <QStringList>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int columns = 78; // of a line that must not wrap, as it could not be written again in its place
constexpr auto redrawTime = 1s;
constexpr auto quietTime = 15s; // between two lines where each is a new one

QString timeText(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    const QString rest = u"%1:%2"_s.arg(seconds / 60 % 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds < 3600 ? rest : u"%1:%2"_s.arg(seconds / 3600).arg(rest.rightJustified(5, u'0'));
}

// Cuts the text so that it takes no more columns than that. Letters of East Asia, among others, take two.
QString fitted(const QString &text, int room)
{
    QString kept;
    for (const char32_t c : text.toUcs4()) {
        room -= c < 0x300 ? 1 : 2;
        if (room < 1)
            return kept + u'…';
        kept += QString::fromUcs4(&c, 1);
    }
    return kept;
}

} // namespace

ProgressLine::ProgressLine(bool toTerminal, Write write) : m_toTerminal(toTerminal), m_write(std::move(write))
{
    m_time.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ProgressLine::draw);
}

void ProgressLine::say(const QString &text)
{
    erase();
    m_write(withoutControls(text).toUtf8() + '\n');
    if (m_toTerminal && !m_what.isEmpty())
        draw();
}

void ProgressLine::show(const QString &what, int tokens)
{
    if (!what.isEmpty())
        m_what = withoutControls(what).simplified();
    if (tokens >= 0)
        m_tokens = tokens;
    if (m_toTerminal || !m_timer.isActive())
        draw();
}

void ProgressLine::close()
{
    erase();
    m_isClosed = true;
    m_timer.stop();
}

void ProgressLine::draw()
{
    if (m_isClosed || m_what.isEmpty())
        return;
    if (m_toTerminal) {
        m_write("\r" + line().toUtf8() + "\x1b[K"); // which clears what is left of a longer line
        m_isDrawn = true;
        m_timer.start(redrawTime);
        return;
    }
    if (m_written == m_what)
        return;
    m_written = m_what;
    m_write(line().toUtf8() + '\n');
    m_timer.start(quietTime);
}

void ProgressLine::erase()
{
    if (std::exchange(m_isDrawn, false))
        m_write("\r\x1b[K");
}

QString ProgressLine::line() const
{
    const QString time = timeText(m_time.elapsed()) + u' ';
    const QString tokens =
            m_tokens < 0 ? QString() : u" (%1 tokens)"_s.arg(QLocale(QLocale::English).toString(m_tokens));
    return time + fitted(m_what, columns - int(time.size() + tokens.size())) + tokens;
}

QString newestTitle(const QString &thoughts)
{
    QString title;
    QString firstWords;
    for (const QString &line : thoughts.split(u'\n', Qt::SkipEmptyParts)) {
        const QString words = line.simplified();
        if (words.size() > 4 && words.startsWith("**"_L1) && words.endsWith("**"_L1))
            title = words.mid(2, words.size() - 4);
        else if (firstWords.isEmpty())
            firstWords = words;
    }
    return title.isEmpty() ? firstWords : title;
}
