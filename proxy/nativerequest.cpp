#include "proxy/nativerequest.h"

#include "proxy/geminiprompt.h"

#include <algorithm>
#include <array>

namespace nativerequest {

namespace {

// Names are compared decoded, as the upstream will
// (https://cloud.google.com/apis/docs/system-parameters).
bool isCredential(QByteArrayView pair)
{
    const qsizetype equals = pair.indexOf('=');
    const QByteArray name =
            QByteArray::fromPercentEncoding((equals < 0 ? pair : pair.first(equals)).toByteArray());
    static constexpr std::array<QByteArrayView, 4> names = {"key", "$key", "access_token",
                                                            "oauth_token"};
    // Whether Gemini minds the case is its business; a secret stays here either way.
    return std::any_of(names.begin(), names.end(), [&name](QByteArrayView secret) {
        return http::equalIgnoringCase(name, secret);
    });
}

} // namespace

QByteArray withoutCredentials(QByteArrayView query)
{
    QByteArray kept;
    kept.reserve(query.size());
    bool first = true;
    while (true) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView pair = end < 0 ? query : query.first(end);
        if (!isCredential(pair)) {
            if (!first)
                kept += '&';
            kept += pair;
            first = false;
        }
        if (end < 0)
            return kept;
        query = query.sliced(end + 1);
    }
}

QByteArray target(QByteArrayView base, QByteArrayView path, QByteArrayView query)
{
    while (base.endsWith('/'))
        base.chop(1);
    QByteArray all = base.toByteArray() + path.toByteArray();
    if (const QByteArray kept = withoutCredentials(query); !kept.isEmpty())
        all += '?' + kept;
    return all;
}

QByteArray modelInPath(QByteArrayView path)
{
    for (const QByteArrayView folder :
         {QByteArrayView("/models/"), QByteArrayView("/tunedModels/")}) {
        const qsizetype at = path.indexOf(folder);
        if (at < 0)
            continue;
        QByteArrayView name = path.sliced(at + folder.size());
        const auto end =
                std::find_if(name.begin(), name.end(), [](char c) { return c == ':' || c == '/'; });
        name = name.first(end - name.begin());
        const auto model = geminiprompt::modelName(name);
        if (!model)
            return {};
        return folder == "/models/" ? *model : "tunedModels/" + *model;
    }
    return {};
}

} // namespace nativerequest
