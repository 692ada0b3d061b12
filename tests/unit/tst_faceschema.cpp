#include "proxy/faces/json.h"
#include "proxy/faces/schema.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

// JSON Schemas, cut to what Gemini understands.
class TestFaceSchema : public QObject
{
    Q_OBJECT

private slots:
    void translated_data();
    void translated();
    void onlyWhatGeminiKnows();
    void manyProperties_data();
    void manyProperties();
    void manyPropertiesBelowManyParts();
};

void TestFaceSchema::translated_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &schema, const QByteArray &expected) {
        QTest::newRow(name) << schema << expected;
    };
    row("kept as it is, in its order",

        R"({"type":"object","properties":{"z":{"type":"string","description":"d"},)"
        R"("a":{"type":"integer","minimum":0}},"required":["z"]})",

        R"({"type":"object","properties":{"z":{"type":"string","description":"d"},)"
        R"("a":{"type":"integer","minimum":0}},"required":["z"]})");
    row("no schema", "3", "{}");
    row("true", "true", "{}");
    row("const", R"({"const":"a"})", R"({"enum":["a"]})");
    row("const 0", R"({"const":0})", R"({"enum":[0]})");
    row("const true", R"({"type":"boolean","const":true})", R"({"type":"boolean"})");
    row("const null", R"({"const":null})", "{}");
    row("enum with null", R"({"type":["string","null"],"enum":["a",null]})",
        R"({"type":["string","null"],"enum":["a"]})");
    row("enum of nothing known", R"({"enum":[null,true,{}]})", "{}");
    row("enum that is none", R"({"enum":"a"})", "{}");
    row("propertyNames",
        R"({"type":"object","propertyNames":{"pattern":"x"},"additionalProperties":{"type":"string","pattern":"y"}})",
        R"({"type":"object","additionalProperties":{"type":"string"}})");
    row("additionalProperties false", R"({"additionalProperties":false})", R"({"additionalProperties":false})");
    row("no additional properties' list", R"({"additionalProperties":[{}]})", "{}");
    row("prefixItems", R"({"prefixItems":[{"const":1},true],"items":false})",
        R"({"prefixItems":[{"enum":[1]},true],"items":false})");
    row("items of older drafts", R"({"items":[{"type":"string","$comment":"x"}]})",
        R"({"prefixItems":[{"type":"string"}]})");
    row("anyOf and oneOf", R"({"anyOf":[{"pattern":"x","type":"string"}],"oneOf":[{"default":1}]})",
        R"({"anyOf":[{"type":"string"}],"oneOf":[{}]})");
    row("anyOf of nothing", R"({"anyOf":[]})", "{}");
    row("$defs", R"({"$ref":"#/$defs/a","$defs":{"a":{"const":"x"}}})",
        R"({"$ref":"#/$defs/a","$defs":{"a":{"enum":["x"]}}})");
    row("definitions",
        R"({"properties":{"p":{"$ref":"#/definitions/a"}},"definitions":{"a":{"$ref":"#/definitions/b"},"b":{}}})",
        R"({"properties":{"p":{"$ref":"#/$defs/a"}},"$defs":{"a":{"$ref":"#/$defs/b"},"b":{}}})");
    row("both kinds of definitions", R"({"$defs":{"a":{"type":"string"}},"definitions":{"b":{"type":"number"}}})",
        R"({"$defs":{"a":{"type":"string"},"b":{"type":"number"}}})");
    row("a property that is named like a keyword",
        R"({"properties":{"const":{"type":"string"},"pattern":{"pattern":"x"},"allOf":{"type":"number"}}})",
        R"({"properties":{"const":{"type":"string"},"pattern":{},"allOf":{"type":"number"}}})");
    row("allOf", R"({"description":"d","allOf":[{"$ref":"#/$defs/a"},{"description":"e","type":"object"}]})",
        R"({"$ref":"#/$defs/a"})"); // beside which Gemini takes no other keyword
    row("allOf joins properties and what is required",

        R"({"properties":{"a":{}},"required":["a"],"allOf":[{"properties":{"b":{}},"required":["b",)"
        R"("a"]},{"properties":{"c":{}},"required":["c","b"]}]})",
        R"({"properties":{"a":{},"b":{},"c":{}},"required":["a","b","c"]})");
    row("allOf in allOf", R"({"allOf":[{"allOf":[{"properties":{"a":{}}}]},{"properties":{"b":{}}}]})",
        R"({"properties":{"a":{},"b":{}}})");
    row("a property that allOf tells again",
        R"({"properties":{"a":{"type":"string"}},"allOf":[{"properties":{"a":{"description":"d"}}}]})",
        R"({"properties":{"a":{"type":"string","description":"d"}}})");
    row("allOf that is none", R"({"allOf":{"a":1}})", "{}");
    row("exclusive bounds of integers", R"({"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10})",
        R"({"type":"integer","minimum":1,"maximum":9})");
    row("the narrower bound counts",
        R"({"type":"integer","minimum":5,"exclusiveMinimum":0,"maximum":6,"exclusiveMaximum":99})",
        R"({"type":"integer","minimum":5,"maximum":6})");
    row("exclusive bounds of fractions", R"({"type":"number","exclusiveMinimum":0,"exclusiveMaximum":0.5})",
        R"({"type":"number","minimum":0,"maximum":0.5})");
    row("exclusive bounds of draft 4", R"({"type":"integer","minimum":1,"exclusiveMinimum":true})",
        R"({"type":"integer","minimum":1})");
    row("the largest bound",
        R"({"type":"integer","exclusiveMinimum":9223372036854775807,"exclusiveMaximum":-9223372036854775808})",
        R"({"type":"integer","minimum":9223372036854775807,"maximum":-9223372036854775808})");
    row("items in items", R"({"items":{"items":{"items":{"uniqueItems":true,"minItems":1}}}})",
        R"({"items":{"items":{"items":{"minItems":1}}}})");
    row("other keywords",

        R"({"$schema":"x","default":1,"examples":[1],"not":{},"if":{},"then":{},"else":{},)"
        R"("pattern":"x","minLength":1,"multipleOf":2,"patternProperties":{},"nullable":true,)"
        R"("dependentRequired":{},"contains":{},"readOnly":true,"title":"t"})",
        R"({"title":"t"})");
    row("members that are no schemas", R"({"properties":{"a":3,"b":true,"c":null},"items":"x"})",
        R"({"properties":{"b":true}})");
    row("properties that are none", R"({"properties":[1],"$defs":3,"anyOf":{}})", "{}");
}

