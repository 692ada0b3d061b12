#pragma once

#include <QByteArray>

// Answers of the Interactions API, as Gemini sends them (https://ai.google.dev/api/interactions-api).
namespace interactionevents {

// An event of a stream: its type stands in a field of its own and as a member of its data.
inline QByteArray namedEvent(const QByteArray &type, const QByteArray &members)
{
    return "event: " + type + "\ndata: {" + members + ",\"event_type\":\"" + type + "\"}\n\n";
}

// As it is billed: input 12, output 8, of which 3 are thoughts, 4 cached, 20 in all.
inline const QByteArray usage = R"({"total_input_tokens":10,"total_output_tokens":5,"total_thought_tokens":3,)"
                                R"("total_tool_use_tokens":2,"total_cached_tokens":4,"total_tokens":20,)"
                                R"("input_tokens_by_modality":[{"modality":"text","tokens":10}]})";

inline const QByteArray created = namedEvent(
        "interaction.created", R"("interaction":{"id":"v1_a","status":"in_progress","model":"gemini-3.6-flash"})");
inline const QByteArray text = namedEvent("step.start", R"("index":0,"step":{"type":"model_output"})")
        + namedEvent("step.delta",
                     R"("index":0,"delta":{"type":"text","text":"event: error\n\n {\"status\":\"failed\"}"})")
        + namedEvent("step.stop", R"("index":0)");

// The last events of a stream.
inline QByteArray completed(const QByteArray &status = "completed")
{
    return namedEvent("interaction.completed",
                      R"("interaction":{"id":"v1_a","status":")" + status + R"(","usage":)" + usage + '}')
            + "event: done\ndata: [DONE]\n\n";
}

// A whole answer.
inline QByteArray object(const QByteArray &status, const QByteArray &model = "\"model\":\"gemini-3.6-flash\"")
{
    return R"({"id":"v1_a","object":"interaction","status":")" + status + "\"," + model
            + R"(,"steps":[{"type":"model_output","content":[{"type":"text","text":"{\"status\":\"failed\"}"}]}],"usage":)"
            + usage + '}';
}

} // namespace interactionevents
