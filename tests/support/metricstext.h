#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

// Reads metrics in Prometheus' text format, version 0.0.4, more strictly than Prometheus does
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct MetricsText
{
    explicit MetricsText(const QByteArray &text) { parse(text); }

    QString problem;                  // "" = the text keeps every rule
    QMap<QByteArray, double> samples; // by name and labels, as they stand in the text

    // Returns 0 if there is no such sample.
    [[nodiscard]] double value(const QByteArray &series) const { return samples.value(series); }
    // Returns the sum over all samples of that name.
    [[nodiscard]] double sum(const QByteArray &name) const;

private:
    void parse(const QByteArray &text);
};
