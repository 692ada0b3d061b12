// Measures how long the window's thread is held while streams run. The window and the proxy are the real ones; the
// streams' upstream and clients are on threads of their own. Prints a table; see README.md beside this.
#include "app/desk/desk.h"
#include "app/desk/deskwindow.h"
#include "app/options/settingsstore.h"
#include "proxy/demo/demoserver.h"
#include "tests/support/httpclient.h"
#include "tests/support/memorykeystore.h"
#include "ui/theme.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Clients that ask again as soon as they have their answer.
class Clients : public QObject
{
public:
    void start(quint16 port, int count)
    {
        for (int i = 0; i < count; ++i)
            ask(port, i);
    }
    void stop() { m_clients.clear(); }

    qint64 answers = 0;

private:
    void ask(quint16 port, int index)
    {
        m_clients.resize(std::max(m_clients.size(), std::size_t(index) + 1));
        auto client = std::make_unique<HttpClient>(port);
        HttpClient *raw = client.get();
        raw->setSink([](QByteArrayView) {});
        raw->ask("Tell me a long story, please"_ba);
        connect(raw, &HttpClient::arrived, this, [this, raw, port, index] {
            if (!raw->hasEnded())
                return;
            ++answers;
            QMetaObject::invokeMethod(
                    this, [this, port, index] { ask(port, index); }, Qt::QueuedConnection);
            raw->disconnect(this);
        });
        m_clients[std::size_t(index)] = std::move(client);
    }

    std::vector<std::unique_ptr<HttpClient>> m_clients;
};

double percentile(std::vector<qint64> &values, double share)
{
    if (values.empty())
        return 0;
    const auto at = std::min(values.size() - 1, std::size_t(double(values.size()) * share));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
    return double(values[at]) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1"); // GLib's dispatcher does not say when it sleeps
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures how long the window's thread is held while streams run."_s);
    parser.addHelpOption();
    const QCommandLineOption streams(u"streams"_s, u"Running at once."_s, u"N"_s, u"50"_s);
    const QCommandLineOption pace(u"pace"_s, u"Milliseconds between two events of a stream."_s, u"MS"_s, u"50"_s);
    const QCommandLineOption seconds(u"seconds"_s, u"How long."_s, u"N"_s, u"10"_s);
    parser.addOptions({streams, pace, seconds});
    parser.process(application);

    QThread upstreamThread;
    upstreamThread.start();
    QObject upstream; // runs calls on that thread, where `demo` must be made and deleted
    upstream.moveToThread(&upstreamThread);
    std::unique_ptr<DemoServer> demo;
    QUrl upstreamUrl;
    QMetaObject::invokeMethod(
            &upstream,
            [&] {
                demo = std::make_unique<DemoServer>();
                demo->setPace(std::chrono::milliseconds(parser.value(pace).toInt()));
                if (demo->listen())
                    upstreamUrl = demo->url();
            },
            Qt::BlockingQueuedConnection);
    if (upstreamUrl.isEmpty()) {
        std::fputs("no free port\n", stderr);
        return 1;
    }

    const QTemporaryDir folder;
    SettingsStore settings(folder.filePath(u"desk.conf"_s));
    MemoryKeyStore keys;
    keys.key = Secret("AIza-bench"_ba);
    Options options;
    options.proxy.upstream = upstreamUrl;
    options.proxy.port = 0;
    options.given = {u"port"_s};
    Theme theme(application, Theme::StyleSheet::Later); // as the program does
    Desk desk(keys, settings, nullptr, options);
    DeskWindow window(desk, settings, theme);
    window.show(false);
    window.window()->showPage(u"requests"_s);

    QLoggingCategory::setFilterRules(u"proxy.*.info=false"_s);
    QThread clientThread;
    Clients clients;
    clients.moveToThread(&clientThread);
    clientThread.start();

    std::vector<qint64> held;
    QElapsedTimer turn;
    bool measuring = false;
    auto *dispatcher = QAbstractEventDispatcher::instance();
    QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, &application, [&] { turn.start(); });
    QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, &application, [&] {
        if (measuring && turn.isValid())
            held.push_back(turn.nsecsElapsed());
    });
    QObject::connect(&desk, &Desk::listening, &application, [&](const QHostAddress &, quint16 port) {
        QMetaObject::invokeMethod(&clients, [&, port] { clients.start(port, parser.value(streams).toInt()); });
        QTimer::singleShot(2s, &application, [&] { measuring = true; });
        QTimer::singleShot(2s + std::chrono::seconds(parser.value(seconds).toInt()), &application,
                           [] { QApplication::exit(); }); // quit() would ask the window, which says no
    });
    desk.begin();
    QApplication::exec();
    measuring = false;
    QMetaObject::invokeMethod(
            &clients, [&] { clients.stop(); }, Qt::BlockingQueuedConnection);
    clientThread.quit();
    clientThread.wait();
    QMetaObject::invokeMethod(
            &upstream, [&] { demo.reset(); }, Qt::BlockingQueuedConnection);
    upstreamThread.quit();
    upstreamThread.wait();

    const double longest = held.empty() ? 0 : double(*std::max_element(held.begin(), held.end())) / 1e6;
    std::printf(
            "| streams | turns of the window's thread | held p50 | p99 | longest | answers |\n|---|---|---|---|---|---|\n"
            "| %d | %zu | %.2f ms | %.2f ms | %.2f ms | %lld |\n",
            parser.value(streams).toInt(), held.size(), percentile(held, 0.5), percentile(held, 0.99), longest,
            static_cast<long long>(clients.answers));
    return 0;
}
