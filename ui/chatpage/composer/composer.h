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

// Where a question is written: its text, what is attached to it, the model, and how the answer is to be
// made. Values come in, wishes go out. What was written stays until clear(): who cannot send it loses
// nothing. Lives on the main thread.
//
// Its actions() (attach, choose a model, settings of answers) are for the command list too.
class Composer : public QFrame
{
    Q_OBJECT

public:
    using Draft = chat::Draft;

    // `client` uploads what is too large to be sent along, and outlives the composer; nullptr: that is
    // refused.
    explicit Composer(chat::Client *client, QWidget *parent = nullptr);
    ~Composer() override;

    // The text may take 40 % of this widget's height, and with the attachments and messages above it half;
    // before this call, of the window's.
    void setPage(QWidget *page);
    // Puts the cursor into the text.
    void focusText();
    // Where the picker is not wanted below the text, it may be put into another layout (the page's header);
    // the composer goes on working with it, and must not outlive it.
    [[nodiscard]] ModelPicker *modelPicker() const { return m_picker; }

    // What would be sent now: attachments that are ready, then the text. Nothing of it leaves this machine
    // before sendWanted() and countWanted(), but for files that are too large to be sent along: they are
    // uploaded when the user sends the question.
    [[nodiscard]] QList<chat::Part> parts() const;
    // All that is written, for a conversation that is left: setDraft() brings it back, and reads again what
    // was not ready.
    [[nodiscard]] Draft draft() const;
    void setDraft(const Draft &draft);
    // A question that is edited, in place of what is written, which comes back when it was sent (clear())
    // or the user gives up. isEditing() until then; sendWanted() is meant for that question.
    void startEditing(const QList<chat::Part> &parts);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    // As Enter does it: ends in sendWanted(), or in words of why not.
    void send();
    // It was sent. The text is what Up recalls from now on.
    void clear();

    // Files and pictures, of a drop somewhere else on the page too. False: there is nothing to attach.
    [[nodiscard]] static bool canAttach(const QMimeData *mime);
    bool attach(const QMimeData *mime);
    void attachFiles(const QStringList &paths);

    // Send is Stop. Writing goes on meanwhile.
    void setStreaming(bool streaming);
    // The answer to countWanted(), which is shown until something changes; -1 = it could not be counted.
    void setTokenCount(int tokens);
    // What the conversation takes so far, about: the estimate adds what is written.
    void setTokensBefore(qint64 tokens);
    // What Up brings into the empty text.
    void setLastQuestion(const QString &text) { m_lastQuestion = text; }
    // Bytes of the attachments in the turns before, which are sent along again (Part::size): they leave less
    // room in the request.
    void setBytesBefore(qint64 bytes);

    // Those that can answer are offered. Where no model is set, a sensible one is from now on.
    void setModels(const QList<chat::ModelInfo> &models);
    // Why there is no list; "" = the list is on its way.
    void setModelsProblem(const QString &problem);
    // "" = whichever is sensible. One that the list does not have is kept.
    void setModel(const QString &name);
    [[nodiscard]] QString model() const;

    void setSystemInstruction(const QString &text);
    void setParameters(const chat::Parameters &parameters);
    void setPresets(const QList<Preset> &presets);

signals:
    // Never while streaming, or while an attachment is not ready or not taken by the model.
    void sendWanted(const QList<chat::Part> &parts);
    void stopWanted();
    // A moment after a change, and while one writes on, again and again.
    void draftChanged();
    // By the user: how many tokens would these take, exactly?
    void countWanted(const QList<chat::Part> &parts);
    void editingChanged(bool editing);
    // By the user:
    void modelChosen(const QString &name);
    void modelsWanted(); // the list, again
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
    void refresh(); // what can be pressed
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
    Draft m_kept; // while a question is edited
    qint64 m_tokensBefore = 0;
    int m_exactTokens = -1; // of what is written now
    bool m_counting = false;
    bool m_uploads = false; // what is written is to be sent as soon as all files are uploaded
    bool m_editing = false;
    bool m_streaming = false;
};
