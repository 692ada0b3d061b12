#include "proxy/demo/demoserver.h"
#include "proxy/demo/demotools.h"
#include "tests/support/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using Response = HttpClient::Response;

// What the demo refuses, as Gemini does: each rule by a request that breaks it and nothing else, and by one that does
// not.
class TestDemoRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void signatures_data();
    void signatures();
    void functionTurns_data();
    void functionTurns();
    void rolesAndParts_data();
    void rolesAndParts();
    void members_data();
    void members();
    void schemas_data();
    void schemas();
    void declarations_data();
    void declarations();
    void thinking_data();
    void thinking();
    void openAi_data();
    void openAi();
    void errorsHaveGooglesShape_data();
    void errorsHaveGooglesShape();

private:
    [[nodiscard]] Response post(const QByteArray &target, const QByteArray &body) const;
    [[nodiscard]] Response generate(const QByteArray &body, const QByteArray &model = "gemini-flash-latest"_ba) const;

    void checkRow() const; // of columns()

    DemoServer m_demo;
};

namespace {

QByteArray quoted(const QByteArray &text)
{
    return '"' + text + '"';
}

// The demo's own signature as the member of a part, with a comma ahead.
QByteArray signedFor(const QByteArray &name, int step = 0)
{
    return ",\"thoughtSignature\":" + quoted(demotools::thoughtSignature(QString::fromLatin1(name), step).toLatin1());
}

QByteArray call(const QByteArray &name, const QByteArray &rest = {})
{
    return "{\"functionCall\":{\"name\":" + quoted(name) + ",\"args\":{}}" + rest + '}';
}

QByteArray result(const QByteArray &name, const QByteArray &rest = {})
{
    return "{\"functionResponse\":{\"name\":" + quoted(name) + ",\"response\":{\"ok\":true}" + rest + "}}";
}

QByteArray text(const QByteArray &words)
{
    return "{\"text\":" + quoted(words) + '}';
}

QByteArray turn(const QByteArray &role, const QByteArrayList &parts)
{
    return "{\"role\":" + quoted(role) + ",\"parts\":[" + parts.join(',') + "]}";
}

QByteArray user(const QByteArrayList &parts)
{
    return turn("user"_ba, parts);
}

QByteArray model(const QByteArrayList &parts)
{
    return turn("model"_ba, parts);
}

QByteArray contents(const QByteArrayList &turns)
{
    return "{\"contents\":[" + turns.join(',') + "]}";
}

// A request with a question and further members.
QByteArray with(const QByteArray &members)
{
    return R"({"contents":[{"parts":[{"text":"Hi"}]}],)"_ba + members + '}';
}

QByteArray withFunctions(const QByteArrayList &declarations)
{
    return with(R"("tools":[{"functionDeclarations":[)"_ba + declarations.join(',') + "]}]");
}

// A function with this schema as its parameters, under the name of that member.
QByteArray withSchema(const QByteArray &member, const QByteArray &schema)
{
    return withFunctions({"{\"name\":\"f\","_ba + quoted(member) + ':' + schema + '}'});
}

QByteArray withConfig(const QByteArray &members)
{
    return with("\"generationConfig\":{"_ba + members + '}');
}

void columns()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("problem"); // a part of the message; "" = the request is answered
}

QString messageOf(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    return (json.isArray() ? json[0] : QJsonValue(json.object()))["error"_L1]["message"_L1].toString();
}

// Compares an answer with what a row expects.
void compare(const Response &answer, const QString &problem)
{
    if (problem.isEmpty()) {
        QVERIFY2(answer.status == 200, answer.body.constData());
        return;
    }
    QCOMPARE(answer.status, 400);
    const QString message = messageOf(answer.body);
    QVERIFY2(message.contains(problem), qPrintable(message));
}

const QByteArray hi = user({text("Hi"_ba)});
const QString missing = u"Function call is missing a thought_signature in functionCall parts."_s;
const QString corrupted = u"Corrupted thought signature."_s;
const QString unequal = u"Please ensure that the number of function response parts is equal to the number of function "
                        "call parts of the function call turn."_s;
const QString afterCall = u"Please ensure that function response turn comes immediately after a function call turn."_s;
const QString callPlace = u"Please ensure that function call turn comes immediately after a user turn or after a "
                          "function response turn."_s;
const QString otherOrder = u"in the same order"_s;

} // namespace

