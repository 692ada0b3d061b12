#pragma once

#include "proxy/settings.h"
#include "ui/state.h"

#include <QObject>

#include <memory>

class QNetworkReply;
class UpstreamManager;

// Asks Gemini for its list of models with a key, and says in the window's terms what came of it.
// Lives on the main thread. One test at a time: a new one ends the one before in silence.
class KeyTester : public QObject
{
    Q_OBJECT

public:
    explicit KeyTester(QObject *parent = nullptr);
    ~KeyTester() override;

    // Ends in tested(), once, never inside this call.
    void test(const Secret &key, const ProxySettings &settings);

signals:
    void tested(const KeyTest &result);

private:
    void onFinished();

    std::unique_ptr<UpstreamManager> m_manager;
    QNetworkReply *m_reply = nullptr; // the manager's child
};

// What an answer of GET /v1beta/models means: a status of HTTP and a body.
[[nodiscard]] KeyTest keyTestResult(int status, const QByteArray &body);
