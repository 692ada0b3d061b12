#include "proxy/routes/openairequest.h"

#include "proxy/gemini/modelname.h"
#include "proxy/http/fields.h"

namespace openairequest {

namespace {

// How many steps may be spent on a body. A byte costs one. A string, which may hold a whole picture, is jumped over and
// costs one for each quote in it.
constexpr int patience = 256 * 1024;

// Where the string that begins at `at` (its opening quote) ends: the place behind its closing
// quote, or -1.
qsizetype behindString(QByteArrayView body, qsizetype at, int &steps)
{
    while (steps++ < patience) {
        at = body.indexOf('"', at + 1); // memchr: 50 MB of picture take a few milliseconds
        if (at < 0)
            return -1;
        qsizetype slashes = 0;
        while (body[at - 1 - slashes] == '\\') // ends at the opening quote at the latest
            ++slashes;
        if (slashes % 2 == 0)
            return at + 1;
    }
    return -1;
}

// The length of the prefix "/v1/" or "/openai/v1/"; 0 if the path has neither.
qsizetype behindVersion(QByteArrayView path)
{
    for (const QByteArrayView prefix : {QByteArrayView("/openai/v1/"), QByteArrayView("/v1/")}) {
        if (path.startsWith(prefix))
            return prefix.size();
    }
    return 0;
}

constexpr QByteArrayView encoded = "models/models%2F";

bool hasEncodedPrefix(QByteArrayView rest)
{
    return rest.size() > encoded.size() && rest.startsWith("models/")
            && http::equalIgnoringCase(rest.first(encoded.size()), encoded);
}

} // namespace

QByteArray plainTarget(QByteArrayView target)
{
    const qsizetype begin = behindVersion(target);
    const qsizetype mark = target.indexOf('?');
    const qsizetype end = mark < 0 ? target.size() : mark;
    if (begin > end || !hasEncodedPrefix(target.sliced(begin, end - begin)))
        return target.toByteArray();
    return target.first(begin).toByteArray() + "models/models/" + target.sliced(begin + encoded.size()).toByteArray();
}

QByteArray upstreamPath(QByteArrayView path)
{
    QByteArrayView rest = path.sliced(behindVersion(path));
    constexpr QByteArrayView plain = "models/models/";
    QByteArray whole = "/v1beta/openai/";
    if (hasEncodedPrefix(rest) || (rest.size() > plain.size() && rest.startsWith(plain))) {
        rest = rest.sliced(hasEncodedPrefix(rest) ? encoded.size() : plain.size());
        whole += "models/";
    }
    return whole += rest;
}

QByteArray modelInBody(QByteArrayView body)
{
    int depth = 0;
    bool isName = false;  // the next string in the top object names a member
    bool isModel = false; // the value to come is the model's
    qsizetype at = 0;
    for (int steps = 0; at < body.size() && steps < patience; ++steps) {
        switch (body[at]) {
        case '"': {
            const qsizetype end = behindString(body, at, steps);
            if (end < 0)
                return {};
            const QByteArrayView text = body.sliced(at + 1, end - at - 2);
            if (depth == 1 && isModel) {
                const auto name = gemini::modelName(text);
                return name ? *name : QByteArray();
            }
            if (depth == 1 && isName) {
                isModel = text == "model";
                isName = false;
            }
            at = end;
            continue;
        }
        case '{':
            if (++depth == 1)
                isName = true;
            break;
        case '[':
            if (++depth == 1)
                return {}; // not an object
            break;
        case '}':
        case ']':
            if (--depth == 0)
                return {};
            break;
        case ',':
            if (depth == 1) {
                isName = true;
                isModel = false;
            }
            break;
        default:
            break;
        }
        ++at;
    }
    return {};
}

} // namespace openairequest
