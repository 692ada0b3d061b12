#pragma once

#include "app/connect/toolguide.h"
#include "proxy/upstream/upstreammanager.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>

#include <chrono>

namespace tools {

// How a tool's request was answered.
struct TestResult
{
    enum class Kind {
        Answered,      // by a model
        Refused,       // by an HTTP status that says why not
        NobodyListens, // at this address
        Failed,        // otherwise
    };
    Kind kind = Kind::Failed;
    QString address; // "127.0.0.1:8080"
    QString model;   // with Answered: which answered
    int status = 0;
    QString message; // with Refused and Failed: why, in words
    std::chrono::milliseconds time{0};
};

// Sends one small request to the proxy as a tool would send it: with its path, its fields and its credential. Lives on
// the thread that uses it, which needs an event loop.
class ToolTest : public QObject
{
    Q_OBJECT

public:
    explicit ToolTest(QObject *parent = nullptr);
    ~ToolTest() override;

    // Ends in one ended(), never inside this call. May be called again after that.
    void start(Api api, const Target &target);

signals:
    void ended(const tools::TestResult &result);

private:
    void finish();

    UpstreamManager m_manager;
    QPointer<QNetworkReply> m_reply;
    QElapsedTimer m_time;
    QString m_address;
};

// Says the result in a sentence, for a terminal. `name`: of the tool.
[[nodiscard]] QString sentenceOf(const QString &name, const TestResult &result);

} // namespace tools
