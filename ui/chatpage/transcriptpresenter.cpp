#include "ui/chatpage/transcriptpresenter.h"

#include "ui/chat/base/inpool.h"
#include "ui/chatpage/answermarkdown.h"
#include "ui/chatpage/answerwords.h"
#include "ui/chatpage/inlineimage.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/markdown/transcript.h"

#include <QFutureWatcher>
#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::Part;
using chat::Turn;
using chat::TurnId;
using markdown::Action;
using markdown::TurnKind;

namespace {
constexpr qsizetype mostMarks = 100; // in one paragraph
} // namespace

TranscriptPresenter::TranscriptPresenter(markdown::MarkdownView *view, QObject *parent) : QObject(parent), m_view(view)
{
    connect(view, &markdown::MarkdownView::actionTriggered, this, &TranscriptPresenter::act);
    m_decoder.setMaxThreadCount(1);
}

TranscriptPresenter::~TranscriptPresenter()
{
    m_decoder.clear();
    waitForDone(m_decoder); // before the futures go that it works on
}

void TranscriptPresenter::setStore(chat::Store *store)
{
    m_store = store;
}

void TranscriptPresenter::setSession(chat::Session *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    removeFrom(0);
    m_decoder.clear();
    if (!session)
        return;
    connect(session, &chat::Session::turnAdded, this, [this](TurnId id) {
        add(id);
        m_view->scrollToEnd(); // the user who asks wants to see the answer
    });
    connect(session, &chat::Session::pathChanged, this, &TranscriptPresenter::rebuild);
    connect(session, &chat::Session::turnRestarted, this, [this](TurnId id) {
        const Shown *found = shown(id);
        if (!found)
            return;
        removeFrom(found - m_shown.constData());
        add(id);
    });
    connect(session, &chat::Session::textAppended, this, &TranscriptPresenter::onTextAppended);
    connect(session, &chat::Session::partAdded, this, &TranscriptPresenter::onPartAdded);
    connect(session, &chat::Session::turnEnded, this, &TranscriptPresenter::onTurnEnded);
    rebuild();
    m_view->scrollToEnd();
}

const Turn *TranscriptPresenter::turn(TurnId id) const
{
    return m_session ? m_session->conversation().turn(id) : nullptr;
}

TranscriptPresenter::Shown *TranscriptPresenter::shown(TurnId id)
{
    const auto found = std::find_if(m_shown.begin(), m_shown.end(), [id](const Shown &s) { return s.id == id; });
    return found == m_shown.end() ? nullptr : &*found;
}

bool TranscriptPresenter::isShown(int serial) const
{
    return std::any_of(m_shown.cbegin(), m_shown.cend(), [serial](const Shown &s) { return s.serial == serial; });
}

// Shows the session's present path. The turns at its beginning that are shown already stay as they are.
void TranscriptPresenter::rebuild()
{
    const QList<TurnId> path = m_session->conversation().path();
    qsizetype same = 0;
    while (same < path.size() && same < m_shown.size() && path[same] == m_shown[same].id)
        ++same;
    removeFrom(same);
    m_view->beginBatch();
    for (; same < path.size(); ++same)
        add(path[same]);
    m_view->endBatch();
    if (m_session->isStreaming())
        m_view->scrollToEnd(); // to the new answer; a mere change of branch does not scroll
}

void TranscriptPresenter::removeFrom(qsizetype index)
{
    if (index >= m_shown.size())
        return;
    m_view->transcript().removeFrom(m_shown[index].begin);
    m_shown.remove(index, m_shown.size() - index);
}

void TranscriptPresenter::add(TurnId id)
{
    const Turn *turn = this->turn(id);
    if (!turn)
        return;
    m_shown.append(Shown());
    Shown &shown = m_shown.last();
    shown.id = id;
    shown.serial = ++m_serial;
    shown.begin = m_view->transcript().count();
    if (turn->role == Turn::Role::User) {
        addQuestion(shown, *turn);
        return;
    }
    const bool streams = m_session->streamingTurn() == id || turn->state == Turn::State::Streaming;
    for (int part = 0; part < turn->parts.size(); ++part)
        addPart(shown, *turn, part, streams);
    if (!streams) {
        finishAnswer(shown, *turn);
    } else if (turn->parts.isEmpty()) {
        shown.waits = true;
        m_view->transcript().setText(m_view->transcript().addTurn(TurnKind::Note), tr("Waiting for the first word…"));
    }
}

