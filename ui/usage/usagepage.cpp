#include "ui/usage/usagepage.h"

#include "ui/icons.h"
#include "ui/usage/usagechart.h"
#include "ui/usage/usagemodel.h"
#include "ui/usage/usagetable.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/iconlabel.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

using Grouping = UsageSeries::Grouping;

int forPlural(qint64 number)
{
    return int(std::min<qint64>(number, std::numeric_limits<int>::max()));
}

} // namespace

UsagePage::UsagePage(QWidget *parent)
    : QWidget(parent),
      m_range(new QComboBox),
      m_grouping(new QComboBox),
      m_export(new QPushButton(icons::icon(u"download"_s), tr("&Export"))),
      m_banner(new Banner),
      m_states(new QStackedWidget),
      m_blank(new QWidget),
      m_chart(new UsageChart),
      m_model(new UsageModel(this)),
      m_table(new UsageTable(m_model))
{
    setAccessibleName(tr("Usage"));
    m_content = makeContent();
    m_empty = makeMessage(tr("No usage yet"), {}, nullptr);
    setDemo(false);
    auto *settings = new QPushButton(icons::icon(u"settings"_s, icons::Role::OnAccent), tr("Open &settings"));
    settings->setObjectName(u"open-settings"_s);
    connect(settings, &QPushButton::clicked, this, &UsagePage::settingsWanted);
    m_off = makeMessage(tr("Usage is off"),
                        tr("Turn it on in the settings to see here what is used: tokens by day, model and client. "
                           "Only numbers are kept, on this computer."),
                        settings);
    for (QWidget *state : {m_blank, m_content, m_empty, m_off})
        m_states->addWidget(state);

    auto *line = new QFrame;
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    auto *bannerPlace = new QHBoxLayout;
    bannerPlace->setContentsMargins(24, 0, 24, 0);
    bannerPlace->addWidget(m_banner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(line);
    layout->addLayout(bannerPlace);
    layout->addWidget(m_states, 1);

    auto *exportAction = new QAction(tr("Export usage as CSV"), this);
    addAction(exportAction); // so that the command list has it
    connect(exportAction, &QAction::triggered, this, &UsagePage::askForFile);
    connect(m_export, &QPushButton::clicked, exportAction, &QAction::trigger);
    connect(exportAction, &QAction::enabledChanged, m_export, &QPushButton::setEnabled);
    connect(m_banner, &Banner::actionTriggered, this, &UsagePage::settingsWanted);
    connect(m_banner, &Banner::dismissed, this, [this] {
        m_exportProblem.clear();
        m_dismissed = m_banner->text();
    });
    connect(m_range, &QComboBox::currentIndexChanged, this, [this] {
        rebuild();
        emit refreshWanted();
    });
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &UsagePage::rebuild);
    exportAction->setObjectName(u"export"_s);
    exportAction->setEnabled(false);
    updateState();
}

QWidget *UsagePage::makeHeader()
{
    auto *title = new QLabel(tr("Usage"));
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    m_range->setAccessibleName(tr("Time"));
    m_range->setObjectName(u"range"_s);
    m_range->addItem(tr("7 days"), 7);
    m_range->addItem(tr("30 days"), 30);
    m_range->addItem(tr("90 days"), 90);
    m_range->addItem(tr("All time"), 0);
    m_range->setCurrentIndex(1);
    m_grouping->setAccessibleName(tr("Grouping"));
    m_grouping->setObjectName(u"grouping"_s);
    m_grouping->addItem(tr("By model"), int(Grouping::Model));
    m_grouping->addItem(tr("By client"), int(Grouping::Client));
    m_export->setAccessibleName(tr("Export as CSV"));
    m_export->setToolTip(tr("Save the table as CSV"));

    auto *header = new QWidget;
    header->setFixedHeight(48);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(24, 0, 24, 0);
    row->setSpacing(8);
    row->addWidget(title);
    row->addStretch(1);
    row->addWidget(m_grouping);
    row->addWidget(m_range);
    row->addWidget(m_export);
    return header;
}

QWidget *UsagePage::makeContent()
{
    auto *figures = new QHBoxLayout;
    figures->setSpacing(48);
    for (Figure *figure : {&m_requests, &m_tokensIn, &m_tokensOut}) {
        figure->number = new Heading({}, 1.5);
        figure->number->setWordWrap(false);
        figure->caption = new QLabel;
        figure->caption->setProperty("role", u"secondary"_s);
        auto *column = new QVBoxLayout;
        column->setSpacing(0);
        column->addWidget(figure->number);
        column->addWidget(figure->caption);
        figures->addLayout(column);
    }
    figures->addStretch(1);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(16);
    layout->addLayout(figures);
    layout->addWidget(m_chart, 3);
    layout->addWidget(m_table, 2);
    return content;
}