void TestDemoRules::initTestCase()
{
    m_demo.setPace(std::chrono::milliseconds(0));
    QVERIFY(m_demo.listen());
}

Response TestDemoRules::post(const QByteArray &target, const QByteArray &body) const
{
    HttpClient client(quint16(m_demo.url().port()));
    client.send(client.request("POST"_ba, target, "x-goog-api-key: k\r\n"_ba, body));
    return runUntil([&] { return client.hasEnded(); }) ? client.response() : Response{};
}

Response TestDemoRules::generate(const QByteArray &body, const QByteArray &name) const
{
    return post("/v1beta/models/" + name + ":generateContent", body);
}

void TestDemoRules::checkRow() const
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, problem);
    compare(generate(body), problem);
}

void TestDemoRules::signatures_data()
{
    columns();
    const auto asked = [](const QByteArray &part) { return contents({hi, model({part}), user({result("f"_ba)})}); };
    QTest::newRow("as it came") << asked(call("f"_ba, signedFor("f"_ba))) << u""_s;
    QTest::newRow("in snake case") << asked(call("f"_ba, signedFor("f"_ba).replace("tS", "t_s"))) << u""_s;
    QTest::newRow("the documented stand-in")
            << asked(call("f"_ba, R"(,"thoughtSignature":"skip_thought_signature_validator")"_ba)) << u""_s;
    QTest::newRow("the other stand-in") << asked(
            call("f"_ba, R"(,"thoughtSignature":"context_engineering_is_the_way_to_go")"_ba))
                                        << u""_s;
    QTest::newRow("a stand-in in Base64")
            << asked(call("f"_ba, R"(,"thoughtSignature":"c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=")"_ba)) << u""_s;
    QTest::newRow("missing") << asked(call("f"_ba)) << missing;
    QTest::newRow("missing, where") << asked(call("f"_ba)) << u"function call `default_api:f`, position 2."_s;
    QTest::newRow("empty") << asked(call("f"_ba, R"(,"thoughtSignature":"")"_ba)) << missing;
    QTest::newRow("changed") << asked(call("f"_ba, R"(,"thoughtSignature":"Y2hhbmdlZA==")"_ba)) << corrupted;
    QTest::newRow("another function's") << asked(call("f"_ba, signedFor("g"_ba))) << corrupted;
    QTest::newRow("another step's") << asked(call("f"_ba, signedFor("f"_ba, 1))) << corrupted;

    const auto parallel = [](const QByteArray &first, const QByteArray &second) {
        return contents({hi, model({first, second}), user({result("f"_ba), result("g"_ba)})});
    };
    QTest::newRow("parallel: the first") << parallel(call("f"_ba, signedFor("f"_ba)), call("g"_ba)) << u""_s;
    QTest::newRow("parallel: the second") << parallel(call("f"_ba), call("g"_ba, signedFor("g"_ba))) << missing;

    const auto steps = [](const QByteArray &first, const QByteArray &second) {
        return contents({hi, model({first}), user({result("f"_ba)}), model({second}), user({result("f"_ba)})});
    };
    QTest::newRow("each step") << steps(call("f"_ba, signedFor("f"_ba)), call("f"_ba, signedFor("f"_ba, 1))) << u""_s;
    QTest::newRow("not the second step") << steps(call("f"_ba, signedFor("f"_ba)), call("f"_ba)) << missing;
    QTest::newRow("not the first step") << steps(call("f"_ba), call("f"_ba, signedFor("f"_ba, 1))) << missing;
    QTest::newRow("exchanged") << steps(call("f"_ba, signedFor("f"_ba, 1)), call("f"_ba, signedFor("f"_ba)))
                               << corrupted;

    QTest::newRow("an earlier turn needs none")
            << contents({hi, model({call("f"_ba)}), user({result("f"_ba)}), model({text("So."_ba)}), hi}) << u""_s;
    QTest::newRow("the turn behind it does")
            << contents({hi, model({text("So."_ba)}), hi, model({call("f"_ba)}), user({result("f"_ba)})}) << missing;
}

void TestDemoRules::signatures()
{
    checkRow();
}

