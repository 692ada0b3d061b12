#include "proxy/routes/openairequest.h"

#include "proxy/gemini/modelname.h"
#include "proxy/http/fields.h"

namespace openairequest {

namespace {

// How many steps may be spent on a body. Each byte costs one step. A string, which may hold a whole picture, is skipped
// and costs only one step for each quote in it.
constexpr int patience = 256 * 1024;

// Returns the place behind the closing quote of the string whose opening quote is at `at`. Returns -1 if the string
// does not end, or if there are no steps left.
qsizetype behindString(QByteArrayView body, qsizetype at, int &steps)
{
    while (steps++ < patience) {
        at = body.indexOf('"', at + 1); // fast (memchr): a picture of 50 MB takes a few milliseconds
        if (at < 0)
            return -1;
        qsizetype slashes = 0;
        while (body[at - 1 - slashes] == '\\') // the loop ends at the opening quote at the latest
            ++slashes;
        if (slashes % 2 == 0)
            return at + 1;
    }
    return -1;
}

// Returns the length of the path's prefix, such as "/v1/"; 0 if it has none of them.
qsizetype behindVersion(QByteArrayView path)
{
    for (const QByteArrayView prefix :
         {QByteArrayView("/openai/v1/"), QByteArrayView("/v1/"), QByteArrayView("/v1beta/openai/")}) {
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
    bool isModel = false; // the next value in the top object is the model's name
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
