// How long the chat's file takes with many conversations in it: to list, to load and to search them.
// bench_chatstore [TURNS]: 100,000 turns unless told; fills a file of its own first. Prints a table.
#include "ui/chat/database.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace chat;

namespace {

constexpr int turnsEach = 50; // of a conversation
constexpr int longTurns = 2'000;

// A word of three to eight letters; the same for the same number.
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

// Sentences of words that come as often as words do: the first ones in nearly every turn, the last ones seldom.
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
    TurnId parent = 0;
    for (int i = 0; i < turns; ++i) {
        Turn turn;
        turn.role = i % 2 ? Turn::Role::Model : Turn::Role::User;
        turn.parts = {Part::ofText(sentences(quint32(number) * 7919u + quint32(i)))};
        parent = made.append(turn, parent);
    }
    return made;
}

void print(const char *what, std::vector<double> times, qsizetype found)
{
    std::sort(times.begin(), times.end());
    std::printf("| %s | %.1f ms | %.1f ms | %lld |\n", what, times[times.size() / 2], times.back(), qlonglong(found));
    std::fflush(stdout);
}

// The median and the worst of some runs of `work`, which returns how much it found.
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

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int turns = argc > 1 ? std::max(turnsEach, QByteArray(argv[1]).toInt()) : 100'000;
    const QTemporaryDir folder;
    auto opened = Database::open({folder.filePath(u"chats.sqlite"_s)});
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().message));
        return 1;
    }
    Database &database = **opened;
    const Conversation large = conversation(-1, longTurns);
    bool failed = database.import({large}).has_value();
    for (int number = 0; number < turns / turnsEach && !failed; number += 100) {
        QList<Conversation> some;
        for (int i = number; i < std::min(number + 100, turns / turnsEach); ++i)
            some.append(conversation(i, turnsEach));
        failed = database.import(some).has_value();
    }
    if (failed) {
        std::fputs("the file could not be filled\n", stderr);
        return 1;
    }

    std::printf("| %d turns in %d conversations | median | worst | found |\n|---|--:|--:|--:|\n", turns, turns / turnsEach);
    const auto search = [&database](const QString &words) {
        const auto hits = database.search(words, 50);
        return hits ? hits->size() : -1;
    };
    measure("a word of most turns", [&] { return search(word(0)); });
    measure("a seldom word", [&] { return search(word(19'997)); });
    measure("two letters, a word's start", [&] { return search(word(7).first(2)); });
    measure("three letters", [&] { return search(word(8).first(3)); });
    measure("four letters", [&] { return search(word(16).first(4)); });
    measure("three words", [&] { return search(word(3) + u' ' + word(7) + u' ' + word(1)); });
    measure("a word that is nowhere", [&] { return search(u"nowhere"_s); });
    measure("the list", [&] { return database.list()->size(); });
    measure("a conversation of 2,000 turns", [&] { return database.load(large.info.id)->size(); });
    return 0;
}
