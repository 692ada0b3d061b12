#include "tests/bench/streamload/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

void Figures::setPercentiles(const std::string &name, std::vector<std::int64_t> &values)
{
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        const auto rank = std::size_t(std::ceil(share * double(values.size())));
        return double(values[std::max<std::size_t>(rank, 1) - 1]) / 1000;
    };
    set(name + "_p50", at(0.5));
    set(name + "_p99", at(0.99));
}

double Figures::value(const std::string &name) const
{
    for (const auto &[known, value] : m_values) {
        if (known == name)
            return value;
    }
    return 0;
}

void Figures::print(const std::string &peer, const std::string &scenario, int round) const
{
    std::printf(R"({"peer": "%s", "scenario": "%s", "round": %d)", peer.c_str(), scenario.c_str(), round);
    for (const auto &[name, value] : m_values)
        std::printf(R"(, "%s": %.3f)", name.c_str(), value);
    std::puts("}");
}
