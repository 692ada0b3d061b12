#pragma once

#include <QByteArrayView>

#include <span>

// How the demo answers. The default values mean a correct answer.
struct DemoBehaviour
{
    // How the answer begins
    enum class Start {
        AtOnce,
        Late, // after two seconds
        Never,
        Close, // the connection ends regularly, without a byte of an answer
        Reset, // the connection ends by a TCP reset, without a byte of an answer
    };
    enum class Head {
        Good,
        EarlyHints, // a head with the status 103 goes ahead
        Malformed,  // a malformed head, after which the connection is closed
        Alone,      // a correct head, after which nothing follows
    };
    // How the body is framed
    enum class Framing {
        Natural, // a stream is chunked, any other body has a length
        Chunked,
        Length,
        UntilClose,
    };
    // What happens after the third piece of the body
    enum class Interruption {
        None,
        Stall,
        Close,
        CutChunk, // the connection is closed within a chunk
        BadChunk, // a chunk without a valid size follows, then the connection is closed
        Reset,
    };
    // What the answer says
    enum class Content {
        Answer,
        Thinking,  // there are thoughts before the answer
        Blocked,   // the prompt is blocked
        Safety,    // the answer is cut off for safety's sake
        MaxTokens, // the answer is cut off at the limit of tokens
        BadJson,   // one event is not JSON
        Unknown,   // of an interaction: there are events and pieces of kinds that clients do not know yet
        BareError, // after a few events comes an error object that is no event
        Huge,      // the answer has 100 MiB, sent without a pace
        Many,      // the answer has 20,000 events, sent without a pace
    };

    Start start = Start::AtOnce;
    int status = 200; // any other status means a short answer with that status
    Head head = Head::Good;
    Framing framing = Framing::Natural;
    Interruption interruption = Interruption::None;
    Content content = Content::Answer;
    bool everyOther = false; // only the first, third, fifth request and so on behaves like this
};

// One way in which the demo misbehaves.
struct DemoFault
{
    const char *name;    // clients ask for it by the model "demo-NAME"
    const char *summary; // one line for people
    DemoBehaviour behaviour = {};
};

// All faults. The first entry has an empty name and means no fault.
[[nodiscard]] std::span<const DemoFault> demoFaults();
// Returns the fault with this name, or nullptr if there is none.
[[nodiscard]] const DemoFault *findDemoFault(QByteArrayView name);
