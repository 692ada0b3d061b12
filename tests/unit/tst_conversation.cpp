#include "ui/chat/conversation.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>
#include <map>
#include <set>
#include <vector>

using namespace Qt::StringLiterals;
using chat::Conversation;
using chat::Parameters;
using chat::Turn;
using chat::TurnId;

using Ids = QList<TurnId>;

namespace {

Turn turnOf(Turn::Role role, const QString &text)
{
    Turn turn;
    turn.role = role;
    turn.parts = {chat::Part::ofText(text)};
    return turn;
}

Turn question(const QString &text = u"q"_s)
{
    return turnOf(Turn::Role::User, text);
}

Turn answer(const QString &text = u"a"_s)
{
    return turnOf(Turn::Role::Model, text);
}

} // namespace

class TestConversation : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty();
    void growsAtTheLeaf();
    void editedQuestionKeepsTheOldOne();
    void regeneratedAnswerKeepsTheOldOne();
    void oldBranchHasItsOwnPath();
    void selectTellsWhatChanged();
    void sumsUsageOfAllBranches();
    void refusesWhatIsNoTree_data();
    void refusesWhatIsNoTree();
    void treeHoldsWhateverIsDone_data();
    void treeHoldsWhateverIsDone();
    void titles_data();
    void titles();
    void parametersSurvive();
    void parametersOutOfRange();
};

void TestConversation::startsEmpty()
{
    const Conversation conversation = Conversation::create();
    QVERIFY(!conversation.info.id.isNull());
    QVERIFY(conversation.info.created.isValid());
    QCOMPARE(conversation.path(), Ids());
    QCOMPARE(conversation.leaf(), 0);
    QCOMPARE(conversation.turn(1), nullptr);
    QCOMPARE(conversation.siblings(1), Ids());
}

void TestConversation::growsAtTheLeaf()
{
    Conversation conversation = Conversation::create();
    const TurnId first = conversation.append(question(), 0);
    const TurnId second = conversation.append(answer(), first);
    const TurnId third = conversation.append(question(), conversation.leaf());
    QCOMPARE(conversation.path(), (Ids{first, second, third}));
    QCOMPARE(conversation.pathTo(second), (Ids{first, second}));
    QCOMPARE(conversation.siblings(second), Ids{second});
    QCOMPARE(std::as_const(conversation).turn(third)->parent, second);
}

void TestConversation::editedQuestionKeepsTheOldOne()
{
    Conversation conversation = Conversation::create();
    const TurnId old = conversation.append(question(), 0);
    const TurnId oldAnswer = conversation.append(answer(), old);
    const TurnId edited = conversation.append(question(), 0);
    QCOMPARE(conversation.path(), Ids{edited});
    QCOMPARE(conversation.siblings(edited), (Ids{old, edited}));
    conversation.select(old);
    QCOMPARE(conversation.path(), (Ids{old, oldAnswer}));
}

void TestConversation::regeneratedAnswerKeepsTheOldOne()
{
    Conversation conversation = Conversation::create();
    const TurnId asked = conversation.append(question(), 0);
    const TurnId old = conversation.append(answer(), asked);
    const TurnId anew = conversation.append(answer(), asked);
    QCOMPARE(conversation.path(), (Ids{asked, anew}));
    conversation.select(old);
    QCOMPARE(conversation.path(), (Ids{asked, old}));
}

void TestConversation::oldBranchHasItsOwnPath()
{
    Conversation conversation = Conversation::create();
    const TurnId root = conversation.append(question(), 0);
    const TurnId left = conversation.append(answer(), root);
    const TurnId leftLeaf = conversation.append(question(), left);
    const TurnId right = conversation.append(answer(), root);
    const TurnId rightLeaf = conversation.append(question(), right);
    QCOMPARE(conversation.path(), (Ids{root, right, rightLeaf}));
    conversation.select(left);
    QCOMPARE(conversation.path(), (Ids{root, left, leftLeaf}));
    conversation.select(rightLeaf);
    QCOMPARE(conversation.path(), (Ids{root, right, rightLeaf}));
}

