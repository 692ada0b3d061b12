#include "proxy/routes/nativerequest.h"

#include "proxy/gemini/modelname.h"

#include <QList>

#include <algorithm>

namespace nativerequest {

namespace {

const QList<QByteArrayView> credentials{"key", "$key", "access_token", "oauth_token"};

// Whether a pair of a query, "name=value", has one of these names. The pair's name is percent-decoded first, as the
// upstream does it (https://cloud.google.com/apis/docs/system-parameters).
bool isOneOf(const QList<QByteArrayView> &names, QByteArrayView pair)
{
    const qsizetype equals = pair.indexOf('=');
    const QByteArray name = QByteArray::fromPercentEncoding((equals < 0 ? pair : pair.first(equals)).toByteArray());
    // The case is ignored, so that no secret leaves, whether or not Gemini ignores it.
    return std::any_of(names.begin(), names.end(),
                       [&name](QByteArrayView secret) { return http::equalIgnoringCase(name, secret); });
}

QByteArray without(const QList<QByteArrayView> &names, QByteArrayView query)
{
    QByteArray kept;
    kept.reserve(query.size());
    bool first = true;
    while (true) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView pair = end < 0 ? query : query.first(end);
        if (!isOneOf(names, pair)) {
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

QByteArray joined(QByteArrayView base, QByteArrayView path, const QByteArray &query)
{
    while (base.endsWith('/'))
        base.chop(1);
    QByteArray all = base.toByteArray() + path.toByteArray();
    if (!query.isEmpty())
        all += '?' + query;
    return all;
}

} // namespace

QByteArray withoutCredentials(QByteArrayView query)
{
    return without(credentials, query);
}

QByteArray target(QByteArrayView base, QByteArrayView path, QByteArrayView query)
{
    return joined(base, path, withoutCredentials(query));
}

QByteArray targetWithAccessToken(QByteArrayView base, QByteArrayView path, QByteArrayView query)
{
    QList<QByteArrayView> others = credentials;
    others.removeOne("access_token");
    return joined(base, path, without(others, query));
}

QByteArray modelInPath(QByteArrayView written)
{
    QByteArray path = written.toByteArray(); // some clients encode the slash in the full name of a resource
    path.replace("%2F", "/").replace("%2f", "/");
    for (const QByteArrayView folder : {QByteArrayView("/models/"), QByteArrayView("/tunedModels/")}) {
        const qsizetype at = path.indexOf(folder);
        if (at < 0)
            continue;
        QByteArrayView name = QByteArrayView(path).sliced(at + folder.size());
        const auto end = std::find_if(name.begin(), name.end(), [](char c) { return c == ':' || c == '/'; });
        name = name.first(end - name.begin());
        const auto model = gemini::modelName(name);
        if (!model)
            return {};
        return folder == "/models/" ? *model : "tunedModels/" + *model;
    }
    return {};
}

std::optional<QByteArray> interactionInPath(QByteArrayView path)
{
    const qsizetype version = path.indexOf('/', 1);
    if (version < 0)
        return {};
    QByteArrayView rest = path.sliced(version);
    constexpr QByteArrayView collection = "/interactions";
    if (!rest.startsWith(collection))
        return {};
    rest = rest.sliced(collection.size());
    if (rest.isEmpty())
        return QByteArray();
    if (!rest.startsWith('/'))
        return {};
    rest = rest.sliced(1);
    const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == ':' || c == '/'; });
    return rest.first(end - rest.begin()).toByteArray();
}

} // namespace nativerequest
