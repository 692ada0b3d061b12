// Measures how long the window's thread is held while a long answer streams, and more: see run.sh.
#include "tests/bench/markdown/plot.h"
#include "ui/chatpage/markdown/codehighlighter.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/transcriptpresenter.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <cmath>

#include <time.h>

using namespace Qt::StringLiterals;
using namespace markdown;

namespace {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

// Returns 1 MB of text, tables, lists and 200 pieces of code.
QString answer()
{
    const QString words = u"streams arrive in small pieces and every piece must be shown at once "
                          "without **any** delay, while `finished` text stays where it is. "_s;
    QString text;
    for (int i = 0; i < 200; ++i) {
        text += u"## Part %1\n\n"_s.arg(i + 1);
        for (int p = 0; p < 5; ++p)
            text += words.repeated(4) + u"See [the page](https://example.org/%1).\n\n"_s.arg(p);
        text += u"1. First\n2. Second\n   - inner *one*\n   - inner two\n3. Third\n\n"_s;
        if (i % 4 == 0) {
            text += u"| Name | Value | Note |\n|---|--:|---|\n"_s;
            for (int row = 0; row < 12; ++row)
                text += u"| row %1 | %2.5 | `note` of a row |\n"_s.arg(row).arg(row * 37);
            text += u'\n';
        }
        text += (i % 2 ? u"```python\n"_s : u"```cpp\n"_s);
        for (int line = 0; line < 28; ++line) {
            text += i % 2 ? u"    value_%1 = compute(%1, \"text\")  # comment\n"_s.arg(line)
                          : u"    const int value%1 = compute(%1, \"text\"); // comment\n"_s.arg(line);
        }
        text += u"```\n\n"_s;
    }
    return text;
}

double residentMiB()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

double quantile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[qMin(values.size() - 1, qsizetype(std::ceil(share * double(values.size()))) - 1)];
}

double mean(const QList<double> &values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.isEmpty() ? 0 : sum / double(values.size());
}

// The processor time that the thread has used, in milliseconds. On a busy machine, the time that passes would say more
// about the other programs.
double threadTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

struct Held
{
    double used = 0, passed = 0; // milliseconds
};

// Adds up what handling events takes from one frame of the view to the next: the deltas that come, the frame that puts
// them in, and the painting. At worst, the user's events have to wait for all of it at once.
class Application : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0 || receiver == nullptr)
            return QApplication::notify(receiver, event);
        QElapsedTimer timer;
        timer.start();
        const double before = threadTime();
        ++m_depth;
        const bool result = QApplication::notify(receiver, event);
        --m_depth;
        m_frame.used += threadTime() - before;
        m_frame.passed += double(timer.nsecsElapsed()) / 1e6;
        if (std::exchange(m_ended, false))
            frames.append(std::exchange(m_frame, {}));
        return result;
    }
    void endFrame() { m_ended = true; }

    QList<Held> frames;

private:
    int m_depth = 0;
    bool m_ended = false;
    Held m_frame;
};

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

struct Row
{
    double kib = 0;
    QList<Held> holds;
};

QList<double> used(const QList<Held> &holds)
{
    QList<double> values;
    for (const Held &held : holds)
        values.append(held.used);
    return values;
}

QList<double> passed(const QList<Held> &holds)
{
    QList<double> values;
    for (const Held &held : holds)
        values.append(held.passed);
    return values;
}

// Streams the text at 2,000 deltas a second, 20 every 10 ms. Returns how long the thread was held, for each 16 KiB of
// the text, and sets `memory` to the MiB that the text has taken.
QList<Row> stream(const QString &text, Application &application, CodeHighlighter &highlighter, double &memory)
{
    constexpr int perSecond = 2000;
    constexpr qsizetype size = 48; // characters of a delta, so that 1 MB takes 11 s
    MarkdownView view(&highlighter);
    view.resize(900, 800);
    view.show();
    wait(300);
    view.transcript().addTurn(TurnKind::Answer);
    const double before = residentMiB();

    QList<Row> rows;
    qsizetype at = 0;
    QElapsedTimer clock;
    qint64 sent = 0;
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &view, [&] {
        const qint64 due = clock.elapsed() * perSecond / 1000;
        for (; sent < due && at < text.size(); ++sent, at += size)
            view.transcript().append(0, text.sliced(at, qMin(size, text.size() - at)));
        if (rows.isEmpty() || double(at) / 1024 > rows.last().kib + 16) {
            if (!rows.isEmpty())
                rows.last().holds = std::exchange(application.frames, {});
            rows.append(Row{double(at) / 1024, {}});
        }
        if (at >= text.size())
            loop.quit();
    });
    QObject::connect(&view, &MarkdownView::frameShown, &view, [&] { application.endFrame(); });
    application.frames.clear();
    clock.start();
    timer.start(10);
    loop.exec();
    timer.stop();
    rows.last().holds = std::exchange(application.frames, {});
    view.transcript().finish(0);
    while (!view.isIdle())
        wait(50);
    memory = residentMiB() - before;
    return rows;
}