void TestDemoRules::functionTurns_data()
{
    columns();
    const QByteArray f = call("f"_ba, R"(,"thoughtSignature":"skip_thought_signature_validator")"_ba);
    const QByteArray g = call("g"_ba);
    const QByteArray picture = R"({"inlineData":{"mimeType":"image/png","data":"AA=="}})"_ba;
    const auto answered = [&](const QByteArrayList &parts) { return contents({hi, model({f, g}), user(parts)}); };
    const QByteArrayList both{result("f"_ba), result("g"_ba)};
    QTest::newRow("all answered") << answered(both) << u""_s;
    QTest::newRow("with a picture behind") << answered(both + QByteArrayList{picture}) << u""_s;
    QTest::newRow("with a picture ahead") << answered(QByteArrayList{picture} + both) << u"ahead of all other parts"_s;
    QTest::newRow("with a picture inside")
            << answered({result("f"_ba, ",\"parts\":["_ba + picture + ']'), result("g"_ba)}) << u""_s;
    QTest::newRow("by the role function") << contents({hi, model({f, g}), turn("function"_ba, both)}) << u""_s;
    QTest::newRow("one answered") << answered({result("f"_ba)}) << unequal;
    QTest::newRow("three answered") << answered(both + QByteArrayList{result("g"_ba)}) << unequal;
    QTest::newRow("none answered") << answered({text("Well?"_ba)}) << unequal;
    QTest::newRow("in another order") << answered({result("g"_ba), result("f"_ba)}) << otherOrder;
    QTest::newRow("with another name") << answered({result("f"_ba), result("h"_ba)}) << otherOrder;
    QTest::newRow("streamed calls in pieces")
            << contents({hi, model({text("So."_ba)}), model({f}), model({g}), user(both)}) << u""_s;
    QTest::newRow("streamed calls in pieces, one answered")
            << contents({hi, model({f}), model({g}), user({result("g"_ba)})}) << unequal;
    QTest::newRow("a call is last") << contents({hi, model({f})}) << unequal;
    QTest::newRow("another turn first") << contents(
            {hi, model({f}), hi, model({text("So."_ba)}), user({result("f"_ba)})})
                                        << unequal;
    QTest::newRow("no call before") << contents({user({result("f"_ba)})}) << afterCall;
    QTest::newRow("a text before") << contents({hi, model({text("So."_ba)}), user({result("f"_ba)})}) << afterCall;
    QTest::newRow("a call comes first") << contents({model({f}), user({result("f"_ba)})}) << callPlace;
    QTest::newRow("the user calls") << contents({user({f})}) << callPlace;
    QTest::newRow("a call after a result")
            << contents({hi, model({f}), user({result("f"_ba)}), model({f}), user({result("f"_ba)})}) << u""_s;

    const auto ids = [&](const QByteArray &called, const QByteArray &answeredId) {
        QByteArray part = f;
        part.replace("\"name\"", "\"id\":" + quoted(called) + ",\"name\"");
        return contents({hi, model({part}), user({result("f"_ba, ",\"id\":" + quoted(answeredId))})});
    };
    QTest::newRow("the same id") << ids("1"_ba, "1"_ba) << u""_s;
    QTest::newRow("another id") << ids("1"_ba, "2"_ba) << otherOrder;
}

void TestDemoRules::functionTurns()
{
    checkRow();
}

