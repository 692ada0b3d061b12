#include "proxy/demo/demoschema.h"

#include "proxy/demo/democall.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demoschema {

namespace {

// What holds schemas: a member with one, with a list of them, or with a map of names to them.
enum class Holds { Schema, List, Map };

const QList<std::pair<QLatin1StringView, Holds>> &subschemas()
{
    static const QList<std::pair<QLatin1StringView, Holds>> all{
            {"items"_L1, Holds::Schema},     {"additionalProperties"_L1, Holds::Schema},
            {"anyOf"_L1, Holds::List},       {"oneOf"_L1, Holds::List},
            {"prefixItems"_L1, Holds::List}, {"properties"_L1, Holds::Map},
            {"$defs"_L1, Holds::Map},
    };
    return all;
}

using Check = QStringList (*)(const QJsonValue &schema, const QString &path);

// Returns what the check says of the schemas within a schema.
QStringList within(const QJsonValue &schema, const QString &path, Check check)
{
    QStringList found;
    for (const auto &[name, holds] : subschemas()) {
        const QJsonValue value = demoMember(schema, name);
        const QString place = path + u'.' + demoSnakeCase(name);
        if (holds == Holds::Schema && value.isObject()) {
            found += check(value, place);
        } else if (holds == Holds::List) {
            const QJsonArray list = value.toArray();
            for (qsizetype i = 0; i < list.size(); ++i)
                found += check(list.at(i), u"%1[%2]"_s.arg(place).arg(i));
        } else if (holds == Holds::Map) {
            int index = 0;
            for (const auto &each : value.toObject())
                found += check(each, u"%1[%2].value"_s.arg(place).arg(index++));
        }
    }
    return found;
}

const QSet<QString> &members()
{
    static const QSet<QString> all{u"type"_s,        u"format"_s,        u"title"_s,
                                   u"description"_s, u"nullable"_s,      u"enum"_s,
                                   u"maxItems"_s,    u"minItems"_s,      u"properties"_s,
                                   u"required"_s,    u"minProperties"_s, u"maxProperties"_s,
                                   u"minLength"_s,   u"maxLength"_s,     u"pattern"_s,
                                   u"example"_s,     u"anyOf"_s,         u"propertyOrdering"_s,
                                   u"default"_s,     u"items"_s,         u"minimum"_s,
                                   u"maximum"_s};
    return all;
}

const QSet<QString> &keywords()
{
    static const QSet<QString> all{u"$id"_s,
                                   u"$defs"_s,
                                   u"$ref"_s,
                                   u"$anchor"_s,
                                   u"type"_s,
                                   u"format"_s,
                                   u"title"_s,
                                   u"description"_s,
                                   u"enum"_s,
                                   u"items"_s,
                                   u"prefixItems"_s,
                                   u"minItems"_s,
                                   u"maxItems"_s,
                                   u"minimum"_s,
                                   u"maximum"_s,
                                   u"anyOf"_s,
                                   u"oneOf"_s,
                                   u"properties"_s,
                                   u"required"_s,
                                   u"additionalProperties"_s,
                                   u"propertyOrdering"_s};
    return all;
}

bool isKnownType(const QString &type)
{
    static const QSet<QString> all{u"string"_s, u"number"_s, u"integer"_s, u"boolean"_s,
                                   u"array"_s,  u"object"_s, u"null"_s,    u"type_unspecified"_s};
    return all.contains(type.toLower());
}

} // namespace

QStringList problems(const QJsonValue &schema, const QString &path)
{
    if (!schema.isObject())
        return {u"Invalid value at '%1' (type.googleapis.com/google.ai.generativelanguage.v1beta.Schema)"_s.arg(path)};
    QStringList found;
    const QStringList names = schema.toObject().keys();
    for (const QString &name : names) {
        if (!demoKnows(members(), name))
            found.append(unknownName(name, path));
    }
    const QJsonValue type = schema["type"_L1];
    if (type.isArray())
        found.append(
                u"Invalid value at '%1.type' (type), Proto field is not repeating, cannot start list."_s.arg(path));
    else if (!type.isUndefined() && !isKnownType(type.toString()))
        found.append(u"Invalid value at '%1.type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), "
                     "\"%2\""_s.arg(path, type.toString()));
    const QJsonArray choices = schema["enum"_L1].toArray();
    for (qsizetype i = 0; i < choices.size(); ++i) {
        if (!choices.at(i).isString())
            found.append(u"Invalid value at '%1.enum[%2]' (TYPE_STRING)"_s.arg(path).arg(i));
    }
    return found + within(schema, path, problems);
}

QStringList jsonSchemaProblems(const QJsonValue &schema, const QString &path)
{
    if (!schema.isObject()) // true and false stand for schemas in JSON Schema, but Google documents no such ones
        return {u"Invalid JSON schema at '%1': an object is expected."_s.arg(path)};
    QStringList found;
    const QStringList names = schema.toObject().keys();
    for (const QString &name : names) {
        if (!keywords().contains(name))
            found.append(u"Invalid JSON schema at '%1': the keyword \"%2\" is not supported."_s.arg(path, name));
    }
    if (names.contains(u"$ref"_s)
        && std::ranges::any_of(names, [](const QString &name) { return !name.startsWith(u'$'); }))
        found.append(
                u"Invalid JSON schema at '%1': beside \"$ref\" only keywords that start with $ may stand."_s.arg(path));
    for (const auto &choice : schema["enum"_L1].toArray()) {
        if (!choice.isString() && !choice.isDouble())
            found.append(u"Invalid JSON schema at '%1': \"enum\" may hold strings and numbers only."_s.arg(path));
    }
    return found + within(schema, path, jsonSchemaProblems);
}

QString unknownName(const QString &name, const QString &path)
{
    const QString where = path.isEmpty() ? QString() : u" at '%1'"_s.arg(path);
    return u"Invalid JSON payload received. Unknown name \"%1\"%2: Cannot find field."_s.arg(name, where);
}

} // namespace demoschema
