#include "proxy/guard/target.h"
#include "tests/fuzz/fuzz.h"

#include <QUrl>

// A target that passes cannot lead away from the server that it is appended to, nor out of the path there, even if
// something on the way decodes it once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView target(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (guard::targetProblem(target))
        return 0;
    const QByteArray path = target.first(target.indexOf('?') < 0 ? target.size() : target.indexOf('?')).toByteArray();
    require(path.startsWith('/') && !path.startsWith("//"));
    for (const QByteArray &form : {path, QByteArray::fromPercentEncoding(path)}) {
        require(!form.contains('\\') && !form.contains('\0') && !form.contains('\r') && !form.contains('\n'));
        require(!(form + '/').contains("/../") && !(form + '/').contains("/./"));
    }
    // An encoded slash may only stand inside a name.
    require(QByteArray::fromPercentEncoding(path).count("//") == path.count("//"));

    const QUrl url = QUrl::fromEncoded("https://upstream.example" + path, QUrl::StrictMode);
    if (url.isValid()) {
        require(url.host() == QLatin1String("upstream.example") && url.port() == -1 && url.userInfo().isEmpty());
    }
    return 0;
}
