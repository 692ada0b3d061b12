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

// The widget in which the user writes a question: its text, its attachments, the model, and settings for the answer.
// It is given values to show, and emits what the user wants. What was written stays until clear(), so a question that
// cannot be sent is not lost. Lives on the main thread.
//
// The window also offers its actions() (attach, choose a model, settings of answers) in the command list.
class Composer : public QFrame
{
    Q_OBJECT

public:
    using Draft = chat::Draft;

    // `client` uploads files that are too large to be sent within a request, and outlives the composer. If it is null,
    // such files are refused.
    explicit Composer(chat::Client *client, QWidget *parent = nullptr);
    ~Composer() override;

    // Limits the composer's height by that of `page`: the text may take 40 % of it, and half of it together with the
    // attachments and messages above the text, but always has room for three lines. Without a page, the window's height
    // counts.
    void setPage(QWidget *page);
    // Gives the focus to the text.
    void focusText();
    // The page may put the picker into another layout, such as that of its header. The composer goes on using the
    // picker, so it must not outlive it.
    [[nodiscard]] ModelPicker *modelPicker() const { return m_picker; }

    // Returns what would be sent now: the attachments that are ready, then the text. Nothing of it leaves this machine
    // before sendWanted() or countWanted(), except that files too large for a request are uploaded when the user sends.
    [[nodiscard]] QList<chat::Part> parts() const;
    // Returns all that is written, to be kept when the user leaves the conversation; while a question is edited, what
    // was written before. setDraft() brings it back, and reads the files again that were not ready. It ends editing.
    [[nodiscard]] Draft draft() const;
    void setDraft(const Draft &draft);
    // Shows an earlier question, so that the user can edit it. What was written before comes back when the question
    // was sent (clear()) or the user gives up. Until then isEditing() is true, and sendWanted() is about the edited
    // question.
    void startEditing(const QList<chat::Part> &parts);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    // Does what Enter does: emits sendWanted(), if need be after uploads, or shows why the question cannot be sent.
    // Does nothing while an answer streams or attachments are being read or uploaded, or if there is nothing to send.
    void send();
    // Call this when the question was sent. From now on the Up key recalls its text.
    void clear();

    // Attach files and pictures that were pasted or dropped, also elsewhere on the page. Return false if there are
    // none.
    [[nodiscard]] static bool canAttach(const QMimeData *mime);
    bool attach(const QMimeData *mime);
    void attachFiles(const QStringList &paths);

    // While an answer streams, the Send button stops it. The user can go on typing.
    void setStreaming(bool streaming);
    // Answers countWanted(). The count is shown until the question changes; -1 = counting failed.
    void setTokenCount(int tokens);
    // Sets about how many tokens the conversation takes so far. The estimate that is shown adds those of the question.
    void setTokensBefore(qint64 tokens);
    // Sets the text that the Up key recalls while the field is empty.
    void setLastQuestion(const QString &text) { m_lastQuestion = text; }
    // Sets how many bytes the attachments of the earlier turns have (Part::size). They are sent again with each
    // question, so they leave less room in the request.
    void setBytesBefore(qint64 bytes);

    // Sets the list of models; the picker offers those that can answer. If no model is set, the default one of them is
    // chosen.
    void setModels(const QList<chat::ModelInfo> &models);
    // Shows why there is no list of models; "" = it is being loaded.
    void setModelsProblem(const QString &problem);
    // Sets the model; "" = the default one of the list. A model that is not in the list is accepted too.
    void setModel(const QString &name);
    [[nodiscard]] QString model() const;

    void setSystemInstruction(const QString &text);
    void setParameters(const chat::Parameters &parameters);
    void setPresets(const QList<Preset> &presets);

signals:
    // Never emitted while an answer streams, an attachment is not ready, or the model does not accept an attachment.
    void sendWanted(const QList<chat::Part> &parts);
    void stopWanted();
    // Emitted a moment after a change, and again and again while the user goes on typing.
    void draftChanged();
    // The user wants to know exactly how many tokens these parts take.
    void countWanted(const QList<chat::Part> &parts);
    void editingChanged(bool editing);
    // These are emitted when the user changes something:
    void modelChosen(const QString &name);
    void modelsWanted(); // the list of models is to be loaded again
    void systemInstructionChanged(const QString &text);
    void parametersChanged(const chat::Parameters &parameters);
    void presetsChanged(const QList<Preset> &presets); // the presets are to be kept

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
    Draft m_kept; // while a question is edited: what was written before
    qint64 m_tokensBefore = 0;
    int m_exactTokens = -1; // as Gemini counted the present question; -1 = not counted
    bool m_counting = false;
    bool m_uploads = false; // the question is to be sent as soon as all files are uploaded
    bool m_editing = false;
    bool m_streaming = false;
};
