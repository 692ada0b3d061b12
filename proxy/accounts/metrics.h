#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/modelnames.h"

#include <QByteArray>
#include <QList>
#include <QMap>

#include <array>
#include <initializer_list>
#include <utility>

// Counts exchanges, and writes the counts for GET /metrics in the text format that Prometheus reads
// (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4). Labels have the names of
// OpenTelemetry's conventions, with "_" for ".". The functions are called a few times for each exchange, never for each
// piece of a stream. Clients choose the names of models, so the number of names that are counted is limited. A plain
// object on its server's thread.
class Metrics
{
public:
    explicit Metrics(QByteArray version);

    // These count what has happened.
    void onFirstByte(const ExchangeInfo &info);
    void onEnded(const ExchangeInfo &info);
    void onAnswered(const QByteArray &route, int status); // the proxy answered by itself, e.g. GET /health
    void onRefused(int status);                           // a request was refused before it reached a route

    struct Now
    {
        int openStreams = 0;
        int openConnections = 0;
    };
    [[nodiscard]] QByteArray text(const Now &now) const;

    static constexpr char contentType[] = "text/plain; version=0.0.4; charset=utf-8";

private:
    using Series = QMap<QByteArray, quint64>; // by labels, as they are written in the text
    struct Histogram
    {
        std::array<quint64, 16> counts{}; // of each bucket alone, not cumulative
        quint64 count = 0;
        std::chrono::microseconds sum{0};
    };
    using Histograms = QMap<QByteArray, Histogram>;
    struct Buckets;

    [[nodiscard]] static QByteArray labels(std::initializer_list<std::pair<const char *, QByteArray>> pairs);
    [[nodiscard]] bool isUsageFinal(const ExchangeInfo &info);
    [[nodiscard]] QByteArray modelLabel(const ExchangeInfo &info);
    static void observe(Histograms &histograms, const Buckets &buckets, const QByteArray &labels,
                        std::chrono::microseconds value);
    static void write(QByteArray &text, const char *name, const char *type, const char *help, const Series &series);
    static void write(QByteArray &text, const char *name, const char *help, const Buckets &buckets,
                      const Histograms &histograms);

    static const Buckets firstByteBuckets;
    static const Buckets durationBuckets;

    const QByteArray m_version;
    const double m_startTime; // seconds since 1970
    ModelNames m_models;
    QList<QByteArray> m_runningInteractions; // the IDs of those whose usage comes with a later answer

    Series m_requests;
    Series m_requestBytes;
    Series m_responseBytes;
    Series m_tokens;
    Series m_upstreamErrors;
    quint64 m_upstreamRetries = 0;
    Series m_quotaHits;
    Series m_refused;
    Histograms m_firstByte;
    Histograms m_duration;
};
