#include "proxy/accounts/modelnames.h"

#include "proxy/accounts/exchangeinfo.h"

QByteArray ModelNames::nameOf(const ExchangeInfo &info)
{
    const QByteArray &name = info.model.isEmpty() ? info.usage.modelVersion : info.model;
    // Only an answer shows that the model exists. A WebSocket's status 101 comes before Gemini has looked at the model,
    // so there the name counts only if tokens were used.
    if ((info.status >= 200 && info.status < 300) || (info.status == 101 && info.usage.isKnown()))
        know(name);
    return name.isEmpty() || m_known.contains(name) ? name : QByteArray(other);
}

void ModelNames::know(const QByteArray &name)
{
    if (!name.isEmpty() && name.size() <= longest && m_known.size() < most)
        m_known.insert(name);
}
