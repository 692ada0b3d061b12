#include "proxy/accounts/metrics.h"

#include <QDateTime>
#include <QString>

#include <algorithm>

// The buckets' upper bounds in seconds. The last bucket of each histogram, +Inf, is not listed.
struct Metrics::Buckets
{
    std::array<double, 16> bounds;
};

// These are close to the buckets that OpenTelemetry advises for its GenAI metrics
// (gen_ai.server.time_to_first_token and gen_ai.client.operation.duration).
const Metrics::Buckets Metrics::firstByteBuckets{
        {0.001, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 30, 120}};
const Metrics::Buckets Metrics::durationBuckets{
        {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 655.36}};

namespace {

constexpr char route[] = "http_route";
constexpr char status[] = "http_response_status_code";
constexpr char model[] = "gen_ai_request_model";

QByteArray escapedLabel(const QByteArray &value)
{
    // The format must be UTF-8, but what a client has sent need not be.
    QByteArray text = QString::fromUtf8(value).toUtf8();
    text.replace('\\', "\\\\");
    text.replace('"', "\\\"");
    text.replace('\n', "\\n");
    return text;
}

QByteArray statusLabel(int code)
{
    return code == 0 ? QByteArray("none") : QByteArray::number(code);
}

QByteArray endLabel(ExchangeInfo::End end)
{
    switch (end) {
    case ExchangeInfo::End::Running:
    case ExchangeInfo::End::Complete:
        return "complete";
    case ExchangeInfo::End::ClientLeft:
        return "client_left";
    case ExchangeInfo::End::Failed:
        break;
    }
    return "failed";
}

quint64 count(qint64 bytes)
{
    return static_cast<quint64>(std::max<qint64>(bytes, 0));
}

void writeHead(QByteArray &text, const char *name, const char *type, const char *help)
{
    text.append("# HELP ").append(name).append(' ').append(help);
    text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
}

} // namespace

Metrics::Metrics(QByteArray version)
    : m_version(std::move(version)), m_startTime(static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000)
{}

void Metrics::onFirstByte(const ExchangeInfo &info)
{
    observe(m_firstByte, firstByteBuckets, labels({{route, info.route}}), info.firstByte);
}

// Returns the period of a quota, such as "per-day" for "per-day gemini-2.5-pro", or "unknown". Only the few words that
// the proxy itself uses are returned, so that the number of series stays bounded.
static QByteArray quotaPeriod(const ExchangeInfo &info)
{
    const QByteArray period = info.quota.left(info.quota.indexOf(' '));
    return period.startsWith("per-") ? period : QByteArray("unknown");
}

void Metrics::onEnded(const ExchangeInfo &info)
{
    ++m_requests[labels({{route, info.route}, {status, statusLabel(info.status)}, {"end", endLabel(info.end)}})];
    const QByteArray ofRoute = labels({{route, info.route}});
    m_requestBytes[ofRoute] += count(info.requestBytes);
    m_responseBytes[ofRoute] += count(info.responseBytes);
    observe(m_duration, durationBuckets, ofRoute, info.duration);
    if (info.tries > 1)
        m_upstreamRetries += static_cast<quint64>(info.tries - 1);

    const bool answeredByUpstream = info.tries > 0 && info.end == ExchangeInfo::End::Complete;
    if (!info.errorType.isEmpty())
        ++m_upstreamErrors[labels({{"error_type", info.errorType}})];
    else if (answeredByUpstream && info.status >= 400)
        ++m_upstreamErrors[labels({{"error_type", QByteArray::number(info.status)}})];
    if (answeredByUpstream && info.status == 429)
        ++m_quotaHits[labels({{model, modelLabel(info)}, {"quota_period", quotaPeriod(info)}})];

    if (!isUsageFinal(info) || !info.usage.isKnown())
        return;
    const QByteArray name = modelLabel(info);
    const auto add = [this, &name](const char *type, int tokens) {
        if (tokens >= 0)
            m_tokens[labels({{model, name}, {"gen_ai_token_type", type}})] += count(tokens);
    };
    add("input", info.usage.input);
    add("output", info.usage.output);
}

void Metrics::onAnswered(const QByteArray &name, int code)
{
    ++m_requests[labels({{route, name}, {status, statusLabel(code)}, {"end", "complete"}})];
}

void Metrics::onRefused(int code)
{
    ++m_refused[labels({{status, statusLabel(code)}})];
}

// An interaction may be read many times, while it runs and later, and each answer may tell its usage. That counts once:
// with the answer that created the interaction, if it ended there, or else with the first one that tells its end. What
// this process has not seen begin is not counted, as an earlier process may have counted it.
bool Metrics::isUsageFinal(const ExchangeInfo &info)
{
    constexpr qsizetype most = 1000;
    if (!info.interaction)
        return true;
    const InteractionInfo &interaction = *info.interaction;
    if (!interaction.creates)
        return interaction.ended && info.usage.isKnown() && m_runningInteractions.removeOne(interaction.id);
    const bool comesLater = !interaction.ended || !info.usage.isKnown();
    if (comesLater && interaction.stored && !interaction.id.isEmpty()) {
        if (m_runningInteractions.size() >= most)
            m_runningInteractions.removeFirst();
        m_runningInteractions.append(interaction.id);
        return false;
    }
    return true;
}

