#pragma once

#include <QList>
#include <QString>

#include <chrono>

// A tool that can use the proxy, as the page shows it. A value.
struct ConnectTool
{
    // What the user may copy, and where it belongs.
    struct Block
    {
        enum class Place { Shell, File, Settings };
        Place place = Place::Shell;
        QString file; // with Place::File: its path
        QString text;
        friend bool operator==(const Block &, const Block &) = default;
    };

    QString id; // such as "claude-code"
    QString name;
    QString api;     // what people call the API that it speaks
    QString address; // of the proxy: "http://127.0.0.1:8080"
    QList<Block> blocks;
    bool writable = false;     // this program can write the tool's own files
    bool connected = false;    // it has written them
    bool tokenMissing = false; // the proxy wants a token, and the blocks have a text in its place
    friend bool operator==(const ConnectTool &, const ConnectTool &) = default;
};

// How a request was answered that was sent as a tool would send it. A value.
struct ConnectTest
{
    enum class Kind { Answered, Refused, NobodyListens, Failed };
    Kind kind = Kind::Failed;
    QString address;
    QString model; // with Answered: which answered; "" = not known
    int status = 0;
    QString message; // with Refused and Failed: why, in the proxy's words
    std::chrono::milliseconds time{0};
};