void TestFaceSchema::translated()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, expected);
    const auto parsed = faces::parseJson(schema);
    QVERIFY(parsed);
    QCOMPARE(faces::toJson(faces::schemaForGemini(*parsed)), expected);
}

namespace {

// Returns the first keyword that Gemini does not know; "" = none.
QString unknownIn(const QCborValue &schema)
{
    static const QSet<QString> known{u"$id"_s,
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
                                     u"additionalProperties"_s,
                                     u"required"_s,
                                     u"propertyOrdering"_s};
    for (const auto member : schema.toMap()) {
        QString name = member.first.toString();
        if (!known.contains(name))
            return name;
        const QCborValue value = member.second;
        QList<QCborValue> inner{value};
        for (const auto &element : value.toArray())
            inner.append(element);
        if (name == "properties"_L1 || name == "$defs"_L1) {
            inner.clear();
            for (const auto property : value.toMap())
                inner.append(property.second);
        }
        for (const QCborValue &each : std::as_const(inner)) {
            if (QString unknown = unknownIn(each); !unknown.isEmpty())
                return unknown;
        }
    }
    return {};
}

} // namespace

// Whatever keyword stands within whatever other one.
void TestFaceSchema::onlyWhatGeminiKnows()
{
    const QByteArray keywords[] = {"items",
                                   "prefixItems",
                                   "properties",
                                   "additionalProperties",
                                   "anyOf",
                                   "oneOf",
                                   "allOf",
                                   "not",
                                   "$defs",
                                   "definitions",
                                   "if",
                                   "contains",
                                   "patternProperties",
                                   "dependentSchemas",
                                   "propertyNames",
                                   "unevaluatedProperties"};
    const QByteArray leaf = R"({"type":"string","const":"c","pattern":"x","exclusiveMinimum":1,"nonsense":{"a":1}})";
    for (const QByteArray &outer : keywords) {
        for (const QByteArray &middle : keywords) {
            for (const char *form : {"{\"%1\":%2}", "{\"%1\":[%2,%2]}", "{\"%1\":{\"pattern\":%2,\"nonsense\":%2}}"}) {
                const auto wrap = [form](const QByteArray &keyword, const QByteArray &inner) {
                    return QByteArray(form).replace("%1", keyword).replace("%2", inner);
                };
                const QByteArray schema = wrap(outer, wrap(middle, leaf));
                const auto parsed = faces::parseJson(schema);
                QVERIFY(parsed);
                const QCborMap result = faces::schemaForGemini(*parsed);
                QVERIFY2(unknownIn(result).isEmpty(), QByteArray(schema + " -> " + faces::toJson(result)).constData());
            }
        }
    }
}