QWidget *UsagePage::makeMessage(const QString &title, const QString &text, QPushButton *button)
{
    auto *picture = new IconLabel;
    picture->setIcon(icons::icon(u"chart-column"_s, icons::Role::Secondary), 32);
    auto *words = new QLabel(text);
    words->setObjectName(u"words"_s);
    words->setWordWrap(true);
    words->setProperty("role", u"secondary"_s);

    auto *column = new QWidget;
    column->setMaximumWidth(560);
    auto *inside = new QVBoxLayout(column);
    inside->setContentsMargins(24, 24, 24, 24);
    inside->setSpacing(8);
    inside->addStretch(2);
    inside->addWidget(picture, 0, Qt::AlignLeft);
    inside->addWidget(new Heading(title));
    inside->addWidget(words);
    if (button) {
        button->setProperty("primary", true);
        button->setAccessibleName(tr("Open settings"));
        inside->addSpacing(8);
        inside->addWidget(button, 0, Qt::AlignLeft);
    }
    inside->addStretch(3);
    auto *message = new QWidget;
    auto *row = new QHBoxLayout(message);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch();
    row->addWidget(column, 100);
    row->addStretch();
    return message;
}

void UsagePage::setRows(const QList<UsageRow> &rows)
{
    m_known = true;
    m_rows = rows;
    rebuild();
}

void UsagePage::setKept(bool kept)
{
    m_kept = kept;
    updateState();
}

void UsagePage::setDemo(bool demo)
{
    m_demo = demo;
    const QString counted =
            tr("What Gemini answers through the proxy is counted here: tokens by day, model and client. "
               "Only numbers are kept, on this computer.");
    m_empty->findChild<QLabel *>(u"words"_s)
            ->setText(demo ? tr("The demo is not counted, as it costs nothing.") + u' ' + counted : counted);
    updateBanner();
}

void UsagePage::setProblem(const QString &problem)
{
    m_problem = problem;
    updateBanner();
}

void UsagePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit refreshWanted();
}

QDate UsagePage::firstDay() const
{
    const int days = m_range->currentData().toInt();
    if (days > 0)
        return QDate::currentDate().addDays(1 - days);
    const auto earliest = std::min_element(m_rows.begin(), m_rows.end(),
                                           [](const UsageRow &a, const UsageRow &b) { return a.day < b.day; });
    return earliest == m_rows.end() ? QDate::currentDate() : earliest->day;
}

void UsagePage::rebuild()
{
    const QDate first = firstDay();
    QDate last = QDate::currentDate();
    const bool all = m_range->currentData().toInt() == 0;
    m_shown.clear();
    UsageRow sum;
    for (const UsageRow &row : std::as_const(m_rows)) {
        if (row.day < first || (row.day > last && !all))
            continue;
        last = std::max(last, row.day); // if the clock was wrong, there may be rows of days to come
        m_shown.append(row);
        sum.requests += row.requests;
        sum.failed += row.failed;
        sum.tokensIn += row.tokensIn;
        sum.tokensOut += row.tokensOut;
        sum.thoughts += row.thoughts;
    }
    const QLocale locale;
    m_requests.number->setText(locale.toString(sum.requests));
    m_requests.caption->setText(sum.failed > 0 ? tr("Requests, %n failed", nullptr, forPlural(sum.failed))
                                               : tr("Requests"));
    m_tokensIn.number->setText(locale.toString(sum.tokensIn));
    m_tokensIn.caption->setText(tr("Tokens in"));
    m_tokensOut.number->setText(locale.toString(sum.tokensOut));
    m_tokensOut.caption->setText(sum.thoughts > 0
                                         ? tr("Tokens out, %1 of them thoughts").arg(locale.toString(sum.thoughts))
                                         : tr("Tokens out"));
    m_chart->setSeries(UsageSeries(m_shown, first, last, Grouping(m_grouping->currentData().toInt())));
    m_model->setRows(m_shown);
    updateState();
}

void UsagePage::updateState()
{
    QWidget *state = m_blank;
    if (!m_rows.isEmpty())
        state = m_content;
    else if (!m_kept)
        state = m_off;
    else if (m_known)
        state = m_empty;
    m_states->setCurrentWidget(state);
    m_range->setEnabled(state == m_content);
    m_grouping->setEnabled(state == m_content);
    findChild<QAction *>(u"export"_s)->setEnabled(!m_shown.isEmpty());
    updateBanner();
}

// Shows the most important message in the banner: failures come before the note that usage is off. If the page shows
// nothing but that note, the banner does not repeat it.
void UsagePage::updateBanner()
{
    Banner::Kind kind = Banner::Kind::Info;
    QString text;
    QString action;
    if (!m_exportProblem.isEmpty()) {
        kind = Banner::Kind::Error;
        text = m_exportProblem;
    } else if (!m_problem.isEmpty()) {
        kind = Banner::Kind::Warning;
        text = m_problem;
    } else if (!m_kept && !m_rows.isEmpty()) {
        text = tr("Usage is off: new requests are not counted.");
        action = tr("&Turn on");
    } else if (m_demo && !m_rows.isEmpty()) {
        text = tr("The demo is not counted, as it costs nothing.");
    }
    if (text != m_dismissed)
        m_dismissed.clear();
    if (text.isEmpty() || text == m_dismissed)
        m_banner->hide();
    else
        m_banner->showMessage(kind, text, action);
}

void UsagePage::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Export usage"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   tr("Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"gemini-usage-%1.csv"_s.arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &UsagePage::exportTo);
    dialog->open();
}

bool UsagePage::exportTo(const QString &path)
{
    QSaveFile file(path);
    const QByteArray csv = usageCsv(m_shown);
    const bool good = file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
    m_exportProblem = good ? QString()
                           : tr("%1 could not be written: %2").arg(QDir::toNativeSeparators(path), file.errorString());
    updateBanner();
    return good;
}
