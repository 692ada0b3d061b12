#pragma once

#include <QList>

namespace markdown {

// Tells how many paragraphs stand before a turn, while the sizes of the turns change. It is a Fenwick tree, so each
// query and each change costs O(log n). A value.
class PrefixSums
{
public:
    [[nodiscard]] qsizetype count() const { return m_tree.size(); }

    void append(qsizetype size)
    {
        const qsizetype node = m_tree.size() + 1;
        for (qsizetype child = node - 1; child > node - lowest(node); child -= lowest(child))
            size += m_tree[child - 1];
        m_tree.append(size);
    }

    void add(qsizetype index, qsizetype difference)
    {
        for (qsizetype node = index + 1; node <= m_tree.size(); node += lowest(node))
            m_tree[node - 1] += difference;
    }

    // Returns the sum of the sizes before `index`.
    [[nodiscard]] qsizetype before(qsizetype index) const
    {
        qsizetype sum = 0;
        for (qsizetype node = index; node > 0; node -= lowest(node))
            sum += m_tree[node - 1];
        return sum;
    }

    // Returns the index of the turn that holds paragraph `number`; count() if it lies after the last turn.
    [[nodiscard]] qsizetype indexOf(qsizetype number) const
    {
        qsizetype step = 1;
        while (step * 2 <= m_tree.size())
            step *= 2;
        qsizetype node = 0;
        for (; step > 0; step /= 2) {
            if (node + step <= m_tree.size() && m_tree[node + step - 1] <= number) {
                node += step;
                number -= m_tree[node - 1];
            }
        }
        return node;
    }

    void truncate(qsizetype count) { m_tree.resize(qMin(count, m_tree.size())); }

private:
    static qsizetype lowest(qsizetype node) { return node & -node; }

    QList<qsizetype> m_tree;
};

} // namespace markdown