QList<Held> between(const QList<Row> &rows, double from, double to)
{
    QList<Held> all;
    for (const Row &row : rows) {
        if (row.kib >= from * rows.last().kib && row.kib <= to * rows.last().kib)
            all += row.holds;
    }
    return all;
}

// Times what others do, for comparison: they render everything again with each frame. Returns KiB and milliseconds for
// texts of doubling size, until one takes longer than `upToSeconds`.
QList<QPointF> everything(const QString &text, double upToSeconds)
{
    QTextBrowser browser;
    browser.resize(900, 800);
    browser.show();
    QList<QPointF> points;
    for (qsizetype size = 8 * 1024; size <= text.size(); size *= 2) {
        const double before = threadTime();
        browser.setMarkdown(text.first(size));
        browser.verticalScrollBar()->setValue(browser.verticalScrollBar()->maximum());
        browser.grab();
        points.append({double(size) / 1024, threadTime() - before});
        if (points.last().y() > upToSeconds * 1000)
            break;
    }
    return points;
}

// Prints and returns a row of the table: the time to show a conversation of so many turns, each answer of 2,000 characters.
QString opened(int turns, const QString &text, Application &application, CodeHighlighter &highlighter)
{
    QList<chat::Turn> all;
    for (int i = 0; i < turns; ++i) {
        chat::Turn turn;
        turn.id = i + 1;
        turn.parent = i;
        turn.activeChild = i + 1 < turns ? i + 2 : 0;
        turn.role = i % 2 ? chat::Turn::Role::Model : chat::Turn::Role::User;
        chat::Part part;
        part.kind = chat::Part::Kind::Text;
        part.text = i % 2 ? text.first(2000) : u"Question %1: how does this work?"_s.arg(i);
        turn.parts.append(part);
        all.append(turn);
    }
    chat::ConversationInfo info = chat::Conversation::create().info;
    info.activeRoot = 1;
    const auto conversation = chat::Conversation::fromTurns(info, all);
    chat::Session session(nullptr, nullptr, *conversation);

    MarkdownView view(&highlighter);
    TranscriptPresenter presenter(&view);
    view.resize(900, 800);
    view.show();
    wait(200);
    QElapsedTimer timer;
    timer.start();
    const double before = threadTime();
    presenter.setSession(&session);
    const double added = threadTime() - before;
    QEventLoop loop;
    QObject::connect(&view, &MarkdownView::frameShown, &loop, &QEventLoop::quit);
    loop.exec();
    view.grab();
    const double painted = threadTime() - before;
    QObject::connect(&view, &MarkdownView::frameShown, &view, [&] { application.endFrame(); });
    application.frames.clear();
    while (!view.isIdle())
        wait(100);
    const QString row = u"| %1 | %2 | %3 | %4 | %5 |\n"_s.arg(turns)
                                .arg(added, 0, 'f', 0)
                                .arg(painted, 0, 'f', 0)
                                .arg(double(timer.elapsed()) / 1000, 0, 'f', 1)
                                .arg(quantile(used(application.frames), 0.99), 0, 'f', 1);
    out() << row;
    out().flush();
    presenter.setSession(nullptr);
    return row;
}

} // namespace

