// What a scenario has measured: named numbers, printed as one line of JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

class Figures
{
public:
    void set(const std::string &name, double value) { m_values.emplace_back(name, value); }
    // Sets NAME_p50 and NAME_p99, in microseconds, if there are any values. Sorts the values, which are nanoseconds.
    void setPercentiles(const std::string &name, std::vector<std::int64_t> &values);

    double value(const std::string &name) const;
    void print(const std::string &peer, const std::string &scenario, int round) const;

private:
    std::vector<std::pair<std::string, double>> m_values;
};