void TranscriptPresenter::addQuestion(Shown &shown, const Turn &turn)
{
    for (int number = 0; number < turn.parts.size(); ++number) {
        const Part &part = turn.parts[number];
        if (part.kind == Part::Kind::Text)
            continue;
        if (part.kind == Part::Kind::InlineData && inlineimage::isShown(part.mimeType())) {
            addImage(shown, part, number, true);
            continue;
        }
        QString line = part.name.isEmpty() ? part.mimeType() : part.name;
        if (part.size > 0)
            line = tr("%1 · %2", "a file's name and size")
                           .arg(line, QLocale().formattedDataSize(part.size, 1, QLocale::DataSizeSIFormat));
        const int card = m_view->transcript().addTurn(TurnKind::Question);
        m_view->transcript().setText(card, line);
        m_view->transcript().finish(card);
    }
    const QString text = turn.text();
    if (!text.isEmpty() || m_view->transcript().count() == shown.begin) {
        shown.card = m_view->transcript().addTurn(TurnKind::Question);
        m_view->transcript().setText(shown.card, text);
    } else {
        shown.card = m_view->transcript().count() - 1;
    }
    m_view->transcript().setActions(shown.card, m_view->transcript().turn(shown.card).actions() + actionsOf(shown.id));
    m_view->transcript().finish(shown.card);
}

void TranscriptPresenter::addPart(Shown &shown, const Turn &turn, int number, bool streams)
{
    const Part &part = turn.parts[number];
    const bool image = part.kind == Part::Kind::InlineData && inlineimage::isShown(part.mimeType());
    const Segment::Kind kind = part.kind == Part::Kind::Thought ? Segment::Kind::Thought
            : image                                             ? Segment::Kind::Image
                                                                : Segment::Kind::Text;
    if (image) {
        finishSegments(shown, turn);
        addImage(shown, part, number, false);
        return;
    }
    const bool goesOn = !shown.segments.isEmpty() && shown.segments.last().kind == kind;
    if (!goesOn) {
        finishSegments(shown, turn);
        Segment segment{kind, 0, number, number};
        if (kind == Segment::Kind::Thought) {
            segment.view = m_view->transcript().addTurn(TurnKind::Thought, answerwords::thoughts(turn));
            m_view->transcript().setFolded(segment.view, true);
        } else {
            segment.view = m_view->transcript().addTurn(TurnKind::Answer);
        }
        shown.segments.append(segment);
    }
    Segment &segment = shown.segments.last();
    segment.last = number;
    if (!streams)
        return; // finishSegments() sets the whole text at once
    // Two parts of thoughts are two paragraphs, but two parts of text may be one text that was cut in the middle.
    const QString text =
            kind == Segment::Kind::Thought ? (goesOn ? u"\n\n"_s : QString()) + part.text : answermarkdown::block(part);
    m_view->transcript().append(segment.view, text);
}

// Called when the last segment is complete, because another one begins or the answer has ended.
void TranscriptPresenter::finishSegments(Shown &shown, const Turn &turn)
{
    if (shown.segments.isEmpty())
        return;
    const Segment &segment = shown.segments.last();
    if (segment.kind == Segment::Kind::Image)
        return;
    const bool ended = turn.state != Turn::State::Streaming;
    if (segment.kind == Segment::Kind::Thought) {
        m_view->transcript().setHeader(segment.view, answerwords::thoughts(turn));
        if (m_view->transcript().turn(segment.view).source().isEmpty()) {
            QStringList thoughts;
            for (int i = segment.first; i <= segment.last; ++i)
                thoughts.append(turn.parts[i].text);
            m_view->transcript().setText(segment.view, thoughts.join(u"\n\n"_s));
        }
    } else if (m_view->transcript().turn(segment.view).source().isEmpty() || (ended && !turn.citations.isEmpty())) {
        m_view->transcript().setText(segment.view, answermarkdown::body(turn, segment.first, segment.last, ended));
    }
    m_view->transcript().finish(segment.view);
}

void TranscriptPresenter::finishAnswer(Shown &shown, const Turn &turn)
{
    const auto addNote = [this](TurnKind kind, const QString &header, const QString &text) {
        const int note = m_view->transcript().addTurn(kind, header);
        if (!text.isEmpty())
            m_view->transcript().setText(note, text);
        return note;
    };
    finishSegments(shown, turn);
    // The earlier segments were finished before their sources were known, so their text is set again.
    if (!turn.citations.isEmpty()) {
        for (qsizetype i = 0; i + 1 < shown.segments.size(); ++i) {
            const Segment &segment = shown.segments[i];
            if (segment.kind == Segment::Kind::Text)
                m_view->transcript().setText(segment.view,
                                             answermarkdown::body(turn, segment.first, segment.last, true));
        }
    }
    if (const QString sources = answermarkdown::sources(turn); !sources.isEmpty())
        m_view->transcript().finish(addNote(TurnKind::Note, {}, sources));
    if (turn.state == Turn::State::Failed) {
        const answerwords::Trouble trouble = answerwords::trouble(turn);
        const int card = addNote(TurnKind::Error, trouble.title, trouble.text);
        QList<Action> actions;
        if (trouble.retry)
            actions.append({u"retry"_s, tr("Try again")});
        if (trouble.key)
            actions.append({u"key"_s, tr("Look at the key")});
        if (trouble.edit)
            actions.append({u"edit-above"_s, tr("Edit the question")});
        m_view->transcript().setActions(card, actions);
        m_view->transcript().finish(card);
    }
    shown.note = addNote(TurnKind::Note, {}, answerwords::early(turn));
    m_view->transcript().setActions(shown.note, actionsOf(shown.id));
    m_view->transcript().finish(shown.note);
}