void TestDemoRules::rolesAndParts_data()
{
    columns();
    const QByteArray so = model({text("So."_ba)});
    QTest::newRow("alternating") << contents({hi, so, hi}) << u""_s;
    QTest::newRow("no role") << contents({R"({"parts":[{"text":"Hi"}]})"_ba}) << u""_s;
    QTest::newRow("an unknown role") << contents({turn("assistant"_ba, {text("Hi"_ba)})}) << u"valid role"_s;
    QTest::newRow("a system's role") << contents({turn("system"_ba, {text("Hi"_ba)})}) << u"valid role"_s;
    QTest::newRow("twice the user") << contents({hi, hi}) << u"alternate between user and model"_s;
    QTest::newRow("twice, once without its name")
            << contents({hi, R"({"parts":[{"text":"Hi"}]})"_ba}) << u"alternate between user and model"_s;
    QTest::newRow("a streamed answer in pieces") << contents({hi, so, so, hi}) << u""_s;
    QTest::newRow("twice the function") << contents(
            {hi, model({call("f"_ba, signedFor("f"_ba))}), turn("function"_ba, {result("f"_ba)}),
             turn("function"_ba, {text("So."_ba)}), turn("function"_ba, {text("So."_ba)})})
                                        << u"alternate between user and model"_s;
    QTest::newRow("words behind results") << contents(
            {hi, model({call("f"_ba, signedFor("f"_ba))}), user({result("f"_ba)}), user({text("Go on."_ba)})})
                                          << u""_s;
    QTest::newRow("words beside results")
            << contents({hi, model({call("f"_ba, signedFor("f"_ba))}), user({result("f"_ba), text("Go on."_ba)})})
            << u"ending with a model turn"_s;
    QTest::newRow("no parts") << contents({user({})}) << u"must include at least one parts field"_s;
    QTest::newRow("no member parts") << contents({R"({"role":"user"})"_ba})
                                     << u"must include at least one parts field"_s;
    QTest::newRow("a part without data")
            << contents({user({text("Hi"_ba), R"({"thought":true})"_ba})})
            << u"* GenerateContentRequest.contents[0].parts[1].data: required oneof field 'data'"_s;
    QTest::newRow("a part with two kinds of data")
            << contents({user({R"({"text":"Hi","inlineData":{}})"_ba})}) << u"oneof field 'data' is already set"_s;
    QTest::newRow("an empty text") << contents({user({text(""_ba)})}) << u"it has an empty text parameter"_s;
    QTest::newRow("an empty text with a signature")
            << contents({hi, model({text("So."_ba), R"({"text":"","thoughtSignature":"YQ=="})"_ba}), hi}) << u""_s;
}

void TestDemoRules::rolesAndParts()
{
    checkRow();
}

void TestDemoRules::members_data()
{
    columns();
    const auto unknown = [](const char *where) {
        return u"Invalid JSON payload received. Unknown name \"x\"%1: Cannot find field."_s.arg(
                QString::fromLatin1(where));
    };
    QTest::newRow("request") << with(R"("x":1)"_ba) << unknown("");
    QTest::newRow("generationConfig") << withConfig(R"("x":1)"_ba) << unknown(" at 'generation_config'");
    QTest::newRow("thinkingConfig") << withConfig(R"("thinkingConfig":{"x":1})"_ba)
                                    << unknown(" at 'generation_config.thinking_config'");
    QTest::newRow("tools") << with(R"("tools":[{"codeExecution":{}},{"x":{}}])"_ba) << unknown(" at 'tools[1]'");
    QTest::newRow("functionDeclarations") << withFunctions({R"({"name":"f"})"_ba, R"({"name":"g","x":1})"_ba})
                                          << unknown(" at 'tools[0].function_declarations[1]'");
    QTest::newRow("contents") << contents({R"({"parts":[{"text":"Hi"}],"x":1})"_ba}) << unknown(" at 'contents[0]'");
    QTest::newRow("parts") << contents({user({R"({"text":"Hi","x":1})"_ba})}) << unknown(" at 'contents[0].parts[0]'");
    QTest::newRow("functionCall") << contents({user({R"({"functionCall":{"x":1}})"_ba})})
                                  << unknown(" at 'contents[0].parts[0].function_call'");
    QTest::newRow("functionResponse") << contents({user({R"({"functionResponse":{"x":1}})"_ba})})
                                      << unknown(" at 'contents[0].parts[0].function_response'");
    QTest::newRow("known in camel case") << withConfig(R"("topP":0.5,"thinkingConfig":{"includeThoughts":true})"_ba)
                                         << u""_s;
    QTest::newRow("known in snake case") << with(
            R"("generation_config":{"top_p":0.5,"thinking_config":{"include_thoughts":true}})"_ba)
                                         << u""_s;
    QTest::newRow("unknown in snake case")
            << with(R"("generation_config":{"x":1})"_ba) << unknown(" at 'generation_config'");
    QTest::newRow("five stop sequences") << withConfig(R"("stopSequences":["1","2","3","4","5"])"_ba) << u""_s;
    QTest::newRow("six stop sequences") << withConfig(R"("stopSequences":["1","2","3","4","5","6"])"_ba)
                                        << u"stop_sequences"_s;
    QTest::newRow("two schemas of the answer")
            << withConfig(R"("responseSchema":{},"responseJsonSchema":{})"_ba) << u"Only one of response_schema"_s;
}

void TestDemoRules::members()
{
    checkRow();
}

