// The part of ChatPage that builds its header, its menu and commands, and saves and restores its state.
#include "ui/chatpage/chatfiles.h"
#include "ui/chatpage/chatpage.h"
#include "ui/chatpage/composer/modelpicker.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/transcriptpresenter.h"
#include "ui/icons.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/note.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int composerWidth = 792; // in pixels; the transcript's column, and a little more on both sides

} // namespace

void ChatPage::makeActions()
{
    const auto add = [this](const QString &text, const QString &icon, const QKeySequence &shortcut, auto what) {
        auto *action = new QAction(icons::icon(icon), text, this);
        action->setShortcut(shortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, what);
        return action;
    };
    const auto key = [](QKeyCombination with) { return QKeySequence(with); };
    m_stop = add(tr("&Stop the answer"), u"circle-stop"_s, key(Qt::CTRL | Qt::Key_Period),
                 [this] { m_session->stop(); });
    m_copy = add(tr("&Copy the last answer"), u"copy"_s, key(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
                 [this] { m_presenter->copyLastAnswer(); });
    m_again = add(tr("Answer &again"), u"rotate-cw"_s, key(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
                  [this] { m_presenter->answerAgain(); });
    m_edit = add(tr("&Edit the last question"), u"pencil"_s, key(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                 [this] { m_presenter->editLastQuestion(); });
    m_exportMarkdown = add(tr("Export as &Markdown…"), u"download"_s, {},
                           [this] { m_files->chooseMarkdown(current(), m_session->conversation().info.title); });
    m_exportJson = add(tr("Export as &JSON…"), u"download"_s, {},
                       [this] { m_files->chooseJson({current()}, m_session->conversation().info.title); });
    auto *all =
            add(tr("Export a&ll conversations as JSON…"), u"download"_s, {}, [this] { m_files->chooseJson({}, {}); });
    auto *import = add(tr("&Import conversations…"), u"plus"_s, {}, [this] { m_files->chooseImport(); });
    auto *remove = add(tr("&Delete all conversations…"), u"trash-2"_s, {}, [this] { m_files->askToDeleteAll(); });

    m_menu = new QMenu(this);
    m_menu->addActions({m_stop, m_copy, m_again, m_edit});
    m_menu->addSeparator();
    m_menu->addActions({m_exportMarkdown, m_exportJson, all, import});
    m_menu->addSeparator();
    m_menu->addAction(remove);
    addActions(m_composer->actions());
}

void ChatPage::layOut()
{
    auto *line = new QFrame;
    line->setProperty("hairline", true);
    line->setFixedHeight(1);

    m_body->addWidget(makeEmpty());
    m_body->addWidget(m_view);
    m_body->setMinimumHeight(1); // if there is little room, the composer gets it

    auto *foot = new QWidget;
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(m_problem);
    column->addWidget(m_note);
    column->addWidget(m_composer);
    m_note->setWordWrap(true);
    m_note->clear();
    auto *columnPlace = new QWidget;
    columnPlace->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    columnPlace->setMaximumWidth(composerWidth);
    auto *footLayout = new QHBoxLayout(foot);
    // These margins align the composer with the transcript's column, which leaves room for the scroll bar.
    footLayout->setContentsMargins(8, 8, 8 + m_view->verticalScrollBar()->sizeHint().width(), 16);
    footLayout->addStretch(1);
    footLayout->addWidget(columnPlace, 1000);
    footLayout->addStretch(1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(line);
    layout->addWidget(m_body, 1);
    layout->addWidget(foot);
    m_composer->setPage(this);
}

QWidget *ChatPage::makeHeader()
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setElideMode(Qt::ElideRight);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the title is the first to shrink
    m_title->setMinimumWidth(160);
    m_total->setProperty("role", u"secondary"_s);
    m_total->setElideMode(Qt::ElideRight);

    auto *header = new QWidget;
    header->setFixedHeight(48);
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(24, 0, 16, 0);
    layout->setSpacing(16);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_total);
    layout->addWidget(m_composer->modelPicker());
    layout->addWidget(controls::menuButton(tr("More"), m_menu));
    return header;
}

QWidget *ChatPage::makeEmpty()
{
    auto *heading = new Heading(tr("What would you like to know?"), 1.4);
    auto *text = new Note(Note::Kind::Secondary,
                          tr("Write a question below. The answer streams in here, and the conversation is kept on "
                             "this computer only."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignHCenter);
    heading->setAlignment(Qt::AlignHCenter);
    heading->setWordWrap(true);
    auto *empty = new QWidget;
    auto *layout = new QVBoxLayout(empty);
    layout->setContentsMargins(24, 0, 24, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    layout->addWidget(heading);
    layout->addWidget(text);
    layout->addStretch(1);
    return empty;
}

QByteArray ChatPage::saveState() const
{
    QJsonArray presets;
    for (const Preset &preset : m_presets)
        presets.append(QJsonObject{{u"name"_s, preset.name},
                                   {u"systemInstruction"_s, preset.systemInstruction},
                                   {u"parameters"_s, chat::toJson(preset.parameters)}});
    return QJsonDocument(QJsonObject{{u"model"_s, m_lastModel}, {u"presets"_s, presets}})
            .toJson(QJsonDocument::Compact);
}

void ChatPage::restoreState(const QByteArray &state)
{
    const QJsonObject json = QJsonDocument::fromJson(state).object();
    m_lastModel = json.value("model"_L1).toString();
    m_presets.clear();
    for (const auto &value : json.value("presets"_L1).toArray()) {
        const QString name = value["name"_L1].toString();
        if (!name.isEmpty())
            m_presets.append({name, value["systemInstruction"_L1].toString(),
                              chat::parametersFromJson(value["parameters"_L1].toObject())});
    }
    m_composer->setPresets(m_presets);
    if (m_session->conversation().info.model.isEmpty())
        m_composer->setModel(m_lastModel);
}
