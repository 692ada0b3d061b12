#pragma once

#include "ui/chatpage/markdown/blocksplitter.h"
#include "ui/chatpage/markdown/markdownsource.h"
#include "ui/chatpage/markdown/renderedblock.h"

#include <QHash>

#include <md4c.h>

namespace markdown {

// Builds the blocks of one piece of Markdown from the callbacks that md4c makes, which come in the order of the text.
class Builder
{
public:
    Builder(const Piece &piece, const Definitions &definitions, qlonglong group, Alert alert)
        : m_piece(piece), m_definitions(definitions), m_group(group), m_alert(alert)
    {}

    int enterBlock(MD_BLOCKTYPE type, void *detail);
    int leaveBlock(MD_BLOCKTYPE type);
    int enterSpan(MD_SPANTYPE type, void *detail);
    int leaveSpan(MD_SPANTYPE type);
    int text(MD_TEXTTYPE type, QStringView text);
    QList<RenderedBlock> take();

private:
    struct List
    {
        bool ordered = false;
        bool tight = true;
        unsigned next = 0;
        QChar delimiter;
        int items = 0; // that have begun so far
    };

    void begin(Kind kind);
    void end();
    void beginItem(const MD_BLOCK_LI_DETAIL &detail);
    void add(const QString &more);
    void addWords(QString text);
    void takeTag(const QString &name, bool closes);
    void breakParagraph();
    [[nodiscard]] int style() const;
    QString string(const MD_ATTRIBUTE &attribute);
    QString entity(const QString &name);

    const Piece &m_piece;
    const Definitions &m_definitions;
    qlonglong m_group;
    const Alert m_alert;
    QList<RenderedBlock> m_blocks;
    RenderedBlock m_block;
    bool m_open = false;
    QList<List> m_lists;
    QString m_containers;
    QStringList m_markers; // those of list items that have no block yet
    bool m_firstInItem = false;
    QString m_codeInfo;
    QString m_code;
    bool m_head = false;
    int m_row = -1, m_column = -1, m_columns = 0;
    int m_strong = 0, m_emphasis = 0, m_strike = 0, m_codeSpan = 0;
    int m_subscript = 0, m_superscript = 0, m_key = 0, m_summary = 0; // set by HTML tags
    bool m_broken = false;                                            // an HTML tag has split the paragraph
    QStringList m_links; // addresses of open links and images; "" = must not be opened
    QStringList m_addresses;
    QList<qsizetype> m_starts;
    QHash<QString, QString> m_entities;
};

} // namespace markdown
