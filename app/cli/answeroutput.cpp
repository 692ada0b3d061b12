#include "app/cli/answeroutput.h"

#include "app/cli/console.h"

#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;

AnswerOutput::AnswerOutput() : m_toTerminal(standardOutputIsTerminal()) {}

void AnswerOutput::write(const QString &text)
{
    const QByteArray bytes = (m_toTerminal ? withoutControls(text) : text).toUtf8();
    if (bytes.isEmpty() || m_failed)
        return;
    const auto size = std::size_t(bytes.size());
    m_failed = std::fwrite(bytes.constData(), 1, size, stdout) != size || std::fflush(stdout) != 0;
    m_brokenPipe = m_failed && errno == EPIPE;
    m_endsWithLineFeed = bytes.endsWith('\n');
}

void AnswerOutput::endLine()
{
    if (!m_endsWithLineFeed)
        write(u"\n"_s);
}

std::optional<Outcome> AnswerOutput::failure() const
{
    if (!m_failed)
        return {};
    if (m_brokenPipe)
        return Outcome{false, {}}; // the program that reads, such as `head`, has what it wanted
    return Outcome{false, u"cannot write the answer to standard output"_s};
}