void TestDemoRules::schemas_data()
{
    columns();
    const QByteArray own = "parameters"_ba;
    const QByteArray json = "parametersJsonSchema"_ba;
    const auto nested = [](const QByteArray &schema) {
        return R"({"type":"object","properties":{"a":{"type":"string"},"b":)"_ba + schema + "}}";
    };
    const QString path = u"tools[0].function_declarations[0].parameters"_s;
    QTest::newRow("own: all members") << withSchema(
            own, nested(R"({"type":"ARRAY","minItems":1,"max_items":"3","nullable":true,"title":"t",
                "items":{"anyOf":[{"type":"string","enum":["x"],"pattern":"x","minLength":"1"},{"type":"NULL"}],
                "default":"x","example":"x"}})"_ba))
                                      << u""_s;
    for (const QByteArray name : {"$schema", "additionalProperties", "const", "exclusiveMinimum", "$ref", "oneOf"})
        QTest::addRow("own: %s", name.constData())
                << withSchema(own, nested("{\"type\":\"string\","_ba + quoted(name) + ":{}}"))
                << u"Unknown name \"%1\" at '%2.properties[1].value': Cannot find field."_s.arg(
                           QString::fromLatin1(name), path);
    QTest::newRow("own: in items") << withSchema(own, R"({"type":"array","items":{"const":1}})"_ba)
                                   << u"Unknown name \"const\" at '%1.items'"_s.arg(path);
    QTest::newRow("own: in anyOf") << withSchema(own, R"({"anyOf":[{"type":"string"},{"not":{}}]})"_ba)
                                   << u"Unknown name \"not\" at '%1.any_of[1]'"_s.arg(path);
    QTest::newRow("own: two types") << withSchema(own, nested(R"({"type":["string","null"]})"_ba))
                                    << u"Proto field is not repeating, cannot start list."_s;
    QTest::newRow("own: no such type") << withSchema(own, nested(R"({"type":"any"})"_ba)) << u".Type), \"any\""_s;
    QTest::newRow("own: enum of numbers") << withSchema(own, nested(R"({"type":"integer","enum":[1]})"_ba))
                                          << u"properties[1].value.enum[0]' (TYPE_STRING)"_s;
    QTest::newRow("own: no object") << withSchema(own, "true"_ba) << u"Invalid value at '%1'"_s.arg(path);
    QTest::newRow("own: of the answer") << withConfig(R"("responseSchema":{"const":1})"_ba)
                                        << u"Unknown name \"const\" at 'generation_config.response_schema'"_s;

    QTest::newRow("JSON: all keywords") << withSchema(
            json, R"({"$id":"i","$defs":{"d":{"$anchor":"a","type":"string","enum":["x",1]}},
                "type":"object","title":"t","description":"d","propertyOrdering":["b"],"required":["b"],
                "additionalProperties":false,"properties":{"b":{"anyOf":[{"$ref":"#/$defs/d"},{"type":"null"}]},
                "c":{"type":["array","null"],"prefixItems":[{"type":"number","minimum":1,"maximum":2}],
                "items":{"oneOf":[{"format":"date-time"}]},"minItems":1,"maxItems":2}}})"_ba)
                                        << u""_s;
    for (const QByteArray name : {"const", "propertyNames", "$schema", "exclusiveMinimum", "pattern", "default", "not",
                                  "allOf", "if", "nullable"})
        QTest::addRow("JSON: %s", name.constData())
                << withSchema(json, nested("{\"type\":\"string\","_ba + quoted(name) + ":{}}"))
                << u"_json_schema.properties[1].value': the keyword \"%1\" is not supported"_s.arg(
                           QString::fromLatin1(name));
    for (const QByteArray place :
         {R"("$defs":{"d":{"const":1}})", R"("prefixItems":[{"const":1}])", R"("oneOf":[{"const":1}])",
          R"("additionalProperties":{"const":1})", R"("items":{"const":1})"})
        QTest::addRow("JSON: in %s", place.constData())
                << withSchema(json, '{' + place + '}') << u"the keyword \"const\""_s;
    QTest::newRow("JSON: enum of others")
            << withSchema(json, nested(R"({"enum":["x",null]})"_ba)) << u"\"enum\" may hold strings and numbers only"_s;
    QTest::newRow("JSON: beside a reference")
            << withSchema(json, nested(R"({"$ref":"#/$defs/d","description":"x"})"_ba)) << u"beside \"$ref\""_s;
    QTest::newRow("JSON: no object") << withSchema(json, nested("true"_ba)) << u"an object is expected"_s;
    QTest::newRow("JSON: in snake case") << withSchema("parameters_json_schema"_ba, R"({"const":1})"_ba)
                                         << u"the keyword \"const\""_s;
    QTest::newRow("JSON: of the answer") << withConfig(R"("responseJsonSchema":{"const":1})"_ba)
                                         << u"generation_config.response_json_schema"_s;
}

void TestDemoRules::schemas()
{
    checkRow();
}

void TestDemoRules::declarations_data()
{
    columns();
    const auto named = [](const QByteArray &name) { return withFunctions({"{\"name\":" + quoted(name) + '}'}); };
    QTest::newRow("a good name") << named("_a.b:c-d_1"_ba) << u""_s;
    QTest::newRow("a long name") << named(QByteArray(128, 'a')) << u""_s;
    QTest::newRow("a name too long") << named(QByteArray(129, 'a')) << u"with a maximum length of 128"_s;
    QTest::newRow("a digit first") << named("1a"_ba) << u"Must start with a letter or an underscore"_s;
    QTest::newRow("a space") << named("a b"_ba) << u"Invalid function name"_s;
    QTest::newRow("a letter of another script") << named("straße"_ba) << u"Invalid function name"_s;
    QTest::newRow("no name") << withFunctions({"{}"_ba}) << u"Invalid function name"_s;
    QTest::newRow("two of one name") << withFunctions({R"({"name":"f"})"_ba, R"({"name":"f"})"_ba})
                                     << u"Duplicate function declaration found: f"_s;
    QTest::newRow("in two tools") << with(R"("tools":[{"functionDeclarations":[{"name":"f"}]},
                                             {"function_declarations":[{"name":"f"}]}])"_ba)
                                  << u"Duplicate function declaration found: f"_s;
    QTest::newRow("both kinds of parameters")
            << withFunctions({R"({"name":"f","parameters":{},"parametersJsonSchema":{}})"_ba})
            << u"only one of parameters and parameters_json_schema"_s;
}

