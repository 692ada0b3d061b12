#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context;
    QString source;
    QStringList translations; // one, or as many as the language has plural forms
    bool plural = false;
    bool unfinished = false;
};

QList<Message> readMessages(const QString &path)
{
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const auto name = xml.name();
        if (name == "name"_L1) {
            context = xml.readElementText();
        } else if (name == "message"_L1) {
            messages.append(Message{context, {}, {}, xml.attributes().value("numerus"_L1) == "yes"_L1, false});
        } else if (name == "source"_L1) {
            messages.last().source = xml.readElementText();
        } else if (name == "translation"_L1) {
            messages.last().unfinished = xml.attributes().hasAttribute("type"_L1);
            if (!messages.last().plural)
                messages.last().translations.append(xml.readElementText());
        } else if (name == "numerusform"_L1) {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return messages;
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%(?:n|L?[0-9])"_s);
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        found.append(it.next().captured());
    found.sort();
    return found;
}

const QString folder = QStringLiteral(SOURCE_DIR "/resources/translations");

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void complete_data();
    void complete();
    void inStepWithTheTexts_data() { complete_data(); }
    void inStepWithTheTexts();
    void loaded_data();
    void loaded();
};

void TestTranslations::complete_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("forms");
    QTest::newRow("de") << u"de"_s << 2;
    QTest::newRow("es") << u"es"_s << 2;
    QTest::newRow("zh_CN") << u"zh_CN"_s << 1;
    QTest::newRow("en") << u"en"_s << 2;
}

void TestTranslations::complete()
{
    QFETCH(const QString, language);
    QFETCH(const int, forms);
    const QList<Message> messages = readMessages(folder + u"/gemini-desk_%1.ts"_s.arg(language));
    QVERIFY(!messages.isEmpty());
    for (const Message &message : messages) {
        const QByteArray where = (message.context + u": "_s + message.source).toUtf8();
        QVERIFY2(!message.unfinished, where.constData());
        QVERIFY2(language != "en"_L1 || message.plural, where.constData());
        QVERIFY2(message.translations.size() == (message.plural ? forms : 1), where.constData());
        for (const QString &translation : message.translations) {
            QVERIFY2(!translation.isEmpty(), where.constData());
            // A plural form for one may say "one" in words.
            if (!message.plural)
                QVERIFY2(placeholders(translation) == placeholders(message.source), where.constData());
            static const QRegularExpression mnemonic(u"&(?=[^\\s&])"_s);
            QVERIFY2(translation.contains(mnemonic) == message.source.contains(mnemonic), where.constData());
            QVERIFY2(!translation.contains(u'!') && !translation.contains(u'！'), where.constData());
        }
        if (message.plural)
            QVERIFY2(placeholders(message.translations.last()) == placeholders(message.source), where.constData());
    }
}

// What lupdate finds in ui/ is all there, and nothing more.
void TestTranslations::inStepWithTheTexts()
{
    QFETCH(const QString, language);
    const QTemporaryDir copy;
    const QString name = u"/gemini-desk_%1.ts"_s.arg(language);
    for (const QString &file : QDir(folder).entryList({u"*.ts"_s}))
        QVERIFY(QFile::copy(folder + u'/' + file, copy.filePath(file)));
    QProcess update;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LUPDATE"_s, QStringLiteral(LUPDATE));
    update.setProcessEnvironment(environment);
    update.start(folder + u"/update.sh"_s, {copy.path()});
    QVERIFY(update.waitForFinished());
    QVERIFY2(update.exitCode() == 0, update.readAllStandardError().constData());
    const auto sources = [](const QList<Message> &messages) {
        QStringList texts;
        for (const Message &message : messages)
            texts.append(message.context + u": "_s + message.source);
        texts.sort();
        return texts;
    };
    QCOMPARE(sources(readMessages(folder + name)), sources(readMessages(copy.path() + name)));
}

void TestTranslations::loaded_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("three");
    QTest::newRow("de") << u"de"_s << u"Einstellungen"_s << u"1 Antwort läuft"_s << u"3 Antworten laufen"_s;
    QTest::newRow("es") << u"es"_s << u"Ajustes"_s << u"1 respuesta en curso"_s << u"3 respuestas en curso"_s;
    QTest::newRow("zh_CN") << u"zh_CN"_s << u"设置"_s << u"1 个回答正在生成"_s << u"3 个回答正在生成"_s;
    QTest::newRow("en") << u"en"_s << u"Settings"_s << u"1 answer streaming"_s << u"3 answers streaming"_s;
}

// Loads the texts as the program does, with their plural forms.
void TestTranslations::loaded()
{
    QFETCH(const QString, language);
    QTranslator translator;
    QVERIFY(translator.load(QLocale(language), u"gemini-desk"_s, u"_"_s, u":/translations"_s));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QTEST(QCoreApplication::translate("MainWindow", "Settings"), "settings");
    const char text[] = "%n answer(s) streaming";
    QTEST(QCoreApplication::translate("ProxyPill", text, nullptr, 1), "one");
    QTEST(QCoreApplication::translate("ProxyPill", text, nullptr, 3), "three");
    QCoreApplication::removeTranslator(&translator);
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
