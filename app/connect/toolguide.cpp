#include "app/connect/toolguide.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tools {
namespace {

// The folders of a user, as the tools find them.
class Folders
{
public:
    explicit Folders(const QProcessEnvironment &environment) : m_environment(environment)
    {
        m_home = environment.value(u"HOME"_s);
#ifdef Q_OS_WIN
        m_home = environment.value(u"USERPROFILE"_s, m_home); // what Node and Rust take for the home folder
#endif
        m_home = QDir::fromNativeSeparators(m_home);
    }

    // Returns the folder that a variable names, or this one if the variable is not set.
    [[nodiscard]] QString of(const QString &variable, const QString &otherwise) const
    {
        const QString set = m_environment.value(variable);
        return set.isEmpty() ? otherwise : QDir::fromNativeSeparators(set);
    }
    [[nodiscard]] QString home() const
    {
        return m_home;
    }
    [[nodiscard]] QString config() const
    {
        return of(u"XDG_CONFIG_HOME"_s, m_home + u"/.config"_s);
    }
    [[nodiscard]] QString variable(const QString &name) const
    {
        return m_environment.value(name);
    }

private:
    QProcessEnvironment m_environment;
    QString m_home;
};

// Returns lines that set variables of the shell that the system's users have.
Block shell(const QList<std::pair<QString, QString>> &variables, const QString &command = {})
{
    QString text;
    for (const auto &[name, value] : variables) {
#ifdef Q_OS_WIN
        text += u"$env:%1 = \"%2\"\n"_s.arg(name, value);
#else
        text += u"export %1=\"%2\"\n"_s.arg(name, value);
#endif
    }
    if (!command.isEmpty())
        text += command + u'\n';
    return {Block::Place::Shell, {}, text};
}

Block fields(const Target &target)
{
    return {Block::Place::Settings,
            {},
            u"Base URL: %1/v1\nAPI key: %2\nModel: %3\n"_s.arg(target.address, target.token, target.model)};
}

Block file(const QString &path, const QJsonDocument &json)
{
    return {Block::Place::File, path, QString::fromUtf8(json.toJson())};
}

void claudeCode(Guide &guide, const Target &target, const Folders &folders)
{
    ToolFile file{folders.of(u"CLAUDE_CONFIG_DIR"_s, folders.home() + u"/.claude"_s) + u"/settings.json"_s,
                  Format::Json,
                  {},
                  {}};
    file.tokenPath = {u"env"_s, u"ANTHROPIC_AUTH_TOKEN"_s};
    file.settings = {{{u"env"_s, u"ANTHROPIC_BASE_URL"_s}, target.address}, {file.tokenPath, target.token}};
    // Without these it asks for Opus, Sonnet and Haiku, for each of which the proxy knows a model of Gemini's.
    for (const QString &name : {u"ANTHROPIC_MODEL"_s, u"ANTHROPIC_DEFAULT_OPUS_MODEL"_s,
                                u"ANTHROPIC_DEFAULT_SONNET_MODEL"_s, u"ANTHROPIC_DEFAULT_HAIKU_MODEL"_s}) {
        if (target.namesModel)
            file.settings.append({{u"env"_s, name}, target.model});
    }
    guide.files = {file};
    guide.note = u"Claude Code reads it when it starts."_s;
}

void codex(Guide &guide, const Target &target, const Folders &folders)
{
    const auto inTable = [](const QString &key) { return QStringList{u"model_providers"_s, u"gemini-desk"_s, key}; };
    ToolFile file{folders.of(u"CODEX_HOME"_s, folders.home() + u"/.codex"_s) + u"/config.toml"_s, Format::Toml, {}, {}};
    file.tokenPath = inTable(u"experimental_bearer_token"_s);
    file.settings = {{{u"model"_s}, target.model},           {{u"model_provider"_s}, u"gemini-desk"_s},
                     {inTable(u"name"_s), u"Gemini Desk"_s}, {inTable(u"base_url"_s), target.address + u"/v1"_s},
                     {file.tokenPath, target.token},         {inTable(u"wire_api"_s), u"responses"_s}};
    guide.files = {file};
    guide.note = u"Codex reads it when it starts. It says that it knows little of this model, which does no harm."_s;
}

// The two files belong together: with an address of its own, gemini-cli takes a key from the environment only where its
// settings say that a key is wanted.
void geminiCli(Guide &guide, const Target &target, const Folders &folders)
{
    const QString folder = folders.of(u"GEMINI_CLI_HOME"_s, folders.home()) + u"/.gemini"_s;
    guide.files = {{folder + u"/settings.json"_s,
                    Format::Json,
                    {{{u"security"_s, u"auth"_s, u"selectedType"_s}, u"gemini-api-key"_s}},
                    {}},
                   {folder + u"/.env"_s,
                    Format::Env,
                    {{{u"GOOGLE_GEMINI_BASE_URL"_s}, target.address},
                     {{u"GEMINI_API_KEY"_s}, target.token},
                     {{u"GEMINI_MODEL"_s}, target.model}},
                    {u"GEMINI_API_KEY"_s}}};
    guide.note = u"gemini-cli reads .env only in folders that it trusts, and only the first .env that it finds on "
                 "the way up from the folder it runs in."_s;
}

void qwenCode(Guide &guide, const Target &target, const Folders &folders)
{
    ToolFile file{folders.of(u"QWEN_HOME"_s, folders.home() + u"/.qwen"_s) + u"/settings.json"_s, Format::Json, {}, {}};
    file.tokenPath = {u"env"_s, u"OPENAI_API_KEY"_s};
    file.settings = {{{u"env"_s, u"OPENAI_BASE_URL"_s}, target.address + u"/v1"_s},
                     {file.tokenPath, target.token},
                     {{u"env"_s, u"OPENAI_MODEL"_s}, target.model},
                     {{u"model"_s, u"name"_s}, target.model},
                     {{u"security"_s, u"auth"_s, u"selectedType"_s}, u"openai"_s}};
    guide.files = {file};
    guide.note = u"Variables of the same names in your shell beat the file."_s;
}

void opencode(Guide &guide, const Target &target, const Folders &folders, bool (*exists)(const QString &))
{
    QString path = folders.variable(u"OPENCODE_CONFIG"_s);
    if (path.isEmpty()) {
        const QString stem =
                folders.of(u"OPENCODE_CONFIG_DIR"_s, folders.config() + u"/opencode"_s) + u"/opencode.json"_s;
        path = exists(stem + u'c') ? stem + u'c' : stem; // of two files, opencode lets this one win
    }
    const auto inProvider = [](const QStringList &rest) { return QStringList{u"provider"_s, u"gemini-desk"_s} + rest; };
    ToolFile file{path, Format::Json, {}, inProvider({u"options"_s, u"apiKey"_s})};
    file.settings = {{inProvider({u"npm"_s}), u"@ai-sdk/openai-compatible"_s},
                     {inProvider({u"name"_s}), u"Gemini Desk"_s},
                     {inProvider({u"options"_s, u"baseURL"_s}), target.address + u"/v1"_s},
                     {file.tokenPath, target.token},
                     {inProvider({u"models"_s, target.model, u"name"_s}), target.model},
                     {{u"model"_s}, u"gemini-desk/"_s + target.model}};
    guide.files = {file};
    guide.note = u"opencode fetches the package @ai-sdk/openai-compatible by itself."_s;
}

void copilot(Guide &guide, const Target &target)
{
    guide.blocks = {shell({{u"COPILOT_PROVIDER_TYPE"_s, u"openai"_s},
                           {u"COPILOT_PROVIDER_BASE_URL"_s, target.address + u"/v1"_s},
                           {u"COPILOT_PROVIDER_API_KEY"_s, target.token},
                           {u"COPILOT_MODEL"_s, target.model}},
                          u"copilot"_s)};
    guide.note = u"Copilot CLI takes this from the environment only."_s;
}

void aider(Guide &guide, const Target &target)
{
    guide.blocks = {shell({{u"OPENAI_API_BASE"_s, target.address + u"/v1"_s}, {u"OPENAI_API_KEY"_s, target.token}},
                          u"aider --model openai/%1"_s.arg(target.model))};
}

void continueDev(Guide &guide, const Target &target, const Folders &folders)
{
    const QString text = u"models:\n"
                         "  - name: Gemini Desk\n"
                         "    provider: openai\n"
                         "    model: %1\n"
                         "    apiBase: %2/v1\n"
                         "    apiKey: %3\n"
                         "    roles: [chat, edit, apply]\n"_s.arg(target.model, target.address, target.token);
    guide.blocks = {{Block::Place::File,
                     folders.of(u"CONTINUE_GLOBAL_DIR"_s, folders.home() + u"/.continue"_s) + u"/config.yaml"_s, text}};
    guide.note = u"Where the file has a list of models already, add this one to it."_s;
}

void zed(Guide &guide, const Target &target, const Folders &folders)
{
    const QJsonObject model{{u"name"_s, target.model}, {u"display_name"_s, target.model}, {u"max_tokens"_s, 1'000'000}};
    const QJsonObject provider{{u"api_url"_s, target.address + u"/v1"_s}, {u"available_models"_s, QJsonArray{model}}};
    const QJsonObject root{
            {u"language_models"_s, QJsonObject{{u"openai_compatible"_s, QJsonObject{{u"Gemini Desk"_s, provider}}}}}};
#ifdef Q_OS_WIN
    const QString folder = QDir::fromNativeSeparators(folders.variable(u"APPDATA"_s)) + u"/Zed"_s;
#elif defined(Q_OS_MACOS)
    const QString folder = folders.home() + u"/.config/zed"_s;
#else
    const QString folder = folders.config() + u"/zed"_s;
#endif
    guide.blocks = {file(folder + u"/settings.json"_s, QJsonDocument(root)), fields(target)};
    guide.note = u"Zed keeps the key in the system's keychain: enter it in the agent's settings, under Gemini Desk."_s;
}

void kilo(Guide &guide, const Target &target)
{
    guide.blocks = {fields(target)};
    guide.note = u"In Kilo's settings, choose the provider OpenAI Compatible."_s;
}

void visualStudioCode(Guide &guide, const Target &target, const Folders &folders)
{
    const QJsonObject model{{u"id"_s, target.model},
                            {u"name"_s, target.model},
                            {u"url"_s, target.address + u"/v1/chat/completions"_s},
                            {u"toolCalling"_s, true},
                            {u"vision"_s, true},
                            {u"maxInputTokens"_s, 1'000'000},
                            {u"maxOutputTokens"_s, 65'536}};
    const QJsonArray root{QJsonObject{{u"name"_s, u"Gemini Desk"_s},
                                      {u"vendor"_s, u"customendpoint"_s},
                                      {u"apiKey"_s, target.token},
                                      {u"apiType"_s, u"chat-completions"_s},
                                      {u"models"_s, QJsonArray{model}}}};
#ifdef Q_OS_WIN
    const QString folder = QDir::fromNativeSeparators(folders.variable(u"APPDATA"_s));
#elif defined(Q_OS_MACOS)
    const QString folder = folders.home() + u"/Library/Application Support"_s;
#else
    const QString folder = folders.config();
#endif
    guide.blocks = {file(folder + u"/Code/User/chatLanguageModels.json"_s, QJsonDocument(root))};
    guide.note = u"In VS Code, run \"Chat: Manage Language Models\", then add a model of a Custom Endpoint: that "
                 "opens this file."_s;
}

} // namespace

QString nameOf(Api api)
{
    switch (api) {
    case Api::Gemini:
        return u"Gemini API"_s;
    case Api::ChatCompletions:
        return u"OpenAI Chat Completions"_s;
    case Api::Responses:
        return u"OpenAI Responses"_s;
    case Api::Messages:
        return u"Anthropic Messages"_s;
    }
    Q_UNREACHABLE();
}

const QList<Tool> &all()
{
    static const QList<Tool> tools{
            {u"claude-code"_s, u"Claude Code"_s, Api::Messages},
            {u"codex"_s, u"Codex"_s, Api::Responses},
            {u"gemini-cli"_s, u"Gemini CLI"_s, Api::Gemini},
            {u"qwen-code"_s, u"Qwen Code"_s, Api::ChatCompletions},
            {u"opencode"_s, u"opencode"_s, Api::ChatCompletions},
            {u"copilot"_s, u"Copilot CLI"_s, Api::ChatCompletions},
            {u"aider"_s, u"aider"_s, Api::ChatCompletions},
            {u"continue"_s, u"Continue"_s, Api::ChatCompletions},
            {u"kilo"_s, u"Kilo Code"_s, Api::ChatCompletions},
            {u"vscode"_s, u"VS Code"_s, Api::ChatCompletions},
            {u"zed"_s, u"Zed"_s, Api::ChatCompletions},
    };
    return tools;
}

const Tool *find(QStringView id)
{
    const auto tool = std::find_if(all().begin(), all().end(), [id](const Tool &one) { return one.id == id; });
    return tool == all().end() ? nullptr : &*tool;
}

QString placeholder()
{
    return u"gemini-desk"_s;
}

Guide guideFor(const Tool &tool, const Target &target, const QProcessEnvironment &environment,
               bool (*exists)(const QString &path))
{
    Guide guide{tool, {}, {}, {}};
    const Folders folders(environment);
    if (tool.id == "claude-code"_L1)
        claudeCode(guide, target, folders);
    else if (tool.id == "codex"_L1)
        codex(guide, target, folders);
    else if (tool.id == "gemini-cli"_L1)
        geminiCli(guide, target, folders);
    else if (tool.id == "qwen-code"_L1)
        qwenCode(guide, target, folders);
    else if (tool.id == "opencode"_L1)
        opencode(guide, target, folders, exists);
    else if (tool.id == "copilot"_L1)
        copilot(guide, target);
    else if (tool.id == "aider"_L1)
        aider(guide, target);
    else if (tool.id == "continue"_L1)
        continueDev(guide, target, folders);
    else if (tool.id == "zed"_L1)
        zed(guide, target, folders);
    else if (tool.id == "kilo"_L1)
        kilo(guide, target);
    else
        visualStudioCode(guide, target, folders);
    for (const ToolFile &one : std::as_const(guide.files))
        guide.blocks.append({Block::Place::File, one.path, QString::fromUtf8(snippet(one.format, one.settings))});
    return guide;
}

} // namespace tools