void TestDemoRules::declarations()
{
    checkRow();
}

void TestDemoRules::thinking_data()
{
    QTest::addColumn<QByteArray>("name"); // of the model
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("problem");
    const QByteArray flash = "gemini-flash-latest"_ba;
    const QByteArray pro = "gemini-pro-latest"_ba;
    for (const QByteArray level : {"minimal", "LOW", "Medium", "high"})
        QTest::addRow("%s", level.constData()) << flash << "\"thinkingLevel\":" + quoted(level) << u""_s;
    QTest::newRow("no such level") << flash << R"("thinkingLevel":"max")"_ba << u"\"max\""_s;
    QTest::newRow("a budget") << flash << R"("thinkingBudget":0)"_ba << u""_s;
    QTest::newRow("level and budget") << flash << R"("thinkingLevel":"low","thinking_budget":0)"_ba
                                      << u"one of thinking budget and thinking level"_s;
    QTest::newRow("pro, low") << pro << R"("thinkingLevel":"low")"_ba << u""_s;
    QTest::newRow("pro, minimal") << pro << R"("thinkingLevel":"minimal")"_ba << u"MINIMAL is not supported"_s;
}

void TestDemoRules::thinking()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, config);
    QFETCH(const QString, problem);
    compare(generate(withConfig("\"thinkingConfig\":{" + config + '}'), name), problem);
}