void TestConversation::selectTellsWhatChanged()
{
    Conversation conversation = Conversation::create();
    const TurnId root = conversation.append(question(), 0);
    const TurnId left = conversation.append(answer(), root);
    conversation.append(answer(), root);
    const TurnId other = conversation.append(question(), 0);
    QCOMPARE(conversation.select(other), Ids());
    QCOMPARE(conversation.select(left), (Ids{root, 0}));
    QCOMPARE(conversation.select(99), Ids());
    QCOMPARE(conversation.path(), (Ids{root, left}));
}

void TestConversation::sumsUsageOfAllBranches()
{
    Conversation conversation = Conversation::create();
    const TurnId root = conversation.append(question(), 0);
    Turn turn = answer();
    turn.usage = {10, 5, 3, 2, 18};
    conversation.append(turn, root);
    conversation.append(turn, root);
    QCOMPARE(conversation.usage(), (chat::Usage{20, 10, 6, 4, 36}));
    constexpr int most = std::numeric_limits<int>::max(); // an imported turn may claim so many
    turn.usage = {most, most, 0, 0, most};
    conversation.append(turn, root);
    QCOMPARE(conversation.usage(), (chat::Usage{most, most, 6, 4, most}));
}

void TestConversation::refusesWhatIsNoTree_data()
{
    QTest::addColumn<QList<qint64>>("ids"); // id, parent, active child; by threes
    QTest::addColumn<qint64>("root");
    QTest::addColumn<bool>("good");

    QTest::newRow("nothing") << Ids{} << qint64(0) << true;
    QTest::newRow("one") << Ids{1, 0, 0} << qint64(1) << true;
    QTest::newRow("gaps") << Ids{3, 0, 7, 7, 3, 0} << qint64(3) << true;
    QTest::newRow("id twice") << Ids{1, 0, 0, 1, 0, 0} << qint64(1) << false;
    QTest::newRow("out of order") << Ids{2, 0, 0, 1, 0, 0} << qint64(1) << false;
    QTest::newRow("id 0") << Ids{0, 0, 0} << qint64(0) << false;
    QTest::newRow("no such parent") << Ids{1, 5, 0} << qint64(1) << false;
    QTest::newRow("own parent") << Ids{1, 1, 1} << qint64(1) << false;
    QTest::newRow("circle") << Ids{1, 2, 2, 2, 1, 1} << qint64(1) << false;
    QTest::newRow("no active root") << Ids{1, 0, 0} << qint64(0) << false;
    QTest::newRow("root of nothing") << Ids{} << qint64(1) << false;
    QTest::newRow("active child is none of its own") << Ids{1, 0, 3, 2, 1, 3, 3, 2, 0} << qint64(1) << false;
    QTest::newRow("no active child") << Ids{1, 0, 0, 2, 1, 0} << qint64(1) << false;
    QTest::newRow("active child without children") << Ids{1, 0, 4} << qint64(1) << false;
}

void TestConversation::refusesWhatIsNoTree()
{
    QFETCH(QList<qint64>, ids);
    QFETCH(qint64, root);
    QFETCH(bool, good);
    QList<Turn> turns;
    for (qsizetype i = 0; i < ids.size(); i += 3) {
        Turn turn;
        turn.id = ids.at(i);
        turn.parent = ids.at(i + 1);
        turn.activeChild = ids.at(i + 2);
        turns.append(turn);
    }
    chat::ConversationInfo info;
    info.activeRoot = root;
    const auto conversation = Conversation::fromTurns(info, turns);
    QCOMPARE(bool(conversation), good);
    if (!good)
        QVERIFY(!conversation.error().message.isEmpty());
}

