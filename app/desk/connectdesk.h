#pragma once

#include "app/connect/toolfiles.h"
#include "app/connect/tooltest.h"

#include <QObject>
#include <QPointer>

class ConnectPage;
class Desk;

// What is behind the page that connects tools: their guides and files, the tokens made for them, and the request that
// tests one. Lives on the main thread; the Desk outlives it.
class ConnectDesk : public QObject
{
    Q_OBJECT

public:
    explicit ConnectDesk(Desk &desk, QObject *parent = nullptr);

    // Makes the page and connects it. The caller owns it.
    [[nodiscard]] ConnectPage *makePage();
    // Shows how things are now.
    void refresh();

private:
    [[nodiscard]] tools::Target target(const QString &token) const;
    // Returns what a tool is to be told; `fresh`: a token that was just made for it; "" = none was.
    [[nodiscard]] tools::Guide guide(const tools::Tool &tool, const QString &fresh = {}) const;
    [[nodiscard]] bool wantsToken(
            const tools::Tool &tool) const; // the proxy wants one, and the tool has none that it knows
    [[nodiscard]] QString addressOfProxy() const;
    void ask(const QString &id, bool disconnects);
    void change(const QString &id, bool disconnects);
    void test(const QString &id);
    void forgetToken(const QString &name);

    Desk &m_desk;
    const tools::ToolFiles m_files;
    tools::ToolTest m_test;
    QString m_tested; // the ID of the tool whose request is on its way
    QPointer<ConnectPage> m_page;
};
