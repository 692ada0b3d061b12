#pragma once

#include "ui/chat/client.h"
#include "ui/chat/part.h"
#include "ui/chat/store/draft.h"
#include "ui/chatpage/composer/preset.h"

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QStringList>
#include <QTimer>

class AttachmentStrip;
class Banner;
class ComposerEdit;
class ModelPicker;
class ParametersPanel;
class QBoxLayout;
class QMimeData;
class QPushButton;
class QScrollArea;
class QToolButton;

// Where a question is written: its text, its attachments, the model, and settings for the answer. It is told
// values, and emits what the user wants. What was written stays until clear(), so a question that cannot be
// sent is not lost. Lives on the main thread.
//
// Its actions() (attach, choose a model, settings of answers) are for the command list too.
class Composer : public QFrame
{
    Q_OBJECT

public:
    using Draft = chat::Draft;

    // `client` uploads what is too large to be sent along, and outlives the composer. Without one (nullptr),
    // such files are refused.
    explicit Composer(chat::Client *client, QWidget *parent = nullptr);
    ~Composer() override;

    // The text may take 40 % of this widget's height, and half of it together with the attachments and messages
    // above the text. Before this call, the window's height counts.
    void setPage(QWidget *page);
    // Puts the cursor into the text.
    void focusText();
    // The page may put the picker into another layout, such as its header. The composer goes on working with
    // it, and must not outlive it.
    [[nodiscard]] ModelPicker *modelPicker() const { return m_picker; }

    // What would be sent now: attachments that are ready, then the text. Nothing of it leaves this machine before
    // sendWanted() and countWanted(), except that files too large to be sent along are uploaded when the user sends.
    [[nodiscard]] QList<chat::Part> parts() const;
    // All that is written, for when the user leaves the conversation. setDraft() brings it back, and reads
    // again the files that were not ready.
    [[nodiscard]] Draft draft() const;
    void setDraft(const Draft &draft);
    // Shows an earlier question to be edited in place of what is written. That comes back when the question was
    // sent (clear()) or the user gives up. Until then isEditing() is true, and sendWanted() means that question.
    void startEditing(const QList<chat::Part> &parts);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    // Does what Enter does: it ends in sendWanted(), or shows why nothing can be sent.
    void send();
    // Call this when the question was sent. Up recalls its text from now on.
    void clear();

    // For files and pictures, also those dropped elsewhere on the page. False: there is nothing to attach.
    [[nodiscard]] static bool canAttach(const QMimeData *mime);
    bool attach(const QMimeData *mime);
    void attachFiles(const QStringList &paths);

    // While an answer streams the Send button stops it; the user can go on typing.
    void setStreaming(bool streaming);
    // The answer to countWanted(), shown until something changes; -1 = counting failed.
    void setTokenCount(int tokens);
    // About how many tokens the conversation takes so far. The estimate adds those of what is written.
    void setTokensBefore(qint64 tokens);
    // What Up recalls while the text is empty.
    void setLastQuestion(const QString &text) { m_lastQuestion = text; }
    // How many bytes the attachments of the earlier turns have (Part::size). They are sent along again, and
    // leave less room in the request.
    void setBytesBefore(qint64 bytes);

    // The picker offers those that can answer. If no model is set, a sensible one of them is from now on.
    void setModels(const QList<chat::ModelInfo> &models);
    // Why there is no list of models; "" = it is on its way.
    void setModelsProblem(const QString &problem);
    // "" = whichever is sensible. A model that is not in the list is kept.
    void setModel(const QString &name);
    [[nodiscard]] QString model() const;

    void setSystemInstruction(const QString &text);
    void setParameters(const chat::Parameters &parameters);
    void setPresets(const QList<Preset> &presets);

signals:
    // Never emitted while an answer streams, or while an attachment is not ready or the model does not take it.
    void sendWanted(const QList<chat::Part> &parts);
    void stopWanted();
    // Emitted a moment after a change, and again and again while the user goes on typing.
    void draftChanged();
    // The user wants to know exactly how many tokens these take.
    void countWanted(const QList<chat::Part> &parts);
    void editingChanged(bool editing);
    // These are emitted when the user changes something:
    void modelChosen(const QString &name);
    void modelsWanted(); // to load the list again
    void systemInstructionChanged(const QString &text);
    void parametersChanged(const chat::Parameters &parameters);
    void presetsChanged(const QList<Preset> &presets); // to be kept

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void fillRow(QBoxLayout *row);
    void chooseFiles();
    void stopOrSend();
    void sendWhenUploaded();
    void stopEditing();
    void count();
    void showTokens();
    void layOutStrip();
    void refuse(const QStringList &reasons);
    void changed();
    void refresh(); // updates which buttons can be pressed, and how they look
    void fitText();
    void setDropTarget(bool target);

    QPointer<QWidget> m_page;
    AttachmentStrip *m_strip;
    QScrollArea *m_stripArea;
    Banner *m_problem;
    QWidget *m_editBar;
    ComposerEdit *m_edit;
    QToolButton *m_attach;
    QToolButton *m_settings;
    ModelPicker *m_picker;
    QPushButton *m_tokens;
    QToolButton *m_send;
    ParametersPanel *m_panel;

    QTimer m_draftTimer;
    QString m_lastQuestion;
    Draft m_kept; // what was written, while a question is edited
    qint64 m_tokensBefore = 0;
    int m_exactTokens = -1; // of what is written now; -1 = not counted
    bool m_counting = false;
    bool m_uploads = false; // the question is to be sent as soon as all files are uploaded
    bool m_editing = false;
    bool m_streaming = false;
};