void TestConversation::treeHoldsWhateverIsDone_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// The tree is compared with a model that is too simple to be wrong: a list of parents, and of what was chosen last.
void TestConversation::treeHoldsWhateverIsDone()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Conversation conversation = Conversation::create();
    std::map<TurnId, TurnId> parents;
    std::map<TurnId, TurnId> chosen; // of each turn that has children, and of 0

    const auto choose = [&](TurnId id) {
        for (; id != 0; id = parents.at(id))
            chosen[parents.at(id)] = id;
    };
    const auto anyTurn = [&] { return TurnId(1 + random.bounded(qint64(parents.size()))); };

    for (int step = 0; step < 150; ++step) {
        const quint32 what = random.bounded(10u);
        if (parents.empty() || what < 4) { // goes on at the leaf
            const TurnId parent = conversation.leaf();
            const TurnId id = conversation.append(question(), parent);
            parents[id] = parent;
            choose(id);
        } else if (what < 7) { // a sibling of any turn
            const TurnId parent = parents.at(anyTurn());
            const TurnId id = conversation.append(answer(), parent);
            parents[id] = parent;
            choose(id);
        } else { // another branch
            const TurnId id = anyTurn();
            conversation.select(id);
            choose(id);
        }

        // Each turn has one parent and stands once among that one's children; nothing is ever lost.
        QCOMPARE(conversation.size(), qsizetype(parents.size()));
        std::set<TurnId> seen;
        for (const auto &[id, parent] : parents) {
            QCOMPARE(std::as_const(conversation).turn(id)->parent, parent);
            QCOMPARE(conversation.siblings(id).count(id), 1);
            QVERIFY(conversation.siblings(id) == conversation.children(parent));
        }
        // The path is what was chosen.
        Ids path;
        for (TurnId at = 0; chosen.contains(at);) {
            at = chosen.at(at);
            path.append(at);
        }
        QCOMPARE(conversation.path(), path);
        QCOMPARE(conversation.leaf(), path.last());
        QCOMPARE(conversation.pathTo(conversation.leaf()), path);
        // From any turn, its siblings are one step away, and back leads to the same path.
        const TurnId turn = path.at(random.bounded(path.size()));
        for (const TurnId sibling : conversation.siblings(turn)) {
            Conversation copy = conversation;
            copy.select(sibling);
            QVERIFY(copy.path().contains(sibling));
            copy.select(turn);
            QCOMPARE(copy.path(), path);
        }
    }
    // It survives being kept.
    const auto again = Conversation::fromTurns(conversation.info, conversation.turns());
    QVERIFY(again);
    QCOMPARE(again->turns(), conversation.turns());
    QCOMPARE(again->path(), conversation.path());
    Conversation grown = *again;
    QCOMPARE(grown.append(question(), 0), TurnId(parents.size()) + 1);
}

void TestConversation::titles_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("title");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("short") << u"Why is the sky blue?"_s << u"Why is the sky blue?"_s;
    QTest::newRow("lines") << u"  Why\n\nis\tit "_s << u"Why is it"_s;
    QTest::newRow("between words") << QString(u"word "_s).repeated(20)
                                   << QString(QString(u"word "_s).repeated(12).trimmed() + u'…');
    QTest::newRow("just not too long") << QString(60, u'x') << QString(60, u'x');
    QTest::newRow("words of unlike lengths")
            << QString(u"a "_s + QString(100, u'x')) << QString(u"a "_s + QString(58, u'x') + u'…');
    QTest::newRow("one long word") << QString(100, u'x') << QString(QString(60, u'x') + u'…');
    QTest::newRow("no half character") << QString(QString(59, u'x') + u"🚀🚀"_s) << QString(QString(59, u'x') + u'…');
}

void TestConversation::titles()
{
    QFETCH(QString, text);
    QFETCH(QString, title);
    QCOMPARE(chat::titleFrom(question(text)), title);
}

void TestConversation::parametersSurvive()
{
    QCOMPARE(chat::parametersFromJson(chat::toJson(Parameters())), Parameters());
    for (const Parameters &set : {Parameters{0.5, 0.9, 1000, -1, true, true}, Parameters{0, 0, 1, 0, false, false},
                                  Parameters{2, 1, std::numeric_limits<int>::max(), 1, true, false}})
        QCOMPARE(chat::parametersFromJson(chat::toJson(set)), set);
}

void TestConversation::parametersOutOfRange()
{
    const QJsonObject json{{u"temperature"_s, 3.0},
                           {u"topP"_s, u"1"_s},
                           {u"maxTokens"_s, 0},
                           {u"thinkingBudget"_s, -2},
                           {u"search"_s, 1}};
    QCOMPARE(chat::parametersFromJson(json), Parameters());
}

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
