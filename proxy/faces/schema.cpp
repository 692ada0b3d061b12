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

// Schemas by their names, in their order; there may be several for a name. A client may send very many, so that nothing
// here may take time that grows with the square of their number, as QCborMap::insert() does.
class NamedSchemas
{
public:
    void add(const QCborValue &schemas)
    {
        for (const auto schema : schemas.toMap()) {
            if (!isSchema(schema.second))
                continue;
            const QString name = schema.first.toString();
            const auto found = m_places.constFind(name);
            if (found == m_places.constEnd()) {
                m_places.insert(name, m_schemas.size());
                m_names.append(name);
                m_schemas.append({schema.second});
            } else {
                m_schemas[*found].append(schema.second);
            }
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
            member.value() = join(*schemas);
        return result;
    }

private:
    QHash<QString, qsizetype> m_places;
    QStringList m_names;
    QList<QList<QCborValue>> m_schemas;
};

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

// Appends the schema and those that it consists of.
void unfold(const QCborValue &schema, QList<QCborMap> &unfolded)
{
    if (!schema.isMap())
        return;
    unfolded.append(schema.toMap());
    for (const auto &part : schema["allOf"_L1].toArray())
        unfold(part, unfolded);
}

// Makes one schema of several that say something about the same values. Each schema is looked at only once, however
// they stand within one another.
class Joined
{
public:
    [[nodiscard]] static QCborValue of(const QList<QCborValue> &schemas)
    {
        QList<QCborMap> unfolded;
        for (const QCborValue &schema : schemas)
            unfold(schema, unfolded);
        if (unfolded.isEmpty())
            return schemas.first(); // true and false are schemas, too
        Joined joined;
        for (const QCborMap &schema : std::as_const(unfolded)) {
            for (const auto member : schema)
                joined.take(member.first.toString(), member.second);
        }
        return joined.finished();
    }

private:
    [[nodiscard]] static QCborArray each(const QCborArray &schemas)
    {
        QCborArray result;
        for (const auto &schema : schemas) {
            if (isSchema(schema))
                result.append(of({schema}));
        }
        return result;
    }

    // Of a keyword that several schemas have, the first one counts.
    void set(const QString &name, const QCborValue &value)
    {
        if (!m_result.contains(name))
            m_result.insert(name, value);
    }

    void take(const QString &name, const QCborValue &value)
    {
        static const QSet<QString> kept{
                u"$id"_s,      u"$anchor"_s, u"type"_s,    u"format"_s,      u"title"_s,           u"minItems"_s,
                u"maxItems"_s, u"minimum"_s, u"maximum"_s, u"description"_s, u"propertyOrdering"_s};
        if (kept.contains(name)) {
            set(name, value);
        } else if (name == "$ref"_L1) {
            // The definitions of drafts before 2019-09 have another name, and references to them as well.
            QString reference = value.toString();
            if (reference.startsWith("#/definitions/"_L1))
                reference.replace(0, 14, u"#/$defs/"_s);
            set(name, reference);
        } else if (name == "const"_L1 || name == "enum"_L1) {
            const QCborArray values = enumeration(name == "enum"_L1 ? value.toArray() : QCborArray{value});
            if (!values.isEmpty())
                set(u"enum"_s, values);
        } else if (name == "properties"_L1 || name == "$defs"_L1 || name == "definitions"_L1) {
            if (value.isMap())
                takeNamed(name == "properties"_L1, value);
        } else if (name == "required"_L1) {
            takeRequired(value.toArray());
        } else if (name == "items"_L1 && value.isArray()) { // of drafts before 2020-12
            set(u"prefixItems"_s, each(value.toArray()));
        } else if (name == "items"_L1 || name == "additionalProperties"_L1) {
            if (isSchema(value))
                set(name, of({value}));
        } else if (name == "prefixItems"_L1 || name == "anyOf"_L1 || name == "oneOf"_L1) {
            if (const QCborArray schemas = each(value.toArray()); !schemas.isEmpty())
                set(name, schemas);
        } else if (name == "exclusiveMinimum"_L1) {
            m_above.append(value);
        } else if (name == "exclusiveMaximum"_L1) {
            m_below.append(value);
        }
    }

    // Properties and definitions are joined when all are known, but stand where the first ones did.
    void takeNamed(bool isProperties, const QCborValue &schemas)
    {
        set(isProperties ? u"properties"_s : u"$defs"_s, QCborMap());
        (isProperties ? m_properties : m_definitions).add(schemas);
    }

    void takeRequired(const QCborArray &names)
    {
        set(u"required"_s, QCborArray());
        for (const auto &name : names) {
            if (!name.isString() || m_known.contains(name.toString()))
                continue;
            m_known.insert(name.toString());
            m_required.append(name);
        }
    }

    [[nodiscard]] QCborMap finished()
    {
        if (m_result.contains(u"properties"_s))
            m_result.insert(u"properties"_s, m_properties.joined(of));
        if (m_result.contains(u"$defs"_s))
            m_result.insert(u"$defs"_s, m_definitions.joined(of));
        if (m_result.contains(u"required"_s))
            m_result.insert(u"required"_s, m_required);
        for (const QCborValue &bound : std::as_const(m_above))
            setBound(m_result, u"minimum"_s, bound, 1);
        for (const QCborValue &bound : std::as_const(m_below))
            setBound(m_result, u"maximum"_s, bound, -1);
        if (!m_result.contains(u"$ref"_s))
            return m_result;
        QCborMap reference; // beside which Gemini takes nothing but keywords that begin like it
        for (const auto member : std::as_const(m_result)) {
            if (member.first.toString().startsWith(u'$'))
                reference.insert(member.first, member.second);
        }
        return reference;
    }

    QCborMap m_result;
    NamedSchemas m_properties;
    NamedSchemas m_definitions;
    QCborArray m_required;
    QSet<QString> m_known; // of m_required
    QList<QCborValue> m_above;
    QList<QCborValue> m_below;
};

} // namespace

QCborMap schemaForGemini(const QCborValue &schema)
{
    return Joined::of({schema}).toMap();
}

} // namespace faces
