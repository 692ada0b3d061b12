// Measures how long it takes, with many conversations in the chat's file, to list, load and search them, and to save a
// question during a search. It also times an import.
// "bench_chatstore [TURNS]" first fills a file of its own with so many turns (100,000 by default), 20 in each
// conversation, with one conversation of 20,000 turns, and with three that hold an answer of 5 MB. Prints a table.
#include "ui/chat/exchangeformat.h"
#include "ui/chat/store/database.h"
#include "ui/chat/store/store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace chat;

namespace {

constexpr int turnsEach = 20; // of a conversation
constexpr int longTurns = 20'000;
constexpr int mostTurns = 99'999; // of the conversation that is imported
constexpr qsizetype largeText = 5'000'000;

// Returns a word of three to eight letters, always the same one for the same number.
QString word(int number)
{
    quint32 seed = quint32(number) * 2654435761u + 12345u;
    QString letters;
    for (int i = 0; i < 3 + number % 6; ++i) {
        seed = seed * 1664525u + 1013904223u;
        letters += QChar(u'a' + char16_t((seed >> 16) % 26));
    }
    return letters;
}

// Returns 80 words that are as frequent as in real texts: those with low numbers occur in nearly every turn, those with
// high ones seldom.
QString sentences(quint32 seed)
{
    QString text;
    for (int i = 0; i < 80; ++i) {
        seed = seed * 1664525u + 1013904223u;
        const double share = double(seed >> 8) / double(1 << 24);
        text += word(int(20'000 * share * share * share)) + u' ';
    }
    return text;
}

Conversation conversation(int number, int turns)
{
    Conversation made = Conversation::create();
    made.info.title = u"Conversation %1"_s.arg(number);
    made.info.activeRoot = 1;
    QList<Turn> list;
    for (int i = 0; i < turns; ++i) {
        Turn turn;
        turn.id = i + 1;
        turn.parent = i;
        turn.activeChild = i + 1 < turns ? i + 2 : 0;
        turn.role = i % 2 ? Turn::Role::Model : Turn::Role::User;
        turn.parts = {Part::ofText(sentences(quint32(number) * 7919u + quint32(i)))};
        list.append(turn);
    }
    return *Conversation::fromTurns(made.info, list);
}

// Returns a conversation of a question and an answer of five megabytes.
Conversation large(int number)
{
    Conversation made = conversation(number, 2);
    QString &text = made.turn(2)->parts.first().text;
    for (int i = 0; text.size() < largeText; ++i)
        text += i % 3 ? sentences(quint32(i)) : word(0) + u' ' + word(19'997) + u' ';
    return made;
}

void print(const char *what, std::vector<double> times, qsizetype found)
{
    std::sort(times.begin(), times.end());
    std::printf("| %s | %.1f ms | %.1f ms | %lld |\n", what, times[times.size() / 2], times.back(), qlonglong(found));
    std::fflush(stdout);
}

// Prints the median and the worst time of nine runs of `work`, which returns how much it found.
template <typename Work>
void measure(const char *what, Work work)
{
    std::vector<double> times;
    qsizetype found = 0;
    for (int i = 0; i < 9; ++i) {
        QElapsedTimer timer;
        timer.start();
        found = work();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    print(what, times, found);
}

// Searches all the time: as soon as an answer is there, it asks for other words. Meanwhile it measures how long it
// takes to save a question and to load a conversation.
void measureStore(const QString &path, const QUuid &open)
{
    Store store({path});
    QObject context;
    std::atomic_bool ends{false};
    int sought = 0;
    std::function<void()> seek = [&] {
        if (ends)
            return;
        const QString words = word(sought % 3 == 2 ? 19'997 : sought % 7);
        store.search(words.first(1 + sought % words.size()), 100, &context, [&](const auto &) { seek(); });
        ++sought;
    };
    QEventLoop loop;
    std::vector<double> saved;
    std::vector<double> loaded;
    for (int i = 0; i < 50; ++i) {
        Conversation asked = conversation(-1000 - i, 1);
        seek();
        QElapsedTimer timer;
        timer.start();
        store.save(asked.info, asked.turns(), true, &context, [&](const Store::Failure &failure) {
            saved.push_back(failure ? 1e6 : double(timer.nsecsElapsed()) / 1e6);
            loop.quit();
        });
        loop.exec();
        if (i >= 9)
            continue;
        timer.start();
        store.load(open, &context, [&](const auto &answer) {
            loaded.push_back(answer ? double(timer.nsecsElapsed()) / 1e6 : 1e6);
            loop.quit();
        });
        loop.exec();
    }
    ends = true;
    print("a question is on disk, while searching", saved, sought);
    print("a conversation of 20,000 turns, while searching", loaded, longTurns);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int turns = argc > 1 ? std::max(turnsEach, QByteArray(argv[1]).toInt()) : 100'000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"chats.sqlite"_s);
    auto opened = Database::open({path});
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().message));
        return 1;
    }
    Database &database = **opened;
    const Conversation longest = conversation(-1, longTurns);
    bool failed = database.import({longest}).has_value();
    for (int number = 0; number < turns / turnsEach && !failed; number += 100) {
        QList<Conversation> some;
        for (int i = number; i < std::min(number + 100, turns / turnsEach); ++i)
            some.append(conversation(i, turnsEach));
        failed = database.import(some).has_value();
    }
    failed = failed || database.import({large(-2), large(-3), large(-4)}).has_value();
    if (failed) {
        std::fputs("the file could not be filled\n", stderr);
        return 1;
    }

    std::printf("| %d turns in %d conversations | median | worst | found |\n|---|--:|--:|--:|\n", turns,
                turns / turnsEach);
    const auto search = [&database](const QString &words) {
        const auto hits = database.search(words, 100);
        return hits ? hits->size() : -1;
    };
    measure("a word of most turns", [&] { return search(word(0)); });
    measure("a seldom word", [&] { return search(word(19'997)); });
    measure("one letter", [&] { return search(word(7).first(1)); });
    measure("two letters, a word's start", [&] { return search(word(7).first(2)); });
    measure("three letters", [&] { return search(word(8).first(3)); });
    measure("four letters", [&] { return search(word(16).first(4)); });
    measure("three words", [&] { return search(word(3) + u' ' + word(7) + u' ' + word(1)); });
    measure("a word that is nowhere", [&] { return search(u"nowhere"_s); });
    measure("the list", [&] { return database.list()->size(); });
    measure("a conversation of 20,000 turns", [&] { return database.load(longest.info.id)->size(); });
    opened->reset();
    measureStore(path, longest.info.id);

    // This times reading an export and putting it into an empty file.
    const QString exported = folder.filePath(u"chats.json"_s);
    {
        QFile file(exported);
        if (!file.open(QIODevice::WriteOnly))
            return 1;
        file.write(exportStart());
        file.write(QJsonDocument(toExport(conversation(-5, mostTurns), {})).toJson(QJsonDocument::Compact));
        file.write(exportEnd());
    }
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    qsizetype count = 0;
    {
        Store store({folder.filePath(u"imported.sqlite"_s)});
        store.importJson(exported, &loop, [&](const Store::Answer<int> &answer) {
            count = answer ? *answer : -1;
            loop.quit();
        });
        loop.exec();
    }
    print("99,999 turns imported", {double(timer.nsecsElapsed()) / 1e6}, count);
    return 0;
}
