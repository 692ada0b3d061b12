#include "proxy/faces/modeltable.h"

namespace faces {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

} // namespace

const ModelTable &defaultModels()
{
    static const ModelTable table{
            {"claude-*opus*", "gemini-pro-latest"},
            {"claude-*haiku*", "gemini-flash-lite-latest"},
            {"claude-*", "gemini-flash-latest"}, // Sonnet and those that are not known yet
            {"opus*", "gemini-pro-latest"},
            {"sonnet*", "gemini-flash-latest"},
            {"haiku*", "gemini-flash-lite-latest"},
            {"gpt-*nano*", "gemini-flash-lite-latest"},
            {"gpt-*mini*", "gemini-flash-lite-latest"},
            {"gpt-*pro*", "gemini-pro-latest"},
            {"gpt-*codex*", "gemini-pro-latest"},
            {"gpt-*", "gemini-flash-latest"},
            {"chatgpt-*", "gemini-flash-latest"},
            {"codex-*", "gemini-pro-latest"},
            {"o1*", "gemini-pro-latest"},
            {"o3*", "gemini-pro-latest"},
            {"o4*", "gemini-pro-latest"},
            {"text-embedding-*", "gemini-embedding-001"},
    };
    return table;
}

QByteArray modelFor(QByteArrayView name, const ModelTable &table)
{
    if (name.startsWith("models/"))
        name = name.sliced(7);
    if (name.endsWith("[1m]"))
        name.chop(4);
    for (const ModelTable *known : {&table, &defaultModels()}) {
        for (const auto &[pattern, model] : *known) {
            if (fits(pattern, name))
                return model;
        }
    }
    return name.toByteArray();
}

bool fits(QByteArrayView pattern, QByteArrayView name)
{
    // Where the last "*" stands in the pattern, and how much of the name it stands for so far.
    qsizetype star = -1;
    qsizetype taken = 0;
    qsizetype p = 0;
    qsizetype n = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (p < pattern.size() && lower(pattern[p]) == lower(name[n])) {
            ++p;
            ++n;
        } else if (star >= 0) { // the star stands for one character more
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace faces