void TranscriptPresenter::addImage(Shown &shown, const Part &part, int number, bool sent)
{
    const int view = m_view->addImage(part.name.isEmpty() ? tr("Picture") : part.name, sent);
    shown.segments.append({Segment::Kind::Image, view, number, number});
    if (!sent)
        m_view->transcript().setActions(view, {{u"save"_s, tr("Save the picture…")}});
    if (!part.data.isEmpty()) {
        showPicture(view, shown.serial, part.data);
    } else if (!part.blob.isEmpty() && m_store) {
        m_store->blobs(
                {part.blob}, this,
                [this, view, blob = part.blob, serial = shown.serial](const chat::Store::Answer<chat::Blobs> &answer) {
                    if (answer && isShown(serial))
                        showPicture(view, serial, answer->value(blob));
                });
    }
}

// Gives the picture's place in the view its full size at once, and shows the pixels when they are decoded.
void TranscriptPresenter::showPicture(int view, int serial, const QByteArray &bytes)
{
    const QSize size = inlineimage::sizeOf(bytes);
    if (inlineimage::isTooLarge(size)) {
        const QLocale locale;
        m_view->setImageWords(view,
                              tr("This picture has %1 × %2 pixels: too many to show it here.")
                                      .arg(locale.toString(size.width()), locale.toString(size.height())));
        QList<Action> actions = m_view->transcript().turn(view).actions();
        if (actions.isEmpty() || actions.first().id != "save"_L1)
            actions.prepend({u"save"_s, tr("Save the picture…")});
        m_view->transcript().setActions(view, actions);
        return;
    }
    m_view->setImageSize(view, size);
    auto *watcher = new QFutureWatcher<QImage>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, view, serial, size] {
        watcher->deleteLater();
        if (watcher->isCanceled() || !isShown(serial))
            return;
        const QImage image = watcher->result();
        if (image.isNull())
            m_view->setImageWords(view, tr("This picture could not be read."));
        else
            m_view->setImage(view, image, size);
    });
    watcher->setFuture(inPool(m_decoder, [bytes] { return inlineimage::decoded(bytes); }));
}

// Removes the line that says that nothing of the answer has arrived yet.
void TranscriptPresenter::endWaiting(Shown &shown)
{
    if (!std::exchange(shown.waits, false))
        return;
    m_view->transcript().removeFrom(shown.begin);
}

void TranscriptPresenter::onTextAppended(TurnId id, int, const QString &text)
{
    const Shown *found = shown(id);
    if (found && !found->segments.isEmpty())
        m_view->transcript().append(found->segments.last().view, text);
}

void TranscriptPresenter::onPartAdded(TurnId id, int part)
{
    Shown *found = shown(id);
    const Turn *turn = this->turn(id);
    if (!found || !turn)
        return;
    endWaiting(*found);
    addPart(*found, *turn, part, true);
}

void TranscriptPresenter::onTurnEnded(TurnId id)
{
    Shown *found = shown(id);
    const Turn *turn = this->turn(id);
    if (!found || !turn)
        return;
    endWaiting(*found);
    finishAnswer(*found, *turn);
}

QList<Action> TranscriptPresenter::branchActions(TurnId id) const
{
    const QList<TurnId> siblings = m_session->conversation().siblings(id);
    if (siblings.size() < 2)
        return {};
    const qsizetype at = siblings.indexOf(id);
    QList<Action> actions;
    if (at > 0)
        actions.append({u"earlier"_s, tr("Earlier")});
    actions.append({{}, tr("%1 of %2", "which of the branches").arg(at + 1).arg(siblings.size())});
    if (at + 1 < siblings.size())
        actions.append({u"later"_s, tr("Later")});
    return actions;
}

QList<Action> TranscriptPresenter::actionsOf(TurnId id) const
{
    const Turn *turn = this->turn(id);
    if (turn->role == Turn::Role::User)
        return branchActions(id) + QList<Action>{{u"copy"_s, tr("Copy")}, {u"edit"_s, tr("Edit")}};
    QList<Action> actions;
    if (!turn->text().isEmpty())
        actions.append({u"copy"_s, tr("Copy")});
    if (turn->state != Turn::State::Failed)
        actions.append({u"again"_s, tr("Answer again")});
    actions += branchActions(id);
    QString quiet = answerwords::usage(*turn);
    if (!turn->model.isEmpty())
        quiet = quiet.isEmpty() ? turn->model : turn->model + u" · "_s + quiet;
    if (!quiet.isEmpty())
        actions.append({{}, quiet});
    return actions;
}

