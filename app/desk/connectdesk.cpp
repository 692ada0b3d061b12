#include "app/desk/connectdesk.h"

#include "app/desk/desk.h"
#include "proxy/guard/guard.h"
#include "ui/connect/connectpage.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Stands in texts for a token that the user has, or that is still to be made.
const QString missingToken = u"YOUR-TOKEN"_s;

ConnectTest::Kind kindOf(tools::TestResult::Kind kind)
{
    switch (kind) {
    case tools::TestResult::Kind::Answered:
        return ConnectTest::Kind::Answered;
    case tools::TestResult::Kind::Refused:
        return ConnectTest::Kind::Refused;
    case tools::TestResult::Kind::NobodyListens:
        return ConnectTest::Kind::NobodyListens;
    case tools::TestResult::Kind::Failed:
        return ConnectTest::Kind::Failed;
    }
    Q_UNREACHABLE();
}

ConnectTool::Block blockOf(const tools::Block &block)
{
    using Place = ConnectTool::Block::Place;
    const Place place = block.place == tools::Block::Place::Shell ? Place::Shell
            : block.place == tools::Block::Place::File            ? Place::File
                                                                  : Place::Settings;
    return {place, block.file, block.text};
}

} // namespace

ConnectDesk::ConnectDesk(Desk &desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    connect(&desk, &Desk::proxyStateChanged, this, &ConnectDesk::refresh);
    connect(&desk, &Desk::preferencesChanged, this, &ConnectDesk::refresh);
    connect(&m_test, &tools::ToolTest::ended, this, [this](const tools::TestResult &result) {
        if (m_page)
            m_page->setTest(
                    m_tested,
                    {kindOf(result.kind), result.address, result.model, result.status, result.message, result.time});
    });
}

ConnectPage *ConnectDesk::makePage()
{
    m_page = new ConnectPage;
    connect(m_page, &ConnectPage::refreshWanted, this, &ConnectDesk::refresh);
    connect(m_page, &ConnectPage::writeWanted, this, [this](const QString &id) { ask(id, false); });
    connect(m_page, &ConnectPage::disconnectWanted, this, [this](const QString &id) { ask(id, true); });
    connect(m_page, &ConnectPage::changeConfirmed, this, &ConnectDesk::change);
    connect(m_page, &ConnectPage::testWanted, this, &ConnectDesk::test);
    refresh();
    return m_page;
}

void ConnectDesk::refresh()
{
    if (!m_page)
        return;
    QList<ConnectTool> shown;
    for (const tools::Tool &tool : tools::all()) {
        const tools::Guide guide = this->guide(tool);
        ConnectTool one{tool.id, tool.name, tools::nameOf(tool.api), addressOfProxy(), {}};
        for (const tools::Block &block : guide.blocks)
            one.blocks.append(blockOf(block));
        one.writable = !guide.files.isEmpty();
        one.connected = m_files.isConnected(tool.id);
        one.tokenMissing = wantsToken(tool);
        shown.append(one);
    }
    m_page->setTools(shown);
}

QString ConnectDesk::addressOfProxy() const
{
    const ProxyState &state = m_desk.proxyState();
    const QString port = state.kind == ProxyState::Kind::Listening
            ? state.address.mid(state.address.lastIndexOf(u':') + 1)
            : QString::number(m_desk.preferences().port);
    return u"http://127.0.0.1:"_s + port;
}

tools::Target ConnectDesk::target(const QString &token) const
{
    return {addressOfProxy(), m_desk.preferences().model, token, false};
}

bool ConnectDesk::wantsToken(const tools::Tool &tool) const
{
    const QList<ClientToken> &known = m_desk.preferences().tokens;
    if (known.isEmpty())
        return false;
    const tools::Target none = target({});
    const tools::Guide guide = guideFor(tool, none, QProcessEnvironment::systemEnvironment(),
                                        [](const QString &path) { return QFileInfo::exists(path); });
    const QByteArray hash = guard::makeToken({}, tools::ToolFiles::asSet(guide, none).token.toUtf8()).sha256;
    return std::none_of(known.begin(), known.end(), [&hash](const ClientToken &one) { return one.sha256 == hash; });
}

tools::Guide ConnectDesk::guide(const tools::Tool &tool, const QString &fresh) const
{
    const auto exists = [](const QString &path) { return QFileInfo::exists(path); };
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    tools::Target target = this->target(fresh.isEmpty() ? tools::placeholder() : fresh);
    if (fresh.isEmpty() && wantsToken(tool))
        target.token = missingToken;
    else if (fresh.isEmpty() && !m_desk.preferences().tokens.isEmpty()) // the one in its file is known
        target.token = tools::ToolFiles::asSet(guideFor(tool, target, environment, exists), target).token;
    return guideFor(tool, target, environment, exists);
}

void ConnectDesk::ask(const QString &id, bool disconnects)
{
    const tools::Tool *tool = tools::find(id);
    const auto plan = disconnects ? m_files.disconnecting(id) : m_files.connecting(guide(*tool));
    if (!plan)
        return m_page->sayProblem(id, plan.error());
    QString diff;
    for (const tools::FileChange &change : plan->changes)
        diff += change.diff();
    if (diff.isEmpty() && !disconnects)
        return m_page->sayInPlace(id);
    m_page->askFor(id, diff, disconnects);
}

void ConnectDesk::change(const QString &id, bool disconnects)
{
    const tools::Tool *tool = tools::find(id);
    const QString tokenName = m_files.tokenName(id);
    QString fresh;
    if (!disconnects && wantsToken(*tool)) {
        forgetToken(tool->id); // of an earlier time
        fresh = m_desk.makeToken(tool->id);
    }
    auto plan = disconnects ? m_files.disconnecting(id) : m_files.connecting(guide(*tool, fresh));
    if (plan && !disconnects)
        plan->tokenName = fresh.isEmpty() ? tokenName : tool->id;
    const QString problem = plan ? m_files.apply(*plan) : plan.error();
    if (!problem.isEmpty()) {
        if (!fresh.isEmpty())
            forgetToken(tool->id);
        return m_page->sayProblem(id, problem);
    }
    if (disconnects && !tokenName.isEmpty())
        forgetToken(tokenName);
    refresh();
    QStringList left;
    for (const tools::FileChange &one : plan->changes)
        left += one.left;
    if (disconnects)
        m_page->sayDisconnected(id, left);
    else
        m_page->sayConnected(id);
}

void ConnectDesk::forgetToken(const QString &name)
{
    Preferences wanted = m_desk.preferences();
    if (wanted.tokens.removeIf([&name](const ClientToken &token) { return token.name == name; }) > 0)
        m_desk.setPreferences(wanted);
}

void ConnectDesk::test(const QString &id)
{
    const tools::Tool *tool = tools::find(id);
    tools::Target target = this->target(tools::placeholder());
    if (m_files.isConnected(id))
        target = tools::ToolFiles::asSet(guide(*tool), target);
    m_tested = id;
    m_test.start(tool->api, target);
}
