#include "proxy/demo/demotexts.h"

#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// A prepared answer, and the keywords in a prompt that call for it. The first topic that matches is used.
struct Topic
{
    QList<QStringView> keywords; // whole words, in lower case
    QStringView text;
};

constexpr QStringView haiku = uR"(Silver threads run south,  
stone by stone they learn the way.  
The sea knows their names.)";

constexpr QStringView howAiWorks =
        uR"(A language model such as Gemini does one thing very often: it **guesses what comes next**.

### Learning

It is shown an enormous amount of text, cut into small pieces called *tokens*. For each place it guesses the next token, compares its guess with the real one, and shifts its many millions of numbers (the *weights*) a little so that the next guess is better. After enough rounds the weights hold grammar, facts and ways to solve problems.

### Answering

1. Your prompt is cut into tokens, and each becomes a list of numbers.
2. Layers of *attention* let every token look at the others, so that meaning comes from the context.
3. Out comes a probability for every possible next token. One is picked, added to the text, and the whole begins again.

That is why the answer appears **word by word**: you see each piece as it arrives.

### What to keep in mind

A model can be wrong and sound sure. Check what matters, and give it the context it needs.)";

constexpr QStringView code = uR"(Here is a small program that streams an answer through the local proxy:

```python
import urllib.request

url = "http://127.0.0.1:8080/gemini-proxy"
prompt = "Explain how AI works".encode()

with urllib.request.urlopen(url, data=prompt) as answer:
    for line in answer:  # each line as it arrives
        print(line.decode(), end="")
```

The program needs no key: the proxy adds it on the way out.)";

constexpr QStringView proxy = uR"(Any tool on this machine can ask Gemini through the proxy. With curl:

```sh
curl -N http://127.0.0.1:8080/gemini-proxy -d 'Explain how AI works'
```

- **Gemini SDKs**: set the base URL to `http://127.0.0.1:8080`.
- **OpenAI SDKs**: set it to `http://127.0.0.1:8080/v1`.

The key stays in the system's keychain; tools never see it.)";

constexpr QStringView table = uR"(Here is a comparison as a table:

| | Demo | Gemini |
|---|---|---|
| Key | none | yours, in the keychain |
| Network | none | to Google only |
| Answers | prepared | made for your question |
| Cost | nothing | by your plan |

The two speak the same wire format, so every tool works with both.)";

constexpr QStringView greeting = uR"(Hello. Good to see you here.

Look around: ask for a *haiku*, for *code*, for a *table*, or how *AI* works. When you are ready for real answers, add a key in the settings.)";

constexpr QStringView anything =
        uR"(The real Gemini would answer that now. This demo only shows how an answer looks as it streams in:

- **Text** appears word by word, and you can stop it at any time.
- **Markdown** such as *this* is shown as it is meant, and `code` too.
- **Tools** on this machine get the same stream through the local proxy.

Try: “Write a haiku about rivers”, “Explain how AI works”, “Show me some code”. For real answers, add a key in the settings; a free one comes from Google AI Studio.)";

const QList<Topic> &topics()
{
    static const QList<Topic> all = {
            {{u"haiku", u"poem", u"poetry", u"verse"}, haiku},
            {{u"proxy", u"curl", u"sdk", u"endpoint"}, proxy},
            {{u"ai", u"llm", u"llms", u"gemini", u"language model", u"neural"}, howAiWorks},
            {{u"code", u"program", u"python", u"javascript", u"c++", u"function", u"script"}, code},
            {{u"table", u"compare", u"comparison"}, table},
            {{u"hello", u"hi", u"hey", u"good morning"}, greeting},
    };
    return all;
}

// Returns the prompt in lower case, with one space between words and at both ends, and without punctuation but "+".
QString normalised(const QString &prompt)
{
    QString result = prompt.left(4096).toLower(); // the beginning of a long prompt tells its topic
    for (QChar &c : result) {
        if (!c.isLetterOrNumber() && c != u'+')
            c = u' ';
    }
    return u' ' + result.simplified() + u' ';
}