void TestDemoRules::openAi_data()
{
    columns();
    const auto messages = [](const QByteArrayList &all) {
        return R"({"model":"m","messages":[)"_ba + all.join(',') + "]}";
    };
    const auto calls = [](const QByteArrayList &each) {
        return R"({"role":"assistant","content":null,"tool_calls":[)"_ba + each.join(',') + "]}";
    };
    const auto toolCall = [](const QByteArray &id, const QByteArray &name, const QByteArray &signature = {}) {
        const QByteArray extra = signature.isEmpty()
                ? ""_ba
                : R"(,"extra_content":{"google":{"thought_signature":)"_ba + quoted(signature) + "}}";
        return "{\"id\":" + quoted(id) + R"(,"type":"function","function":{"name":)" + quoted(name)
                + R"(,"arguments":"{}"})" + extra + '}';
    };
    const auto tool = [](const QByteArray &id) {
        return R"({"role":"tool","content":"ok","tool_call_id":)"_ba + quoted(id) + '}';
    };
    const QByteArray ask = R"({"role":"user","content":"Hi"})"_ba;
    const QByteArray system = R"({"role":"system","content":"Be brief."})"_ba;
    const QByteArray first = demotools::thoughtSignature(u"f"_s, 0).toLatin1();
    const QByteArray second = demotools::thoughtSignature(u"f"_s, 1).toLatin1();

    QTest::newRow("a call") << messages({system, ask, calls({toolCall("1"_ba, "f"_ba, first)}), tool("1"_ba)}) << u""_s;
    QTest::newRow("two calls") << messages(
            {ask, calls({toolCall("1"_ba, "f"_ba, first), toolCall("2"_ba, "g"_ba)}), tool("1"_ba), tool("2"_ba)})
                               << u""_s;
    QTest::newRow("two steps") << messages({ask, calls({toolCall("1"_ba, "f"_ba, first)}), tool("1"_ba),
                                            calls({toolCall("2"_ba, "f"_ba, second)}), tool("2"_ba)})
                               << u""_s;
    QTest::newRow("no signature") << messages({ask, calls({toolCall("1"_ba, "f"_ba)}), tool("1"_ba)})
                                  << u"function call `default_api:f`, position 2."_s;
    QTest::newRow("no signature, but an earlier turn")
            << messages({ask, calls({toolCall("1"_ba, "f"_ba)}), tool("1"_ba), ask}) << u""_s;
    QTest::newRow("a changed signature") << messages({ask, calls({toolCall("1"_ba, "f"_ba, "eA=="_ba)}), tool("1"_ba)})
                                         << corrupted;
    QTest::newRow("a stand-in") << messages(
            {ask, calls({toolCall("1"_ba, "f"_ba, "skip_thought_signature_validator"_ba)}), tool("1"_ba)})
                                << u""_s;
    QTest::newRow("one of two results") << messages(
            {ask, calls({toolCall("1"_ba, "f"_ba, first), toolCall("2"_ba, "g"_ba)}), tool("1"_ba)})
                                        << unequal;
    QTest::newRow("no result") << messages({ask, calls({toolCall("1"_ba, "f"_ba, first)})}) << unequal;
    QTest::newRow("a result of another call")
            << messages({ask, calls({toolCall("1"_ba, "f"_ba, first)}), tool("2"_ba)}) << otherOrder;
    QTest::newRow("results in another order") << messages(
            {ask, calls({toolCall("1"_ba, "f"_ba, first), toolCall("2"_ba, "g"_ba)}), tool("2"_ba), tool("1"_ba)})
                                              << otherOrder;
    QTest::newRow("a result without a call") << messages({ask, tool("1"_ba)}) << afterCall;
    QTest::newRow("two questions in a row") << messages({ask, ask}) << u""_s;
    QTest::newRow("two functions of one name") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],
            "tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"f"}}]})")
                                               << u"Duplicate function declaration found: f"_s;
}

void TestDemoRules::openAi()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, problem);
    compare(post("/v1beta/openai/chat/completions"_ba, body), problem);
}

void TestDemoRules::errorsHaveGooglesShape_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("inArray");
    const QByteArray flash = "/v1beta/models/gemini-flash-latest:"_ba;
    const QByteArray native = with("\"x\":1"_ba);
    QTest::newRow("unary") << flash + "generateContent" << native << false;
    QTest::newRow("events") << flash + "streamGenerateContent?alt=sse" << native << false;
    QTest::newRow("array") << flash + "streamGenerateContent" << native << true;
    for (const QByteArray stream : {"false", "true"})
        QTest::addRow("OpenAI, stream: %s", stream.constData())
                << "/v1beta/openai/chat/completions"_ba
                << R"({"model":"m","stream":)"_ba + stream + R"(,"messages":[{"role":"tool","content":"x"}]})" << true;
}

void TestDemoRules::errorsHaveGooglesShape()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const bool, inArray);
    const Response answer = post(target, body);
    QCOMPARE(answer.status, 400);
    const QJsonDocument json = QJsonDocument::fromJson(answer.body);
    QCOMPARE(json.isArray(), inArray);
    const QJsonValue error = (inArray ? json[0] : QJsonValue(json.object()))["error"_L1];
    QCOMPARE(error["code"_L1].toInt(), 400);
    QCOMPARE(error["status"_L1].toString(), u"INVALID_ARGUMENT"_s);
    QVERIFY(!error["message"_L1].toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestDemoRules)
#include "tst_demorules.moc"