void TestFaceSchema::manyProperties_data()
{
    QTest::addColumn<bool>("inOne");
    QTest::newRow("two large parts") << true;
    QTest::newRow("many small parts") << false;
}

// Schemas come from whatever program asks. Those that are joined may have very many members, which would take minutes
// if each were looked for among all the others.
void TestFaceSchema::manyProperties()
{
    QFETCH(bool, inOne);
    constexpr int count = 100'000;
    QCborArray parts;
    for (int part = 0; part < (inOne ? 2 : count); ++part) {
        QCborMap properties;
        QByteArray text = "{\"properties\":{";
        QByteArray required;
        for (int i = 0; i < (inOne ? count : 1); ++i) {
            const QByteArray name = '"' + QByteArray::number(part * (inOne ? count / 2 : 1) + i) + '"';
            text += name + ":{},";
            required += name + ',';
        }
        text.chop(1);
        required.chop(1);
        parts.append(*faces::parseJson(text + "},\"required\":[" + required + "]}"));
    }
    const QCborMap joined = faces::schemaForGemini(QCborMap{{u"allOf"_s, parts}});
    const int expected = inOne ? count * 3 / 2 : count;
    QCOMPARE(joined.value(u"properties"_s).toMap().size(), expected);
    QCOMPARE(joined.value(u"required"_s).toArray().size(), expected);
}

// Each of very many properties is looked at once, although all the schemas around them have to be joined.
void TestFaceSchema::manyPropertiesBelowManyParts()
{
    constexpr int depth = 30;
    constexpr int count = 100'000;
    QByteArray text = "{\"properties\":{";
    for (int i = 0; i < count; ++i)
        text += '"' + QByteArray::number(i) + "\":{},";
    text.back() = '}';
    text += '}';
    for (int i = 1; i <= depth; ++i) {
        const QByteArray chain = QByteArray(R"({"properties":{"a":)").repeated(i) + R"({"properties":{"last":{}}})"
                + QByteArray("}}").repeated(i);
        text = R"({"allOf":[{"properties":{"a":)" + text + "}}," + chain + "]}";
        if (i % 2 == 0) // and around those that only consist of one another
            text = R"({"allOf":[)" + text + "]}";
    }
    const auto parsed = faces::parseJson(text);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
    QCborValue schema = faces::schemaForGemini(*parsed);
    for (int i = 0; i < depth; ++i)
        schema = schema.toMap().value(u"properties"_s).toMap().value(u"a"_s);
    QCOMPARE(schema.toMap().value(u"properties"_s).toMap().size(), count + 1);
}

QTEST_APPLESS_MAIN(TestFaceSchema)
#include "tst_faceschema.moc"
