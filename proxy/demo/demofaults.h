#pragma once

#include <QByteArrayView>

#include <span>

// How the demo answers, as data: what is not said behaves well.
struct DemoBehaviour
{
    // What the request is answered with at first
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
    // What happens behind the third piece of the body
    enum class Turn {
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
        Blocked,   // the prompt is
        Safety,    // the answer stops for it
        MaxTokens, // the answer stops for them
        BadJson,   // one event is not JSON
        BareError, // a few events, then an error object that is no event
        Huge,      // 100 MiB, unpaced
        Many,      // 20,000 events, unpaced
    };

    Start start = Start::AtOnce;
    int status = 200; // another one: a short answer with that status
    Head head = Head::Good;
    Framing framing = Framing::Natural;
    Turn turn = Turn::None;
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

// All of them; the first is none, with an empty name.
[[nodiscard]] std::span<const DemoFault> demoFaults();
// nullptr if there is none of that name.
[[nodiscard]] const DemoFault *findDemoFault(QByteArrayView name);
