#pragma once

#include "app/desk/deskwindow.h"

#include "app/options/settingsstore.h"
#include "tests/support/httpclient.h"
#include "tests/support/memorykeystore.h"
#include "tests/support/scriptedserver.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

// The whole window over the real proxy; only the keychain is in memory and Gemini is scripted.
class DeskTest : public QObject
{
    Q_OBJECT

protected:
    // Makes the theme as main does.
    void makeTheme()
    {
        m_theme.reset();
        qApp->setStyleSheet({});
        QApplication::setFont(m_systemFont);
        m_theme = std::make_unique<Theme>(*qApp, Theme::StyleSheet::Later);
    }

    void prepare()
    {
        makeTheme();
        using Step = ScriptedServer::Step;
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", m_folder->path().toUtf8());
        qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
        m_upstream = std::make_unique<ScriptedServer>();
        // The chat asks for the list of models. Every other request gets one event, and another one when the test says
        // so.
        m_upstream->setScript([](const ScriptedServer::Request &request) {
            if (request.head.method == "GET")
                return ScriptedServer::Script{
                        Step::send("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"models\":[]}"_ba)};
            return ScriptedServer::Script{
                    Step::send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 20\r\n\r\ndata: {}\n\n"_ba),
                    Step::waitForRelease(), Step::send("data: {}\n\n"_ba)};
        });
        QVERIFY(m_upstream->start());
        m_keys.key = Secret("AIza-the-key-of-this-test"_ba);
        m_keys.failure = KeyResult::Error::None;
        m_settings = std::make_unique<SettingsStore>(m_folder->filePath(u"gemini-desk.conf"_s));
        m_options = {};
        m_options.proxy.upstream = m_upstream->url();
        m_options.proxy.connectionsAhead = 0;
        m_options.proxy.port = 0;
        m_options.given = {u"port"_s};
    }

    void close()
    {
        m_window.reset();
        m_desk.reset();
    }

    void start()
    {
        m_desk = std::make_unique<Desk>(m_keys, *m_settings, nullptr, m_options);
        m_window = std::make_unique<DeskWindow>(*m_desk, *m_settings, *m_theme);
        m_window->show(false);
        m_desk->begin();
        QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::Listening);
    }

    template <typename Widget>
    Widget *visible(QStringView text) const
    {
        for (Widget *widget : m_window->window()->findChildren<Widget *>()) {
            if (widget->isVisible() && widget->text().remove(u'&').contains(text))
                return widget;
        }
        return nullptr;
    }

    std::unique_ptr<HttpClient> streaming()
    {
        auto client = std::make_unique<HttpClient>(m_desk->preferences().port);
        client->ask("Hello"_ba);
        const bool streams = runUntil([&] {
            return m_desk->proxyState().streams == 1 && m_upstream->waitingForRelease() == 1
                    && client->response().length > 0;
        });
        if (!streams)
            return nullptr;
        return client;
    }

    const QFont m_systemFont = QApplication::font();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_upstream;
    MemoryKeyStore m_keys;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<DeskWindow> m_window;
    Options m_options;
};
