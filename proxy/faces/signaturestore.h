#pragma once

#include <QByteArray>
#include <QCache>

namespace faces {

// Remembers the thought signatures of Gemini's function calls by the IDs that clients know the calls by. Gemini 3 wants
// each signature back with its call (https://ai.google.dev/gemini-api/docs/thought-signatures), but other APIs have no
// place for it, so that clients lose it. Its size is limited: what was not used for the longest time is forgotten
// first. Lives on its server's thread.
class SignatureStore
{
public:
    static constexpr qsizetype maximumBytes = 16 * 1024 * 1024;
    static constexpr qsizetype maximumEntries = 16'000;

    explicit SignatureStore(qsizetype bytes = maximumBytes, qsizetype entries = maximumEntries)
        : m_overhead(bytes / entries), m_signatures(bytes)
    {}

    void keep(const QByteArray &callId, const QByteArray &signature)
    {
        m_signatures.insert(callId, new QByteArray(signature), callId.size() + signature.size() + m_overhead);
    }
    // Returns the signature; "" if it is not known.
    [[nodiscard]] QByteArray find(const QByteArray &callId) const
    {
        const QByteArray *found = m_signatures.object(callId);
        return found ? *found : QByteArray();
    }

private:
    qsizetype m_overhead; // what an entry costs besides its bytes, which limits the number of entries
    QCache<QByteArray, QByteArray> m_signatures;
};

// What Gemini takes for a signature that is not known, as for calls that another model made
// (https://ai.google.dev/gemini-api/docs/thought-signatures#faqs).
inline constexpr QLatin1StringView unknownSignature("skip_thought_signature_validator");

} // namespace faces
