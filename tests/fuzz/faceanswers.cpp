#include "proxy/faces/json.h"
#include "proxy/faces/messagesanswer.h"
#include "proxy/faces/messagesrequest.h"
#include "proxy/faces/responsesanswer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/geministream.h"

using namespace Qt::StringLiterals;

namespace {

const faces::SignatureStore none;

std::unique_ptr<faces::AnswerTranslator> messages(bool streams)
{
    static const QByteArray body =
            R"({"model":"m","messages":[{"role":"user","content":"q"}],"thinking":{"type":"adaptive"},)"
            R"("tools":[{"type":"web_search_20250305"}],"stream":)";
    return std::make_unique<faces::MessagesAnswer>(
            *faces::messagesRequest(body + (streams ? "true}" : "false}"), {none, {}}),
            std::make_shared<faces::SignatureStore>());
}

std::unique_ptr<faces::AnswerTranslator> responses(bool streams)
{
    static const QByteArray body =
            R"({"model":"m","input":"q","reasoning":{"summary":"auto"},"include":["reasoning.encrypted_content"],)"

            R"("tools":[{"type":"custom","name":"c"},{"type":"namespace","name":"n",)"
            R"("tools":[{"type":"function","name":"f"}]}],"stream":)";
    return std::make_unique<faces::ResponsesAnswer>(
            *faces::responsesRequest(body + (streams ? "true}" : "false}"), {none, {}}, faces::ResponseStore()),
            std::make_shared<faces::SignatureStore>(), std::make_shared<faces::ResponseStore>());
}

struct Answered
{
    QByteArray out;
    bool failed;
};

Answered answered(std::unique_ptr<faces::AnswerTranslator> translator, const FuzzInput &input, bool whole)
{
    QByteArray out;
    if (whole)
        out += translator->feed(input.bytes);
    else
        input.inPieces([&](QByteArrayView piece) { out += translator->feed(piece); });
    out += translator->finish();
    const bool failed = translator->failure().has_value();
    if (failed && translator->streams())
        out += translator->brokenOff(*translator->failure());
    return {out, failed};
}

// Blocks open and close in pairs, one at a time, and nothing follows the end.
void checkMessages(const Answered &answer)
{
    bool begun = false;
    bool open = false;
    bool ended = false;
    qint64 index = 0;
    for (const auto &[name, data] : geministream::events(answer.out)) {
        require(data["type"_L1].toString().toUtf8() == name && !ended);
        require(begun != (name == "message_start"));
        begun = true;
        if (name.startsWith("content_block")) {
            require(data["index"_L1].toInteger(-1) == index);
            require(open != (name == "content_block_start"));
            open = name != "content_block_stop";
            index += open ? 0 : 1;
        }
        ended = name == "message_stop" || name == "error";
        require(name != "message_stop" || (!open && !answer.failed));
    }
    require(ended);
}

// The same of items, and the numbers of the events grow by one.
void checkResponses(const Answered &answer)
{
    bool open = false;
    bool ended = false;
    qint64 number = 0;
    qint64 index = 0;
    for (const auto &[name, data] : geministream::events(answer.out)) {
        require(data["type"_L1].toString().toUtf8() == name && !ended);
        require(data["sequence_number"_L1].toInteger(-1) == number++);
        if (data["output_index"_L1].isInteger()) {
            require(data["output_index"_L1].toInteger() == index);
            require(open != (name == "response.output_item.added"));
            open = name != "response.output_item.done";
            index += open ? 0 : 1;
        }
        ended = name == "response.completed" || name == "response.incomplete" || name == "response.failed";
        if (ended && name != "response.failed")
            require(!open && !answer.failed && data["response"_L1]["output"_L1].toArray().size() == index);
    }
    require(ended);
}

} // namespace

// Whatever Gemini answers, in whatever pieces, the clients of other APIs get answers that keep to their APIs' rules.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzInput input(data, size);
    using Make = std::unique_ptr<faces::AnswerTranslator> (*)(bool);
    for (const Make make : {Make(messages), Make(responses)}) {
        const Answered stream = answered(make(true), input, true);
        make == Make(messages) ? checkMessages(stream) : checkResponses(stream);
        const QByteArrayList prefixes{"msg_", "toolu_", "srvtoolu_", "resp_", "rs_", "fc_", "ctc_", "ws_", "call_"};
        const Answered pieces = answered(make(true), input, false);
        require(pieces.failed == stream.failed);
        require(geministream::withoutChance(pieces.out, prefixes).size()
                == geministream::withoutChance(stream.out, prefixes).size());
        const Answered whole = answered(make(false), input, false);
        require(whole.failed == stream.failed);
        require(whole.failed ? whole.out.isEmpty() : faces::parseJson(whole.out).has_value());
    }
    return 0;
}