int main(int argc, char *argv[])
{
    Application application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 2 || arguments[1].startsWith(u'-')) {
        out() << "Usage: bench_markdown FOLDER\nTimes long answers; see tests/bench/markdown/run.sh.\n";
        return arguments.contains(u"--help"_s) ? 0 : 64;
    }
    Theme theme(application);
    CodeHighlighter highlighter;
    const QString text = answer();

    double memory = 0, again = 0;
    stream(text.first(200000), application, highlighter, memory); // loads fonts and languages
    const QList<Row> rows = stream(text, application, highlighter, memory);
    const double after = residentMiB();
    stream(text, application, highlighter, again);
    const double flat = residentMiB() - after;
    const QList<QPointF> whole = everything(text, 4);

    QString table = u"# Streaming %1 KiB at 2,000 deltas a second (%2)\n\n"_s.arg(qRound(double(text.size()) / 1024))
                            .arg(QGuiApplication::platformName());
    table += u"The window's thread is held without a break, in milliseconds of its own time, and of all that "
             "passed:\n\n| part | p50 | p99 | max | mean | passed p50 | p99 | max |\n"
             "|---|--:|--:|--:|--:|--:|--:|--:|\n"_s;
    const std::pair<const char *, QList<Held>> parts[] = {{"first tenth", between(rows, 0, 0.1)},
                                                          {"last tenth", between(rows, 0.9, 1)},
                                                          {"all", between(rows, 0, 1)}};
    for (const auto &[name, all] : parts) {
        const QList<double> own = used(all), wall = passed(all);
        table += u"| %1 | %2 | %3 | %4 | %5 |"_s.arg(QLatin1StringView(name))
                         .arg(quantile(own, 0.5), 0, 'f', 2)
                         .arg(quantile(own, 0.99), 0, 'f', 2)
                         .arg(quantile(own, 1), 0, 'f', 2)
                         .arg(mean(own), 0, 'f', 2);
        table += u" %1 | %2 | %3 |\n"_s.arg(quantile(wall, 0.5), 0, 'f', 2)
                         .arg(quantile(wall, 0.99), 0, 'f', 2)
                         .arg(quantile(wall, 1), 0, 'f', 2);
    }
    const auto perDelta = [&rows](double from, double to) {
        double sum = 0, kib = 0;
        for (qsizetype i = 0; i + 1 < rows.size(); ++i) {
            if (rows[i].kib < from * rows.last().kib || rows[i].kib > to * rows.last().kib)
                continue;
            for (const Held &held : rows[i].holds)
                sum += held.used;
            kib += rows[i + 1].kib - rows[i].kib;
        }
        return kib > 0 ? sum / (kib * 1024 / 48) : 0;
    };
    const double start = perDelta(0, 0.2), end = perDelta(0.8, 1);
    table += u"\nThe thread's time for a delta: %1 ms in the first fifth, %2 ms in the last, %3 times as much.\n"_s
                     .arg(start, 0, 'f', 3)
                     .arg(end, 0, 'f', 3)
                     .arg(end / qMax(1e-9, start), 0, 'f', 2);
    table +=
            u"Memory: %1 MiB more with the whole answer; %2 MiB more after a second one like it than after the first.\n"_s
                    .arg(memory, 0, 'f', 1)
                    .arg(flat, 0, 'f', 1);
    table += u"\nsetMarkdown() on everything, and painted once:\n\n| KiB | ms |\n|--:|--:|\n"_s;
    for (const QPointF &point : whole)
        table += u"| %1 | %2 |\n"_s.arg(point.x(), 0, 'f', 0).arg(point.y(), 0, 'f', 1);

    table += u"\nA conversation opens, in milliseconds of the thread's own time; the rest is put in meanwhile:\n\n"
             "| turns | added | its end painted | the rest put in, in s | the thread held, p99 |\n"
             "|--:|--:|--:|--:|--:|\n"_s;
    for (const int turns : {2000, 5000, 20000})
        table += opened(turns, text, application, highlighter);
    out() << table;
    out().flush();

    Curve median{u"incremental, p50"_s, u"#3b5bdb"_s, {}}, worst{u"incremental, p99"_s, u"#8a5a00"_s, {}};
    for (const Row &row : rows) {
        if (row.holds.isEmpty())
            continue;
        median.points.append({row.kib, quantile(used(row.holds), 0.5)});
        worst.points.append({row.kib, quantile(used(row.holds), 0.99)});
    }
    const auto write = [&arguments](const QString &name, const QString &content) {
        QFile file(QDir(arguments[1]).filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content.toUtf8()) >= 0;
    };
    const bool written = write(u"markdown.md"_s, table)
            && write(u"markdown.svg"_s,
                     plot(u"One frame while an answer grows"_s,
                          {median, worst, {u"setMarkdown on everything"_s, u"#b3261e"_s, whole}}));
    return written ? 0 : 1;
}