QByteArray Metrics::modelLabel(const ExchangeInfo &info)
{
    const QByteArray name = m_models.nameOf(info);
    return name.isEmpty() ? QByteArray("unknown") : name;
}

QByteArray Metrics::labels(std::initializer_list<std::pair<const char *, QByteArray>> pairs)
{
    QByteArray text;
    for (const auto &[name, value] : pairs) {
        if (!text.isEmpty())
            text += ',';
        text += name + QByteArray("=\"") + escapedLabel(value) + '"';
    }
    return text;
}

void Metrics::observe(Histograms &histograms, const Buckets &buckets, const QByteArray &labels,
                      std::chrono::microseconds value)
{
    if (value.count() < 0)
        return; // the time is not known
    Histogram &histogram = histograms[labels];
    const double seconds = std::chrono::duration<double>(value).count();
    const auto bucket = std::lower_bound(buckets.bounds.begin(), buckets.bounds.end(), seconds);
    if (bucket != buckets.bounds.end())
        ++histogram.counts.at(static_cast<std::size_t>(bucket - buckets.bounds.begin()));
    ++histogram.count;
    histogram.sum += value;
}

void Metrics::write(QByteArray &text, const char *name, const char *type, const char *help, const Series &series)
{
    writeHead(text, name, type, help);
    for (auto it = series.begin(); it != series.end(); ++it) {
        text.append(name);
        if (!it.key().isEmpty())
            text.append('{').append(it.key()).append('}');
        text.append(' ').append(QByteArray::number(it.value())).append('\n');
    }
}

void Metrics::write(QByteArray &text, const char *name, const char *help, const Buckets &buckets,
                    const Histograms &histograms)
{
    writeHead(text, name, "histogram", help);
    for (auto it = histograms.begin(); it != histograms.end(); ++it) {
        const Histogram &histogram = it.value();
        const auto line = [&](const char *suffix, const QByteArray &bound, const QByteArray &value) {
            text.append(name).append(suffix).append('{').append(it.key());
            if (!bound.isEmpty())
                text.append(",le=\"").append(bound).append('"');
            text.append("} ").append(value).append('\n');
        };
        quint64 below = 0;
        for (std::size_t i = 0; i < buckets.bounds.size(); ++i) {
            below += histogram.counts.at(i);
            line("_bucket", QByteArray::number(buckets.bounds.at(i)), QByteArray::number(below));
        }
        line("_bucket", "+Inf", QByteArray::number(histogram.count));
        const double sum = std::chrono::duration<double>(histogram.sum).count();
        line("_sum", {}, QByteArray::number(sum, 'f', 6));
        line("_count", {}, QByteArray::number(histogram.count));
    }
}

QByteArray Metrics::text(const Now &now) const
{
    QByteArray text;
    text.reserve(16 * 1024);
    const auto single = [](qint64 value) { return Series{{QByteArray(), count(value)}}; };
    write(text, "gemini_proxy_requests_total", "counter",
          "Requests that ended, by route, status of the answer and how they ended.", m_requests);
    write(text, "gemini_proxy_refused_requests_total", "counter",
          "Requests refused ahead of every route, by status: malformed, not allowed, too many.", m_refused);
    write(text, "gemini_proxy_open_streams", "gauge", "Requests to Gemini that are running.", single(now.openStreams));
    write(text, "gemini_proxy_open_connections", "gauge", "Connections of clients that are open.",
          single(now.openConnections));
    write(text, "gemini_proxy_request_bytes_total", "counter",
          "Bytes of requests' bodies, counted when a request ends.", m_requestBytes);
    write(text, "gemini_proxy_response_bytes_total", "counter",
          "Bytes of answers' bodies, counted when a request ends.", m_responseBytes);
    write(text, "gemini_proxy_tokens_total", "counter", "Tokens that Gemini counted, by model and type.", m_tokens);
    write(text, "gemini_proxy_time_to_first_byte_seconds",
          "From the whole request to the first byte of the answer's body.", firstByteBuckets, m_firstByte);
    write(text, "gemini_proxy_request_duration_seconds", "From the whole request to the end of the answer.",
          durationBuckets, m_duration);
    write(text, "gemini_proxy_upstream_errors_total", "counter",
          "Requests that failed at Gemini or on the way there, by kind or status.", m_upstreamErrors);
    write(text, "gemini_proxy_upstream_retries_total", "counter", "Requests to Gemini that were sent again.",
          Series{{QByteArray(), m_upstreamRetries}});
    write(text, "gemini_proxy_quota_hits_total", "counter", "Answers 429 of Gemini: a quota is used up.", m_quotaHits);

    writeHead(text, "process_start_time_seconds", "gauge", "When this proxy started, since 1970.");
    text += "process_start_time_seconds " + QByteArray::number(m_startTime, 'f', 3) + '\n';
    write(text, "gemini_proxy_build_info", "gauge", "The version, as a label.",
          Series{{labels({{"version", m_version}, {"qt_version", qVersion()}}), 1}});
    return text;
}
