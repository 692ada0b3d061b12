#include "proxy/faces/schema.h"

#include <QCborArray>
#include <QCborStreamWriter>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <limits>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

bool isSchema(const QCborValue &value)
{
    return value.isMap() || value.isBool();
}

QCborValue subschema(const QCborValue &schema)
{
    return schema.isMap() ? QCborValue(schemaForGemini(schema)) : schema; // true and false are schemas, too
}

QCborArray subschemas(const QCborArray &schemas)
{
    QCborArray result;
    for (const auto &schema : schemas) {
        if (isSchema(schema))
            result.append(subschema(schema));
    }
    return result;
}

// Schemas by their names, in their order. A client may send very many, so that nothing here may take time that grows
// with the square of their number, as QCborMap::insert() does.
class NamedSchemas
{
public:
    void add(const QString &name, const QCborValue &schema)
    {
        const auto found = m_places.constFind(name);
        if (found == m_places.constEnd()) {
            m_places.insert(name, m_schemas.size());
            m_names.append(name);
            m_schemas.append({schema});
        } else {
            m_schemas[*found].append(schema);
        }
    }

    // `join` makes one schema of those that have the same name.
    template <typename Join>
    [[nodiscard]] QCborMap joined(const Join &join) const
    {
        QByteArray names; // as CBOR, since Qt's reader of it does not look for names that it has already
        QCborStreamWriter writer(&names);
        writer.startMap(quint64(m_names.size()));
        for (const QString &name : m_names) {
            writer.append(name);
            writer.append(nullptr);
        }
        writer.endMap();
        QCborMap result = QCborValue::fromCbor(names).toMap();
        auto schemas = m_schemas.begin();
        for (auto member = result.begin(); member != result.end(); ++member, ++schemas)
            member.value() = schemas->size() == 1 ? schemas->first() : join(*schemas);
        return result;
    }

private:
    QHash<QString, qsizetype> m_places;
    QStringList m_names;
    QList<QList<QCborValue>> m_schemas;
};

QCborMap namedSubschemas(const QCborMap &schemas)
{
    NamedSchemas result;
    for (const auto schema : schemas) {
        if (isSchema(schema.second))
            result.add(schema.first.toString(), subschema(schema.second));
    }
    return result.joined([](const QList<QCborValue> &same) { return same.last(); });
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

// Makes one schema of several. Properties and definitions are joined, and what is required; of any other keyword the
// first one counts.
QCborValue merged(const QList<QCborValue> &schemas)
{
    QCborMap result;
    NamedSchemas properties;
    NamedSchemas definitions;
    QCborArray required;
    QSet<QString> known; // of `required`
    for (const QCborValue &schema : schemas) {
        for (const auto member : schema.toMap()) {
            const QString name = member.first.toString();
            const bool isProperties = name == "properties"_L1;
            if (isProperties || name == "$defs"_L1) {
                for (const auto inner : member.second.toMap())
                    (isProperties ? properties : definitions).add(inner.first.toString(), inner.second);
            } else if (name == "required"_L1) {
                for (const auto &property : member.second.toArray()) {
                    if (const QString word = property.toString(); !known.contains(word)) {
                        known.insert(word);
                        required.append(property);
                    }
                }
            }
            if (!result.contains(name)) // the joined ones only get their place here
                result.insert(name, member.second);
        }
    }
    if (result.contains(u"properties"_s))
        result.insert(u"properties"_s, properties.joined(merged));
    if (result.contains(u"$defs"_s))
        result.insert(u"$defs"_s, definitions.joined(merged));
    if (result.contains(u"required"_s))
        result.insert(u"required"_s, required);
    return result;
}

bool isOfIntegers(const QCborValue &type)
{
    const QCborArray types = type.toArray();
    return type.toString() == "integer"_L1 || (types.contains(u"integer"_s) && !types.contains(u"number"_s));
}

// Sets a bound that belongs to the values, or not if it is exclusive. `step`: from an exclusive bound of integers to
// the first value; it also tells an upper bound from a lower one. There is no such step for fractions, so that they get
// a bound that is wider by one value.
void setBound(QCborMap &schema, const QString &name, QCborValue bound, int step)
{
    if (!bound.isInteger() && !bound.isDouble())
        return; // of draft 4, where it is true or false
    const qint64 last = step > 0 ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    if (bound.isInteger() && bound.toInteger() != last && isOfIntegers(schema.value(u"type"_s)))
        bound = bound.toInteger() + step;
    const QCborValue other = schema.value(name);
    if ((other.isInteger() || other.isDouble()) && (other.toDouble() - bound.toDouble()) * step >= 0)
        return;
    schema.insert(name, bound);
}

QCborMap onlyReferring(const QCborMap &schema)
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
    static const QSet<QString> kept{u"$id"_s,     u"$anchor"_s,  u"type"_s,        u"format"_s,
                                    u"title"_s,   u"minItems"_s, u"maxItems"_s,    u"minimum"_s,
                                    u"maximum"_s, u"required"_s, u"description"_s, u"propertyOrdering"_s};
    QCborMap result;
    QList<QCborValue> further; // schemas that say more about the same values
    for (const auto member : schema.toMap()) {
        const QString name = member.first.toString();
        const QCborValue value = member.second;
        if (kept.contains(name)) {
            result.insert(name, value);
        } else if (name == "$ref"_L1) {
            // The definitions of drafts before 2019-09 have another name, and references to them as well.
            QString reference = value.toString();
            if (reference.startsWith("#/definitions/"_L1))
                reference.replace(0, 14, u"#/$defs/"_s);
            result.insert(name, reference);
        } else if (name == "const"_L1 || name == "enum"_L1) {
            const QCborArray values = enumeration(name == "enum"_L1 ? value.toArray() : QCborArray{value});
            if (!values.isEmpty())
                result.insert(u"enum"_s, values);
        } else if (name == "properties"_L1 || name == "$defs"_L1) {
            if (value.isMap())
                result.insert(name, namedSubschemas(value.toMap()));
        } else if (name == "definitions"_L1) {
            if (value.isMap())
                further.append(QCborMap{{u"$defs"_s, namedSubschemas(value.toMap())}});
        } else if (name == "items"_L1 && value.isArray()) { // of drafts before 2020-12
            result.insert(u"prefixItems"_s, subschemas(value.toArray()));
        } else if (name == "items"_L1 || name == "additionalProperties"_L1) {
            if (isSchema(value))
                result.insert(name, subschema(value));
        } else if (name == "prefixItems"_L1 || name == "anyOf"_L1 || name == "oneOf"_L1) {
            if (const QCborArray schemas = subschemas(value.toArray()); !schemas.isEmpty())
                result.insert(name, schemas);
        } else if (name == "allOf"_L1) {
            for (const auto &part : value.toArray())
                further.append(schemaForGemini(part));
        }
    }
    setBound(result, u"minimum"_s, schema["exclusiveMinimum"_L1], 1);
    setBound(result, u"maximum"_s, schema["exclusiveMaximum"_L1], -1);
    if (!further.isEmpty()) {
        further.prepend(result);
        result = merged(further).toMap();
    }
    if (result.contains(u"$ref"_s)) // beside which Gemini takes nothing but keywords that begin like it
        return onlyReferring(result);
    return result;
}

} // namespace faces
