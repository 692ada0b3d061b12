#pragma once

#include "proxy/settings.h"
#include "ui/state.h"

#include <QObject>

#include <memory>

class QNetworkReply;
class UpstreamManager;

// Asks Gemini for its list of models with a key, and says in the window's terms what came of it. Lives on the main
// thread. One test at a time: a new one drops the one before, which then emits nothing.
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

// What an answer to GET /v1beta/models, given by its HTTP status and its body, says about the key.
[[nodiscard]] KeyTest keyTestResult(int status, const QByteArray &body);
