#pragma once

#include "proxy/settings.h"
#include "ui/state.h"

#include <QObject>

#include <memory>

class QNetworkReply;
class UpstreamManager;

// Tests a key by asking Gemini for its list of models, and reports the outcome as a KeyTest, which the window can show.
// Runs one test at a time: a new test drops the one before, which then emits nothing. Lives on the main thread.
class KeyTester : public QObject
{
    Q_OBJECT

public:
    explicit KeyTester(QObject *parent = nullptr);
    ~KeyTester() override;

    // Emits tested() once, after this call has returned.
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
