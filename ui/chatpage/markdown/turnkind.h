#pragma once

namespace markdown {

// What a turn of the transcript is, which also decides where it stands on the page.
enum class TurnKind {
    Question,  // plain text on a card at the right
    Answer,    // Markdown in the column
    Thought,   // Markdown in the secondary colour, below a header that folds it
    Note,      // a small quiet line with tokens, times or sources
    Error,     // a card that says what went wrong and what mends it
    Image,     // a picture in the column; the turn's header describes it
    SentImage, // a picture that the user sent, smaller and at the right
};

} // namespace markdown