void TranscriptPresenter::act(int viewTurn, const QString &action)
{
    const auto found = std::find_if(m_shown.crbegin(), m_shown.crend(),
                                    [viewTurn](const Shown &s) { return s.begin <= viewTurn; });
    if (found == m_shown.crend() || !m_session)
        return;
    // A copy, because the action may change the list.
    const Shown at = *found; // NOLINT(performance-unnecessary-copy-initialization)
    const Turn *turn = this->turn(at.id);
    if (!turn)
        return;
    if (action == "copy"_L1) {
        emit copyWanted(turn->text());
        copied(viewTurn, at.serial);
    } else if (action == "key"_L1) {
        emit keyWanted();
    } else if (action == "save"_L1) {
        const auto segment = std::find_if(at.segments.cbegin(), at.segments.cend(),
                                          [viewTurn](const Segment &s) { return s.view == viewTurn; });
        if (segment == at.segments.cend())
            return;
        const Part part = turn->parts.value(segment->first);
        if (!part.data.isEmpty()) {
            emit saveImageWanted(part.data, part.mimeType());
        } else if (m_store) {
            m_store->blobs({part.blob}, this, [this, part](const chat::Store::Answer<chat::Blobs> &answer) {
                if (answer)
                    emit saveImageWanted(answer->value(part.blob), part.mimeType());
            });
        }
    } else if (action == "earlier"_L1 || action == "later"_L1) {
        const QList<TurnId> siblings = m_session->conversation().siblings(at.id);
        const TurnId other = siblings.value(siblings.indexOf(at.id) + (action == "later"_L1 ? 1 : -1));
        if (other != 0)
            m_session->select(other);
    } else if (m_session->isStreaming()) {
        emit busy();
    } else if (action == "edit"_L1) {
        emit editWanted(at.id);
    } else if (action == "edit-above"_L1) {
        emit editWanted(turn->parent);
    } else if (action == "again"_L1 || action == "retry"_L1) {
        m_session->regenerate(at.id);
    }
}

// Shows "Copied" for a moment in place of the link "Copy" that the user chose.
void TranscriptPresenter::copied(int viewTurn, int serial)
{
    const auto change = [this, viewTurn](const QString &from, const QString &to) {
        QList<Action> actions = m_view->transcript().turn(viewTurn).actions();
        for (Action &action : actions) {
            if (action.label == from)
                action.label = to;
        }
        m_view->transcript().setActions(viewTurn, actions);
    };
    change(tr("Copy"), tr("Copied"));
    QTimer::singleShot(1500ms, this, [this, change, serial] {
        if (isShown(serial))
            change(tr("Copied"), tr("Copy"));
    });
}

// Returns the last shown turn of the role, or nullptr.
const Turn *TranscriptPresenter::lastTurn(Turn::Role role) const
{
    const auto found = std::find_if(m_shown.crbegin(), m_shown.crend(), [this, role](const Shown &each) {
        const Turn *turn = this->turn(each.id);
        return turn && turn->role == role;
    });
    return found == m_shown.crend() ? nullptr : turn(found->id);
}

void TranscriptPresenter::copyLastAnswer()
{
    if (const Turn *last = lastTurn(Turn::Role::Model))
        emit copyWanted(last->text());
}

void TranscriptPresenter::answerAgain()
{
    if (!m_session || m_shown.isEmpty())
        return;
    if (m_session->isStreaming())
        emit busy();
    else if (!m_session->retry())
        m_session->regenerate(m_shown.last().id);
}

void TranscriptPresenter::editLastQuestion()
{
    const Turn *last = lastTurn(Turn::Role::User);
    if (!last)
        return;
    if (m_session->isStreaming())
        emit busy();
    else
        emit editWanted(last->id);
}

void TranscriptPresenter::scrollTo(TurnId id, const QString &words)
{
    const Shown *found = shown(id);
    if (!found)
        return;
    m_view->scrollToTurn(found->begin);
    const chat::WordMatch match(words);
    if (match.isEmpty())
        return;
    const qsizetype next = found - m_shown.constData() + 1;
    const int end = next < m_shown.size() ? m_shown[next].begin : m_view->transcript().count();
    m_view->mark(found->begin, end - 1, [match](const QString &paragraph) {
        QList<std::pair<int, int>> places;
        for (const chat::WordMatch::Mark &mark : match.find(paragraph, mostMarks))
            places.append({int(mark.start), int(mark.length)});
        return places;
    });
}