QStringView topicText(const QString &prompt)
{
    const QString haystack = normalised(prompt);
    for (const Topic &topic : topics()) {
        const bool matches = std::ranges::any_of(topic.keywords, [&](QStringView keyword) {
            return haystack.contains(u' ' + keyword.toString() + u' ');
        });
        if (matches)
            return topic.text;
    }
    return anything;
}

// Returns the prompt's beginning on one line: at most 12 words and 80 characters as people count them (graphemes).
QString beginning(const QString &prompt)
{
    constexpr int mostWords = 12;
    constexpr int mostGraphemes = 80;
    const QString line = prompt.left(1024).simplified();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, line);
    qsizetype end = 0;
    int wordCount = 0;
    for (int graphemes = 0; graphemes < mostGraphemes; ++graphemes) {
        const qsizetype next = finder.toNextBoundary();
        if (next < 0)
            break;
        if (line.at(end).isSpace() && ++wordCount == mostWords)
            break;
        end = next;
    }
    const bool whole = end == line.size() && prompt.size() <= 1024;
    return line.left(end) + (whole ? QString() : u"…"_s);
}

// Returns the beginning of what a function has returned.
QString quoted(const QString &result)
{
    constexpr qsizetype most = 500;
    if (result.size() <= most)
        return result;
    const bool halved = result.at(most - 1).isHighSurrogate();
    return result.first(halved ? most - 1 : most) + u'…';
}

// Returns a paragraph that says how many pictures have arrived, or nothing if none has.
QString seen(int pictures)
{
    return pictures == 0 ? QString() : u"\n\nPictures that came with it: %1."_s.arg(pictures);
}

} // namespace

QString demotexts::answerTo(const QString &prompt, int pictures)
{
    const QString quote = beginning(prompt);
    const QString question = quote.isEmpty() ? u"You sent no text to answer."_s : u"You asked: “%1”"_s.arg(quote);
    return u"This is Gemini Desk’s demo: no key, no network, and a prepared answer.\n\n"_s + question + seen(pictures)
            + u"\n\n"_s + topicText(prompt).toString();
}

QStringList demotexts::thoughtsAbout(const QString &prompt)
{
    return {
            u"**Reading the question**\n\nThe question begins with “%1”. This is Gemini Desk’s demo, so "
            "a prepared answer has to be found for it.\n\n\n"_s.arg(beginning(prompt)),
            u"**Choosing the answer**\n\nThe topics at hand are few. The closest one is taken, and the "
            "answer says at once that it is a demo.\n\n\n"_s,
    };
}

QString demotexts::answerToResults(const QStringList &results, int pictures)
{
    QStringList quotes;
    for (const QString &result : results)
        quotes.append(quoted(result));
    const QString functions = results.size() == 1 ? u"The function"_s : u"%1 functions"_s.arg(results.size());
    return u"This is Gemini Desk’s demo. %1 answered: %2%3"_s.arg(functions, quotes.join(u"\n\n"_s), seen(pictures));
}

demotexts::Filler demotexts::filler(bool huge)
{
    if (huge)
        return {u"Gemini Desk’s demo. "_s.leftJustified(64, u'.').repeated(128), 12'800};
    return {u"demo "_s, 20'000};
}

QStringList demotexts::words(const QString &text)
{
    constexpr int mostGraphemes = 16;
    QStringList result;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype start = 0;
    qsizetype end = 0;
    int graphemes = 0;
    for (qsizetype next = finder.toNextBoundary(); next >= 0; next = finder.toNextBoundary()) {
        const bool newWord = end > start && text.at(end - 1).isSpace() && !text.at(end).isSpace();
        if (newWord || graphemes == mostGraphemes) {
            result.append(text.sliced(start, end - start));
            start = end;
            graphemes = 0;
        }
        end = next;
        ++graphemes;
    }
    if (start < text.size())
        result.append(text.sliced(start));
    return result;
}

int demotexts::tokens(qsizetype characters)
{
    return int((characters + 3) / 4);
}
