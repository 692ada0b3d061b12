#pragma once

#include "proxy/faces/signaturestore.h"
#include "proxy/gemini/answersplitter.h"

#include <QHash>

#include <memory>

namespace faces {

// Reads along while Gemini answers to OpenAI's chat completions, and remembers the signatures of function calls, as
// most clients will lose them.
class ChatSignatures
{
public:
    explicit ChatSignatures(std::shared_ptr<SignatureStore> signatures) : m_signatures(std::move(signatures)) {}

    void feed(QByteArrayView bytes);

private:
    void take(const QByteArray &json);

    // An answer with more in one piece is not read.
    static constexpr qsizetype limit = 4 * 1024 * 1024;

    std::shared_ptr<SignatureStore> m_signatures;
    gemini::AnswerSplitter m_splitter{limit};
    QHash<int, QByteArray> m_ids; // of the calls by their indices, as a stream may tell a call in several pieces
};

} // namespace faces
