#include "proxy/demo/demoserver.h"
#include "tests/e2e/pageserver.h"
#include "tests/support/testproxy.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

// A browser that shows one page until the test is done with it. It takes the name rebound.example for this machine.
class Browser
{
public:
    explicit Browser(const QByteArray &url)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(CHROMIUM),
                        {QStringLiteral("--headless"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
                         QStringLiteral("--disable-dev-shm-usage"), QStringLiteral("--disable-background-networking"),
                         QStringLiteral("--disable-component-update"), QStringLiteral("--disable-sync"),
                         QStringLiteral("--no-first-run"), QStringLiteral("--log-level=3"),
                         QStringLiteral("--host-resolver-rules=MAP rebound.example 127.0.0.1"),
                         QStringLiteral("--user-data-dir=") + m_profile.path(), QString::fromLatin1(url)});
    }

    ~Browser()
    {
        m_process.terminate(); // lets it end its own processes, which write to the profile
        if (!m_process.waitForFinished())
            m_process.kill();
        m_process.waitForFinished();
    }

private:
    QTemporaryDir m_profile;
    QProcess m_process;
};

// What a hostile page can try without anybody's click. PROXY and PORT are put in. Each attempt
// reports how it looked from the page; a no-cors answer is opaque there, so what counts is what
// the upstream saw.
const char hostilePage[] = R"html(<!doctype html><title>hostile</title><body><script>
const proxy = 'PROXY', rebound = 'http://rebound.example:PORT';
const results = {};
const settle = (name, promise) => promise.then(r => results[name] = r, e => results[name] = 'failed');
const ask = (base, options) => fetch(base + '/gemini-proxy', {method: 'POST', body: 'spend money', ...options})
  .then(async r => r.type + ' ' + r.status + ' ' + (await r.text()).length);
const post = (name, base, type) => new Promise(done => {
  const frame = document.createElement('iframe'); frame.name = name; document.body.append(frame);
  const form = document.createElement('form');
  Object.assign(form, {method: 'POST', action: base + '/gemini-proxy', target: name, enctype: type});
  const input = document.createElement('input'); Object.assign(input, {name: 'spend', value: 'money'});
  form.append(input); document.body.append(form);
  frame.onload = () => done('loaded');
  form.submit();
});
(async () => {
  await Promise.all([
    settle('fetch', ask(proxy, {headers: {'Content-Type': 'text/plain'}})),
    settle('no-cors', ask(proxy, {mode: 'no-cors'})),
    settle('json', ask(proxy, {headers: {'Content-Type': 'application/json'}})),
    settle('credentials', ask(proxy, {credentials: 'include', mode: 'no-cors'})),
    settle('rebound', ask(rebound, {})),
    settle('rebound-no-cors', ask(rebound, {mode: 'no-cors'})),
    settle('localhost', ask('http://localhost:PORT', {mode: 'no-cors'})),
    settle('form', post('form', proxy, 'text/plain')),
    settle('rebound-form', post('reboundform', rebound, 'application/x-www-form-urlencoded')),
    settle('beacon', Promise.resolve('sent ' + navigator.sendBeacon(proxy + '/gemini-proxy', 'spend money'))),
    settle('event-source', new Promise(done => {
      const source = new EventSource(proxy + '/gemini-proxy?model=demo-fast');
      source.onerror = () => { source.close(); done('error'); };
      source.onmessage = () => { source.close(); done('message'); };
    })),
    settle('image', new Promise(done => {
      const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('error');
      image.src = proxy + '/gemini-proxy?key=guess';
    })),
    settle('script', new Promise(done => {
      const script = document.createElement('script');
      script.onload = () => done('loaded'); script.onerror = () => done('error');
      script.src = proxy + '/health'; document.head.append(script);
    })),
  ]);
  await fetch('/report', {method: 'POST', body: JSON.stringify(results)});
})();
</script>)html";

