#pragma once

namespace markdown {

// What a turn of the transcript is, and with it how it stands on the page.
enum class TurnKind {
    Question,  // plain text on a card at the right
    Answer,    // Markdown in the column
    Thought,   // Markdown in secondary colour, below a header that folds it
    Note,      // a small quiet line: tokens, times, sources
    Error,     // a card with what went wrong and what mends it
    Image,     // a picture in the column; its header says what it is
    SentImage, // the same at the right, smaller
};

} // namespace markdown
