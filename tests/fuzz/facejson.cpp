#include "proxy/faces/json.h"
#include "proxy/faces/jsonscan.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

// Qt keeps one member of each name only, and drops a byte order mark at a string's start.
bool looksDifferent(const QCborValue &value)
{
    if (value.isString())
        return false;
    for (const auto &element : value.toArray()) {
        if (looksDifferent(element))
            return true;
    }
    QStringList names;
    for (const auto member : value.toMap()) {
        names.append(member.first.toString());
        if (looksDifferent(member.second))
            return true;
    }
    return names.removeDuplicates() > 0;
}

// Whole numbers are integers for one of them where they are doubles for the other.
bool same(const QCborValue &value, const QJsonValue &qt)
{
    if (value.isInteger() || value.isDouble())
        return qt.isDouble() && value.toDouble() == qt.toDouble();
    if (value.isArray()) {
        const QCborArray array = value.toArray();
        const QJsonArray others = qt.toArray();
        if (!qt.isArray() || others.size() != array.size())
            return false;
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (!same(array.at(i), others.at(i)))
                return false;
        }
        return true;
    }
    if (value.isMap()) {
        const QJsonObject others = qt.toObject();
        if (!qt.isObject() || others.size() != value.toMap().size())
            return false;
        for (const auto member : value.toMap()) {
            if (!same(member.second, others.value(member.first.toString())))
                return false;
        }
        return true;
    }
    return value.toJsonValue() == qt;
}

// Each place that the scan finds holds what was parsed there.
void compare(QByteArrayView text, faces::JsonPlace place, const QCborValue &value)
{
    faces::JsonScan scan(text, place);
    require(scan.isArray() == value.isArray() && scan.isObject() == value.isMap());
    QList<QCborValue> inner;
    for (const auto &element : value.toArray())
        inner.append(element);
    for (const auto member : value.toMap())
        inner.append(member.second);
    for (const QCborValue &each : std::as_const(inner)) {
        require(scan.next());
        compare(text, scan.place(), each);
    }
    require(!scan.next());
}

} // namespace

// What is JSON here is JSON for Qt and says the same, and it can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    faces::JsonScan places{QByteArrayView(text)};
    while (places.next())
        require(places.place().begin < places.place().end && places.place().end <= text.size());

    const auto parsed = faces::parseJson(text);
    const QByteArray inArray = '[' + text + ']';
    if (!parsed) {
        require(!parsed.error().isEmpty());
        return 0;
    }
    const QJsonDocument qt = QJsonDocument::fromJson(inArray);
    require(qt.isArray());
    compare(text, {0, text.size()}, *parsed);
    const QByteArray written = faces::toJson(*parsed);
    const auto again = faces::parseJson(written);
    require(again.has_value());
    require(faces::toJson(*again) == written);
    if (looksDifferent(*parsed) || text.contains("\xEF\xBB\xBF") || text.toLower().contains("\\ufeff"))
        return 0;
    // Qt writes lone surrogates in another way than U+FFFD.
    if (!text.toLower().contains("\\ud"))
        require(same(*parsed, qt.array().at(0)));
    return 0;
}
