#include "proxy/gemini/memberscanner.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

// However the bytes are cut, the scanner finds the same; and of JSON what Qt finds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    gemini::MemberScanner whole({"a", "b.c"}, 64);
    whole.feed(input.bytes);
    gemini::MemberScanner pieces({"a", "b.c"}, 64);
    input.inPieces([&pieces](QByteArrayView piece) { pieces.feed(piece); });
    require(pieces.isWhole() == whole.isWhole());
    for (const QByteArrayView path : {QByteArrayView("a"), QByteArrayView("b.c")}) {
        require(pieces.value(path) == whole.value(path));
        require(whole.value(path).size() <= 64);
    }
    const QJsonDocument json = QJsonDocument::fromJson(input.bytes.toByteArray());
    if (!json.isObject())
        return 0;
    require(whole.isWhole());
    // Where nothing is there twice, and no text has to be decoded in another way.
    const QByteArrayView bytes = input.bytes;
    if (bytes.count("\"a\"") != 1 || bytes.contains('\\') || bytes.contains("\"b\""))
        return 0;
    const QJsonValue value = json.object().value("a"_L1);
    if (value.isBool())
        require(whole.flag("a") == value.toBool());
    return 0;
}
