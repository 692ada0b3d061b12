#pragma once

#include <QByteArrayView>

#include <span>

// How the demo answers, as data. What is not set behaves well.
struct DemoBehaviour
{
    // How the answer begins
    enum class Start {
        AtOnce,
        Late, // after two seconds
        Never,
        Close, // the connection ends without a byte
        Reset, // the same by a TCP reset
    };
    enum class Head {
        Good,
        EarlyHints, // a 103 goes ahead
        Malformed,  // then the connection is closed
        Alone,      // nothing follows
    };
    // How the body is framed
    enum class Framing {
        Natural, // a stream chunked, anything else by its length
        Chunked,
        Length,
        UntilClose,
    };
    // What happens after the third piece of the body
    enum class Interruption {
        None,
        Stall,
        Close,
        CutChunk, // closed within a chunk
        BadChunk, // a chunk without a valid size, then closed
        Reset,
    };
    // What is said
    enum class Content {
        Answer,
        Thinking,  // thoughts before the answer
        Blocked,   // the prompt is blocked
        Safety,    // the answer is cut off for safety's sake
        MaxTokens, // the answer is cut off at the limit of tokens
        BadJson,   // one event is not JSON
        BareError, // a few events, then an error object that is no event
        Huge,      // 100 MiB, unpaced
        Many,      // 20,000 events, unpaced
    };

    Start start = Start::AtOnce;
    int status = 200; // with another one, a short answer with that status is sent
    Head head = Head::Good;
    Framing framing = Framing::Natural;
    Interruption interruption = Interruption::None;
    Content content = Content::Answer;
    bool everyOther = false; // only the first, third, ... request
};

// One way in which the demo misbehaves.
struct DemoFault
{
    const char *name;    // asked for as model "demo-NAME"
    const char *summary; // one line for people
    DemoBehaviour behaviour = {};
};

// All of them. The first entry, with an empty name, means no fault.
[[nodiscard]] std::span<const DemoFault> demoFaults();
// nullptr if there is none of that name.
[[nodiscard]] const DemoFault *findDemoFault(QByteArrayView name);
