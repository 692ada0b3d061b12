#include "proxy/faces/schema.h"

#include <QCborArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

QCborValue subschema(const QCborValue &schema)
{
    return schema.isMap() ? QCborValue(schemaForGemini(schema)) : schema; // true and false are schemas, too
}

QCborArray subschemas(const QCborArray &schemas)
{
    QCborArray result;
    for (const auto &schema : schemas)
        result.append(subschema(schema));
    return result;
}

QCborMap namedSubschemas(QCborMap schemas)
{
    for (auto schema = schemas.begin(); schema != schemas.end(); ++schema)
        schema.value() = subschema(schema.value());
    return schemas;
}

// Gemini knows enumerations of strings and numbers only. One that allows null as well says so by its type.
QCborArray enumeration(const QCborArray &values)
{
    QCborArray result;
    for (const auto &value : values) {
        if (value.isString() || value.isInteger() || value.isDouble())
            result.append(value);
    }
    return result;
}

// Adds the keywords of `from` that `to` does not have, and joins the properties and what is required.
void merge(QCborMap &to, const QCborMap &from)
{
    for (const auto member : from) {
        const QString name = member.first.toString();
        QCborValue mine = to.value(name);
        if (name == "properties"_L1 && mine.isMap()) {
            QCborMap all = mine.toMap();
            for (const auto property : member.second.toMap())
                all.insert(property.first, property.second);
            to.insert(name, all);
        } else if (name == "required"_L1 && mine.isArray()) {
            QCborArray all = mine.toArray();
            for (const auto &property : member.second.toArray()) {
                if (!all.contains(property))
                    all.append(property);
            }
            to.insert(name, all);
        } else if (mine.isUndefined()) {
            to.insert(member.first, member.second);
        }
    }
}

QCborMap withoutWords(const QCborMap &schema)
{
    QCborMap result;
    for (const auto member : schema) {
        if (member.first.toString().startsWith(u'$'))
            result.insert(member.first, member.second);
    }
    return result;
}

} // namespace

QCborMap schemaForGemini(const QCborValue &schema)
{
    static const QSet<QString> kept{u"$id"_s,      u"$ref"_s,        u"$anchor"_s,         u"type"_s,    u"format"_s,
                                    u"title"_s,    u"minItems"_s,    u"maxItems"_s,        u"minimum"_s, u"maximum"_s,
                                    u"required"_s, u"description"_s, u"propertyOrdering"_s};
    QCborMap result;
    QCborMap further; // what `allOf` adds
    for (const auto member : schema.toMap()) {
        const QString name = member.first.toString();
        const QCborValue value = member.second;
        if (kept.contains(name)) {
            result.insert(name, value);
        } else if (name == "const"_L1 || name == "enum"_L1) {
            const QCborArray values = enumeration(name == "enum"_L1 ? value.toArray() : QCborArray{value});
            if (!values.isEmpty())
                result.insert(u"enum"_s, values);
        } else if (name == "properties"_L1 || name == "$defs"_L1 || name == "definitions"_L1) {
            if (value.isMap())
                result.insert(name, namedSubschemas(value.toMap()));
        } else if (name == "items"_L1 || name == "additionalProperties"_L1) {
            if (value.isArray()) // of drafts before 2020-12
                result.insert(u"prefixItems"_s, subschemas(value.toArray()));
            else
                result.insert(name, subschema(value));
        } else if (name == "prefixItems"_L1 || name == "anyOf"_L1 || name == "oneOf"_L1) {
            if (value.isArray() && !value.toArray().isEmpty())
                result.insert(name, subschemas(value.toArray()));
        } else if (name == "allOf"_L1) {
            for (const auto &part : value.toArray())
                merge(further, schemaForGemini(part));
        } else if (name == "exclusiveMinimum"_L1 && value.isInteger()) {
            result.insert(u"minimum"_s, value.toInteger() + 1);
        } else if (name == "exclusiveMaximum"_L1 && value.isInteger()) {
            result.insert(u"maximum"_s, value.toInteger() - 1);
        }
    }
    merge(result, further);

    // The definitions of drafts before 2019-09 have another name, and references to them as well.
    if (const QCborValue older = result.take(u"definitions"_s); older.isMap())
        merge(result, {{u"$defs"_s, older}});
    if (QString reference = result.value(u"$ref"_s).toString(); reference.startsWith("#/definitions/"_L1))
        result.insert(u"$ref"_s, reference.replace(0, 14, u"#/$defs/"_s));
    if (result.contains(u"$ref"_s)) // beside which Gemini takes nothing but keywords of this kind
        return withoutWords(result);
    return result;
}

} // namespace faces
