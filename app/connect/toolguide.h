#pragma once

#include "app/connect/settingsedit.h"

#include <QProcessEnvironment>
#include <QString>

#include <optional>

// Which tools can use the proxy, and what each of them is to be told. Pure functions.
namespace tools {

// The APIs of the proxy.
enum class Api { Gemini, ChatCompletions, Responses, Messages };

// Returns what people call an API: "Anthropic Messages".
[[nodiscard]] QString nameOf(Api api);

struct Tool
{
    QString id; // of the command line: "claude-code"
    QString name;
    Api api;
};

[[nodiscard]] const QList<Tool> &all();
[[nodiscard]] const Tool *find(QStringView id); // null = there is no such tool

// What a tool is to be told of the proxy.
struct Target
{
    QString address; // "http://127.0.0.1:8080"
    QString model;
    QString token;           // or a text in its place, as tools insist on some key
    bool namesModel = false; // whether the user has named this model, so that it answers for all others
};

// What tools get as their key where the proxy wants none.
[[nodiscard]] QString placeholder();

// A file of the tool that this program can write.
struct ToolFile
{
    QString path;
    Format format;
    QList<Setting> settings;
    QStringList tokenPath; // of the setting that holds the token; empty = none of this file does
};

// A text for the user to copy.
struct Block
{
    enum class Place { Shell, File, Settings };
    Place place;
    QString file; // with Place::File: its path
    QString text;
};

struct Guide
{
    Tool tool;
    QList<ToolFile> files; // empty = the tool has no file that this program writes
    QList<Block> blocks;   // at least one
    QString note;          // what else the user must know; "" = nothing
};

// `environment`: tells where the tool has its files.
// `exists`: says whether there is a file, as some tools take one of several names.
[[nodiscard]] Guide guideFor(const Tool &tool, const Target &target, const QProcessEnvironment &environment,
                             bool (*exists)(const QString &path));

} // namespace tools