// A page whose origin is listed: it reads the answer piece by piece, and says so at the first.
const char friendlyPage[] = R"html(<!doctype html><title>friendly</title><script>
(async () => {
  const report = text => fetch('/report', {method: 'POST', body: text});
  try {
    const answer = await fetch('PROXY/gemini-proxy', {method: 'POST', body: 'Write a haiku',
        headers: {'Content-Type': 'application/json', 'X-Request-Id': 'page-1'}});
    const reader = answer.body.getReader(), decoder = new TextDecoder();
    let text = '', pieces = 0;
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      text += decoder.decode(value, {stream: true});
      if (++pieces == 1) await report('first');
    }
    await report(JSON.stringify({status: answer.status, id: answer.headers.get('X-Request-Id'), pieces, text}));
  } catch (error) {
    await report('failed: ' + error);
  }
})();
</script>)html";

QByteArray withProxy(QByteArray page, quint16 port)
{
    return page.replace("PROXY", "http://127.0.0.1:" + QByteArray::number(port))
            .replace("PORT", QByteArray::number(port));
}

} // namespace

class TestBrowser : public QObject
{
    Q_OBJECT

private slots:
    void hostilePageReachesNothing();
    void listedPageReadsPieceByPiece();
};

void TestBrowser::hostilePageReachesNothing()
{
    DemoServer demo;
    demo.setPace(std::chrono::milliseconds(0));
    QVERIFY(demo.listen());
    TestProxy proxy(demo.url());
    QVERIFY(proxy.port != 0);

    PageServer pages;
    pages.setPage("/", withProxy(hostilePage, proxy.port));
    QSignalSpy reports(&pages, &PageServer::reported);
    const Browser browser(pages.origin() + '/');
    QTRY_COMPARE_WITH_TIMEOUT(reports.size(), 1, 60'000);

    const QJsonObject results = QJsonDocument::fromJson(reports.first().first().toByteArray()).object();
    QCOMPARE(results.size(), 13);
    // The attempts were made, and arrived: an opaque answer, a frame that loaded.
    QCOMPARE(results[QStringLiteral("no-cors")].toString(), QStringLiteral("opaque 0 0"));
    QCOMPARE(results[QStringLiteral("rebound-no-cors")].toString(), QStringLiteral("opaque 0 0"));
    QCOMPARE(results[QStringLiteral("form")].toString(), QStringLiteral("loaded"));
    QCOMPARE(results[QStringLiteral("beacon")].toString(), QStringLiteral("sent true"));
    // None of the answers could be read.
    for (const char *name : {"fetch", "json", "rebound"})
        QCOMPARE(results[QLatin1String(name)].toString(), QStringLiteral("failed"));
    for (const char *name : {"event-source", "image", "script"})
        QCOMPARE(results[QLatin1String(name)].toString(), QStringLiteral("error"));
    // And nothing went upstream.
    QCOMPARE(demo.requestCount(), 0);
    QCOMPARE(proxy.started.size(), 0);
}

void TestBrowser::listedPageReadsPieceByPiece()
{
    DemoServer demo;
    QVERIFY(demo.listen());
    PageServer pages;
    ProxySettings settings = TestProxy::settingsFor(demo.url());
    settings.allowedOrigins = {pages.origin()};
    TestProxy proxy(settings);
    QVERIFY(proxy.port != 0);

    pages.setPage("/", withProxy(friendlyPage, proxy.port));
    QSignalSpy reports(&pages, &PageServer::reported);
    const Browser browser(pages.origin() + '/');
    QTRY_COMPARE_WITH_TIMEOUT(reports.size(), 1, 60'000);
    QCOMPARE(reports.first().first().toByteArray(), "first");
    QCOMPARE(demo.openStreams(), 1); // the page has the first piece while the rest is not said yet
    QTRY_COMPARE_WITH_TIMEOUT(reports.size(), 2, 60'000);

    const QJsonObject result = QJsonDocument::fromJson(reports.at(1).first().toByteArray()).object();
    QCOMPARE(result[QStringLiteral("status")].toInt(), 200);
    QCOMPARE(result[QStringLiteral("id")].toString(), QStringLiteral("page-1"));
    QVERIFY(result[QStringLiteral("pieces")].toInt() > 10);
    QVERIFY(result[QStringLiteral("text")].toString().contains(u"\"finishReason\":\"STOP\""));
    QCOMPARE(demo.requestCount(), 1);
}

QTEST_GUILESS_MAIN(TestBrowser)
#include "tst_browser.moc"
