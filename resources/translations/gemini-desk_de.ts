<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AccessSection</name>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>&amp;This machine only</source>
        <translation>Nur &amp;dieser Rechner</translation>
    </message>
    <message>
        <source>Also &amp;other machines on the network</source>
        <translation>&amp;Auch andere Rechner im Netz</translation>
    </message>
    <message>
        <source>&amp;New token for</source>
        <translation>&amp;Neues Token für</translation>
    </message>
    <message>
        <source>One for each program: then you see who used what, and can revoke one alone.</source>
        <translation>Eines pro Programm: So ist sichtbar, wer was verbraucht, und jedes lässt sich einzeln widerrufen.</translation>
    </message>
    <message>
        <source>&amp;Web pages that may call</source>
        <translation>&amp;Webseiten mit Zugriff</translation>
    </message>
    <message>
        <source>Their origins. Pages of any other are refused.</source>
        <translation>Ihre Origins. Seiten mit anderem Origin werden abgewiesen.</translation>
    </message>
    <message>
        <source>&amp;Add page</source>
        <translation>&amp;Seite hinzufügen</translation>
    </message>
    <message>
        <source>Remove pa&amp;ge</source>
        <translation>Seite &amp;entfernen</translation>
    </message>
    <message>
        <source>Further &amp;host names of the proxy</source>
        <translation>Weitere &amp;Hostnamen des Proxys</translation>
    </message>
    <message>
        <source>Names under which programs reach it, besides its address and localhost.</source>
        <translation>Namen, unter denen Programme ihn erreichen, neben seiner Adresse und localhost.</translation>
    </message>
    <message>
        <source>Add nam&amp;e</source>
        <translation>Na&amp;men hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove name</source>
        <translation>Namen en&amp;tfernen</translation>
    </message>
    <message>
        <source>Name of a program</source>
        <translation>Name eines Programms</translation>
    </message>
    <message>
        <source>&amp;Make token</source>
        <translation>Token e&amp;rstellen</translation>
    </message>
    <message>
        <source>Who may call</source>
        <translation>Wer zugreifen darf</translation>
    </message>
    <message>
        <source>Every program must send one of the tokens below.</source>
        <translation>Jedes Programm muss eines der Tokens unten mitsenden.</translation>
    </message>
    <message>
        <source>Other machines can be let in once there is a token: make one below.</source>
        <translation>Andere Rechner können zugelassen werden, sobald es ein Token gibt. Es lässt sich unten erstellen.</translation>
    </message>
    <message>
        <source>Without a token, any program of any user on this machine can spend your key.</source>
        <translation>Ohne Token kann jedes Programm jedes Benutzers auf diesem Rechner Ihren Schlüssel verwenden.</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>No reason was told.</source>
        <translation>Kein Grund angegeben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>error, reason</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The prompt was blocked: %1</source>
        <translation>Der Prompt wurde blockiert: %1</translation>
    </message>
    <message>
        <source>Calls %1 with %2</source>
        <translation>Ruft %1 auf mit %2</translation>
    </message>
    <message>
        <source>Runs this code:</source>
        <translation>Führt diesen Code aus:</translation>
    </message>
    <message>
        <source>The code says:</source>
        <translation>Der Code gibt aus:</translation>
    </message>
    <message>
        <source>Holds data: %1, %2</source>
        <translation>Enthält Daten: %1, %2</translation>
    </message>
    <message>
        <source>Ended early: %1</source>
        <translation>Vorzeitig beendet: %1</translation>
    </message>
    <message>
        <source>Ended early: %1. %2</source>
        <translation>Vorzeitig beendet: %1. %2</translation>
    </message>
    <message>
        <source>Calls %1 of %2 with %3</source>
        <comment>a tool, its server, arguments</comment>
        <translation>Ruft %1 von %2 auf mit %3</translation>
    </message>
    <message>
        <source>Searches for: %1</source>
        <translation>Sucht nach: %1</translation>
    </message>
    <message>
        <source>Reads: %1</source>
        <translation>Liest: %1</translation>
    </message>
    <message>
        <source>Cites %1</source>
        <translation>Zitiert %1</translation>
    </message>
    <message>
        <source>Cites %1: %2</source>
        <comment>title, address</comment>
        <translation>Zitiert %1: %2</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Light or dark, at once.</source>
        <translation>Hell oder dunkel, wirkt sofort.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>Schrift&amp;größe</translation>
    </message>
    <message>
        <source>Of the system&apos;s text size.</source>
        <translation>Bezogen auf die Schriftgröße des Systems.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Changes when Gemini Desk is started the next time.</source>
        <translation>Wird beim nächsten Start von Gemini Desk geändert.</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Upload %1 again</source>
        <translation>%1 erneut hochladen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>Hochladen abbrechen</translation>
    </message>
</context>
<context>
    <name>AttachmentReader</name>
    <message>
        <source>The picture could not be read.</source>
        <translation>Das Bild konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is too large to be sent.</source>
        <translation>Sie ist zu groß zum Senden.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation>Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>It is not a file.</source>
        <translation>Das ist keine Datei.</translation>
    </message>
    <message>
        <source>It could not be read: %1</source>
        <translation>Sie konnte nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>Gemini does not read files of this kind: %1</source>
        <translation>Gemini liest Dateien dieser Art nicht: %1</translation>
    </message>
    <message>
        <source>It is larger than %1.</source>
        <translation>Sie ist größer als %1.</translation>
    </message>
    <message>
        <source>It is a PDF larger than %1.</source>
        <translation>Das ist ein PDF, größer als %1.</translation>
    </message>
    <message>
        <source>It has too many pixels.</source>
        <translation>Das Bild hat zu viele Pixel.</translation>
    </message>
    <message>
        <source>Its text is not in UTF-8.</source>
        <translation>Der Text ist nicht in UTF-8.</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Pasted picture.png</source>
        <translation>Eingefügtes Bild.png</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>There is no room for it: a question may have %1 in all.</source>
        <translation>Dafür ist kein Platz: Eine Frage darf insgesamt %1 haben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file&apos;s name, and why it cannot be attached</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It could not be uploaded.</source>
        <translation>Sie konnte nicht hochgeladen werden.</translation>
    </message>
    <message>
        <source>Gemini prepares it…</source>
        <translation>Gemini bereitet sie vor…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>sizes: what of it is uploaded</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>Wird hochgeladen…</translation>
    </message>
    <message>
        <source>%1 does not take %2.</source>
        <comment>a model; a kind of file</comment>
        <translation>%1 nimmt %2 nicht an.</translation>
    </message>
    <message>
        <source>%1, uploaded when sent</source>
        <comment>a file&apos;s size</comment>
        <translation>%1, wird beim Senden hochgeladen</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>BodyView</name>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Show thou&amp;ghts</source>
        <translation>Ge&amp;danken zeigen</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>Gedanken zeigen</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Disconnect %1</source>
        <translation>%1 trennen</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>%1 verbinden</translation>
    </message>
    <message>
        <source>This takes out what Gemini Desk has written. All else stays as it is.</source>
        <translation>Das nimmt heraus, was Gemini Desk geschrieben hat. Alles andere bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>This is what changes. A copy of a file as it is now is kept beside it.</source>
        <translation>Das ändert sich. Eine Kopie der Datei, wie sie jetzt ist, bleibt daneben liegen.</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Trennen</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Schreiben</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
</context>
<context>
    <name>ChartScale</name>
    <message>
        <source>%1k</source>
        <comment>thousand</comment>
        <translation>%1 Tsd.</translation>
    </message>
    <message>
        <source>%1M</source>
        <comment>million</comment>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1G</source>
        <comment>thousand million</comment>
        <translation>%1 Mrd.</translation>
    </message>
</context>
<context>
    <name>ChatFiles</name>
    <message>
        <source>Export as Markdown</source>
        <translation>Als Markdown exportieren</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>Als JSON exportieren</translation>
    </message>
    <message>
        <source>conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>The picture could not be saved: %1</source>
        <translation>Das Bild konnte nicht gespeichert werden: %1</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Unterhaltungen importieren</translation>
    </message>
    <message>
        <source>Exported conversations (*.json)</source>
        <translation>Exportierte Unterhaltungen (*.json)</translation>
    </message>
    <message>
        <source>Delete all conversations</source>
        <translation>Alle Unterhaltungen löschen</translation>
    </message>
    <message>
        <source>Delete all conversations for good? This cannot be undone.</source>
        <translation>Alle Unterhaltungen endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Delete all</source>
        <translation>Alle &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>Nothing was exported. %1</source>
        <translation>Es wurde nichts exportiert. %1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported</source>
        <translation>
            <numerusform>%n Unterhaltung importiert</numerusform>
            <numerusform>%n Unterhaltungen importiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was imported. %1</source>
        <translation>Es wurde nichts importiert. %1</translation>
    </message>
    <message>
        <source>The conversations could not be deleted. %1</source>
        <translation>Die Unterhaltungen konnten nicht gelöscht werden. %1</translation>
    </message>
    <message>
        <source>All conversations were deleted.</source>
        <translation>Alle Unterhaltungen wurden gelöscht.</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>An answer still streams. Stop it first, or wait for its end.</source>
        <translation>Eine Antwort läuft noch. Bitte zuerst stoppen oder ihr Ende abwarten.</translation>
    </message>
    <message>
        <source>What is asked now is not kept.</source>
        <translation>Was jetzt gefragt wird, wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>The question is sent as soon as the proxy is ready.</source>
        <translation>Die Frage wird gesendet, sobald der Proxy bereit ist.</translation>
    </message>
    <message>
        <source>The proxy is off, and the chat goes through it.</source>
        <translation>Der Proxy ist aus, und der Chat läuft über ihn.</translation>
    </message>
    <message>
        <source>&amp;Turn it on</source>
        <translation>&amp;Einschalten</translation>
    </message>
    <message>
        <source>&amp;Stop the answer</source>
        <translation>Antwort &amp;stoppen</translation>
    </message>
    <message>
        <source>&amp;Copy the last answer</source>
        <translation>Letzte Antwort &amp;kopieren</translation>
    </message>
    <message>
        <source>Answer &amp;again</source>
        <translation>&amp;Noch einmal antworten</translation>
    </message>
    <message>
        <source>&amp;Edit the last question</source>
        <translation>Letzte Frage &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Export as &amp;Markdown…</source>
        <translation>Als &amp;Markdown exportieren…</translation>
    </message>
    <message>
        <source>Export as &amp;JSON…</source>
        <translation>Als &amp;JSON exportieren…</translation>
    </message>
    <message>
        <source>Export a&amp;ll conversations as JSON…</source>
        <translation>&amp;Alle Unterhaltungen als JSON exportieren…</translation>
    </message>
    <message>
        <source>&amp;Import conversations…</source>
        <translation>Unterhaltungen &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Delete all conversations…</source>
        <translation>Alle Unterhaltungen &amp;löschen…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
    <message>
        <source>Write a question below. The answer streams in here, and the conversation is kept on this computer only.</source>
        <translation>Schreiben Sie unten eine Frage. Die Antwort erscheint hier Wort für Wort, und die Unterhaltung bleibt nur auf diesem Computer.</translation>
    </message>
    <message>
        <source>The tokens could not be counted. %1</source>
        <translation>Die Tokens konnten nicht gezählt werden. %1</translation>
    </message>
    <message>
        <source>Another program has changed this chat. What is asked here is kept in a copy of it.</source>
        <translation>Ein anderes Programm hat diesen Chat geändert. Was hier gefragt wird, wird in einer Kopie davon gespeichert.</translation>
    </message>
    <message>
        <source>It is tried again; until that works, what is shown is not kept.</source>
        <translation>Es wird erneut versucht; bis dahin ist nicht gespeichert, was zu sehen ist.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>The newest in your chats is not saved yet. It is tried again.</source>
        <translation>Das Neueste aus Ihren Chats konnte noch nicht gespeichert werden. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>&amp;Leave without saving</source>
        <translation>&amp;Ohne Speichern beenden</translation>
    </message>
</context>
<context>
    <name>ChatSidebar</name>
    <message>
        <source>&amp;New chat</source>
        <translation>&amp;Neuer Chat</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Give a whole number from %L1 to %L2.</source>
        <translation>Bitte eine ganze Zahl von %L1 bis %L2 angeben.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535.</source>
        <translation>Bitte einen Port von 1 bis 65535 angeben.</translation>
    </message>
    <message>
        <source>Give a model&apos;s name, such as gemini-flash-latest.</source>
        <translation>Bitte den Namen eines Modells angeben, etwa gemini-flash-latest.</translation>
    </message>
    <message>
        <source>Give the token a name, such as that of the program that will use it.</source>
        <translation>Bitte einen Namen für das Token angeben, etwa den des Programms, das es verwenden wird.</translation>
    </message>
    <message numerus="yes">
        <source>Give a name of at most %n character(s).</source>
        <translation>
            <numerusform>Bitte einen Namen mit höchstens %n Zeichen angeben.</numerusform>
            <numerusform>Bitte einen Namen mit höchstens %n Zeichen angeben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give a name without characters that cannot be seen.</source>
        <translation>Bitte einen Namen ohne unsichtbare Zeichen angeben.</translation>
    </message>
    <message>
        <source>There is a token of this name already. Choose another name, or revoke that one.</source>
        <translation>Ein Token mit diesem Namen gibt es bereits. Bitte einen anderen Namen wählen oder das vorhandene widerrufen.</translation>
    </message>
    <message>
        <source>Give an origin such as https://example.com or http://localhost:3000.</source>
        <translation>Bitte einen Origin angeben, etwa https://example.com oder http://localhost:3000.</translation>
    </message>
    <message>
        <source>Leave out the user: an origin is only scheme, host and port.</source>
        <translation>Bitte den Benutzer weglassen: Ein Origin besteht nur aus Schema, Host und Port.</translation>
    </message>
    <message>
        <source>Leave out what follows the host: an origin is only scheme, host and port.</source>
        <translation>Bitte alles nach dem Host und Port weglassen: Ein Origin besteht nur aus Schema, Host und Port.</translation>
    </message>
    <message>
        <source>“%1” is not the name or address of a host.</source>
        <translation>„%1“ ist weder Name noch Adresse eines Hosts.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, or none.</source>
        <translation>Bitte einen Port von 1 bis 65535 oder keinen angeben.</translation>
    </message>
    <message>
        <source>Give only a name, such as desk.example.com or desk.example.com:8080.</source>
        <translation>Bitte nur einen Namen angeben, etwa desk.example.com oder desk.example.com:8080.</translation>
    </message>
    <message>
        <source>Leave out user and password: credentials are not stored.</source>
        <translation>Bitte Benutzer und Passwort weglassen: Zugangsdaten werden nicht gespeichert.</translation>
    </message>
    <message>
        <source>Give an address that starts with http:// or socks5://.</source>
        <translation>Bitte eine Adresse angeben, die mit http:// oder socks5:// beginnt.</translation>
    </message>
    <message>
        <source>Leave out what follows the port.</source>
        <translation>Bitte alles nach dem Port weglassen.</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s host, such as http://proxy.example.com:3128.</source>
        <translation>Bitte den Host des Netzwerkproxys angeben, etwa http://proxy.example.com:3128.</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s port, from 1 to 65535, such as http://proxy.example.com:3128.</source>
        <translation>Bitte den Port des Netzwerkproxys von 1 bis 65535 angeben, etwa http://proxy.example.com:3128.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>This is not a file of certificates.</source>
        <translation>Dies ist keine Zertifikatsdatei.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>There is no certificate in PEM form in this file.</source>
        <translation>Diese Datei enthält kein Zertifikat im PEM-Format.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, * for every port, or none.</source>
        <translation>Bitte einen Port von 1 bis 65535, * für jeden Port oder keinen angeben.</translation>
    </message>
    <message>
        <source>“null” lets in every website that uses a frame, and every page opened from a file. Set a token with it.</source>
        <translation>„null“ lässt jede Website zu, die einen Frame nutzt, und jede aus einer Datei geöffnete Seite. Dazu gehört ein Token.</translation>
    </message>
    <message>
        <source>“file://” lets in every page opened from a file of this machine.</source>
        <translation>„file://“ lässt jede Seite zu, die aus einer Datei dieses Rechners geöffnet wird.</translation>
    </message>
    <message>
        <source>“%1” lets in the pages of every program that serves pages there.</source>
        <translation>„%1“ lässt die Seiten jedes Programms zu, das dort welche bereitstellt.</translation>
    </message>
    <message>
        <source>Give the other name and Gemini&apos;s model, such as claude-*haiku* = gemini-flash-lite-latest.</source>
        <translation>Gib den anderen Namen und Geminis Modell an, etwa claude-*haiku* = gemini-flash-lite-latest.</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>&amp;Do this every time</source>
        <translation>&amp;Immer so verfahren</translation>
    </message>
    <message>
        <source>Close Gemini Desk</source>
        <translation>Gemini Desk schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) still streaming. What should happen to them?</source>
        <translation>
            <numerusform>%n Antwort läuft noch. Was soll mit ihr geschehen?</numerusform>
            <numerusform>%n Antworten laufen noch. Was soll mit ihnen geschehen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The settings can change it.</source>
        <translation>Lässt sich in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>&amp;Let them finish</source>
        <translation>Zu Ende &amp;laufen lassen</translation>
    </message>
    <message>
        <source>&amp;Stop them</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Let it finish</source>
        <translation>Zu Ende &amp;laufen lassen</translation>
    </message>
    <message>
        <source>&amp;Stop it</source>
        <translation>&amp;Stoppen</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle durchsuchen</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>Kein Befehl heißt so.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>Einstellungen der Antworten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Ihre Frage</translation>
    </message>
    <message>
        <source>You are editing a question.</source>
        <translation>Sie bearbeiten eine Frage.</translation>
    </message>
    <message>
        <source>&amp;Keep the old one</source>
        <translation>Alte &amp;behalten</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>The picture could not be read.</source>
        <translation>Das Bild konnte nicht gelesen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>This is too large to be sent: a chat may hold %1 in all.</source>
        <translation>Das ist zu groß zum Senden: Ein Chat darf insgesamt %1 enthalten.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Send, once all attachments are ready</source>
        <translation>Senden, sobald alle Anhänge bereit sind</translation>
    </message>
    <message>
        <source>Some are set for this chat</source>
        <translation>Für diesen Chat sind einige gesetzt</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>As Gemini counts them</source>
        <translation>Wie Gemini sie zählt</translation>
    </message>
    <message numerus="yes">
        <source>~%Ln token(s)</source>
        <comment>about so many</comment>
        <translation>
            <numerusform>~%Ln Token</numerusform>
            <numerusform>~%Ln Tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>An estimate, made on this computer.
Click to have Gemini count: what is written and attached is sent to it for that, and the conversation.</source>
        <translation>Eine Schätzung, auf diesem Computer erstellt.
Klicken, um Gemini zählen zu lassen: Dafür werden der geschriebene Text, die Anhänge und die Unterhaltung an Gemini gesendet.</translation>
    </message>
</context>
<context>
    <name>ComposerEdit</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Ask Gemini…</source>
        <translation>Gemini fragen…</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>&amp;Write the file…</source>
        <translation>Datei &amp;schreiben…</translation>
    </message>
    <message>
        <source>&amp;Disconnect…</source>
        <translation>&amp;Trennen…</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>T&amp;esten</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>Werkzeug verbinden</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt…</translation>
    </message>
    <message>
        <source>Send one small request as the tool would</source>
        <translation>Eine kleine Anfrage senden, wie das Werkzeug es täte</translation>
    </message>
    <message>
        <source>%1, connected</source>
        <translation>%1, verbunden</translation>
    </message>
    <message>
        <source>Connected. It speaks %1 to %2.</source>
        <translation>Verbunden. Es spricht %1 mit %2.</translation>
    </message>
    <message>
        <source>It speaks %1 to %2.</source>
        <translation>Es spricht %1 mit %2.</translation>
    </message>
    <message>
        <source>The proxy wants a token: writing the file makes one for this tool.</source>
        <translation>Der Proxy verlangt ein Token: Das Schreiben der Datei legt eines für dieses Werkzeug an.</translation>
    </message>
    <message>
        <source>The proxy wants a token: make one in the settings, under Access.</source>
        <translation>Der Proxy verlangt ein Token: Legen Sie eines in den Einstellungen unter Zugriff an.</translation>
    </message>
    <message>
        <source>&amp;Write again…</source>
        <translation>Erneut &amp;schreiben…</translation>
    </message>
    <message>
        <source>Connected. The test shows whether it works.</source>
        <translation>Verbunden. Der Test zeigt, ob es geht.</translation>
    </message>
    <message>
        <source>Disconnected.</source>
        <translation>Getrennt.</translation>
    </message>
    <message>
        <source>Disconnected. You have changed these meanwhile, so they stay: %1</source>
        <translation>Getrennt. Diese haben Sie inzwischen geändert, also bleiben sie: %1</translation>
    </message>
    <message>
        <source>All is in place already.</source>
        <translation>Es ist schon alles da.</translation>
    </message>
</context>
<context>
    <name>ConnectTexts</name>
    <message>
        <source>In the shell</source>
        <translation>In der Shell</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>In its settings</source>
        <translation>In seinen Einstellungen</translation>
    </message>
    <message>
        <source>It reads .env only in folders that it trusts.</source>
        <translation>Es liest .env nur in Ordnern, denen es vertraut.</translation>
    </message>
    <message>
        <source>Variables of the same names in your shell beat the file.</source>
        <translation>Gleichnamige Variablen Ihrer Shell gehen der Datei vor.</translation>
    </message>
    <message>
        <source>It takes this from the environment only.</source>
        <translation>Es nimmt das nur aus der Umgebung.</translation>
    </message>
    <message>
        <source>Where the file has a list of models already, add this one to it.</source>
        <translation>Hat die Datei schon eine Liste von Modellen, fügen Sie dieses hinzu.</translation>
    </message>
    <message>
        <source>In its settings, choose the provider OpenAI Compatible.</source>
        <translation>Wählen Sie in seinen Einstellungen den Anbieter OpenAI Compatible.</translation>
    </message>
    <message>
        <source>It keeps the key in the keychain: enter it in the agent&apos;s settings.</source>
        <translation>Es verwahrt den Schlüssel im Schlüsselbund: Geben Sie ihn in den Einstellungen des Agenten ein.</translation>
    </message>
    <message>
        <source>Run “Chat: Manage Language Models” and add a model of a Custom Endpoint: that opens this file.</source>
        <translation>Führen Sie „Chat: Manage Language Models“ aus und fügen Sie ein Modell eines Custom Endpoint hinzu: Das öffnet diese Datei.</translation>
    </message>
    <message>
        <source>It reads the file when it starts.</source>
        <translation>Es liest die Datei beim Start.</translation>
    </message>
    <message>
        <source>%1’s request was answered in %2 s.</source>
        <translation>Die Anfrage von %1 wurde in %2 s beantwortet.</translation>
    </message>
    <message>
        <source>%1’s request was answered by %2 in %3 s.</source>
        <translation>Die Anfrage von %1 wurde von %2 in %3 s beantwortet.</translation>
    </message>
    <message>
        <source>%1’s request was refused: %2</source>
        <translation>Die Anfrage von %1 wurde abgelehnt: %2</translation>
    </message>
    <message>
        <source>Nothing listens on %1: turn the proxy on in the settings.</source>
        <translation>Auf %1 lauscht nichts: Schalten Sie den Proxy in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>%1’s request got no answer: %2</source>
        <translation>Die Anfrage von %1 bekam keine Antwort: %2</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
    </message>
    <message>
        <source>Search in all chats  %1</source>
        <comment>then the keys</comment>
        <translation>In allen Chats suchen  %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Search chats</source>
        <translation>Chats &amp;durchsuchen</translation>
    </message>
    <message>
        <source>&amp;Rename chat</source>
        <translation>Chat &amp;umbenennen</translation>
    </message>
    <message>
        <source>&amp;Pin chat</source>
        <translation>Chat &amp;anheften</translation>
    </message>
    <message>
        <source>&amp;Export chat…</source>
        <translation>Chat &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;Delete chat</source>
        <translation>Chat &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Undo the deletion</source>
        <translation>Löschen &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>Nothing was found for “%1”.</source>
        <translation>Zu „%1“ wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Hier erscheinen Ihre Chats.</translation>
    </message>
    <message>
        <source>Un&amp;pin chat</source>
        <translation>Chat &amp;ablösen</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>%n Chat gelöscht</numerusform>
            <numerusform>%n Chats gelöscht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <comment>QDate&apos;s format of a month&apos;s heading</comment>
        <translation>MMMM yyyy</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a title, and what was found in that conversation</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, pinned</source>
        <comment>a conversation&apos;s title</comment>
        <translation>%1, angeheftet</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DesktopSection</name>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Icon in the &amp;tray</source>
        <translation>Symbol im &amp;Infobereich</translation>
    </message>
    <message>
        <source>The proxy goes on while the window is closed.</source>
        <translation>Der Proxy läuft weiter, wenn das Fenster geschlossen ist.</translation>
    </message>
    <message>
        <source>&amp;Start when I log in</source>
        <translation>&amp;Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Programs find the proxy running at once.</source>
        <translation>Programme finden den Proxy dann sofort bereit.</translation>
    </message>
    <message>
        <source>&amp;Notify me when an answer ends</source>
        <translation>Be&amp;nachrichtigen, wenn eine Antwort endet</translation>
    </message>
    <message>
        <source>Only while the window is in the background.</source>
        <translation>Nur, solange das Fenster im Hintergrund ist.</translation>
    </message>
    <message>
        <source>When I &amp;close with answers running</source>
        <translation>Beim &amp;Schließen mit laufenden Antworten</translation>
    </message>
    <message>
        <source>What becomes of them.</source>
        <translation>Was mit ihnen geschieht.</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Let them finish</source>
        <translation>Zu Ende laufen lassen</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>&amp;Diagnosedaten kopieren</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Versions, settings and the last lines of the log, to be sent with a report. No key, no token, no prompt is in it.</source>
        <translation>Versionen, Einstellungen und die letzten Zeilen des Protokolls, zum Mitsenden mit einem Fehlerbericht. Ohne Schlüssel, Tokens und Prompts.</translation>
    </message>
    <message>
        <source>This desktop has no place for it.</source>
        <translation>Diese Desktopumgebung bietet dafür keinen Platz.</translation>
    </message>
</context>
<context>
    <name>EmptyRequests</name>
    <message>
        <source>No requests yet</source>
        <translation>Noch keine Anfragen</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens. The proxy is off: turn it on in the settings.</source>
        <translation>Jede Anfrage über den Proxy erscheint hier, sobald sie eintrifft. Der Proxy ist aus: Er lässt sich in den Einstellungen einschalten.</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens, with its answer as it streams. To see one, run this in a terminal:</source>
        <translation>Jede Anfrage über den Proxy erscheint hier, sobald sie eintrifft, mit der laufenden Antwort. Zum Ausprobieren diesen Befehl im Terminal ausführen:</translation>
    </message>
    <message>
        <source>Write a haiku about rivers</source>
        <translation>Schreibe ein Haiku über Flüsse</translation>
    </message>
    <message>
        <source>Command to try</source>
        <translation>Befehl zum Ausprobieren</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Gemini &amp;key</source>
        <translation>Gemini-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Test and save</source>
        <translation>&amp;Prüfen und speichern</translation>
    </message>
    <message>
        <source>Save &amp;anyway</source>
        <translation>&amp;Trotzdem speichern</translation>
    </message>
    <message>
        <source>Use for this &amp;session only</source>
        <translation>Nur für diese Sit&amp;zung verwenden</translation>
    </message>
    <message>
        <source>&amp;Network settings</source>
        <translation>&amp;Netzwerkeinstellungen</translation>
    </message>
    <message>
        <source>Paste your key</source>
        <translation>Schlüssel einfügen</translation>
    </message>
    <message>
        <source>&amp;Get a key</source>
        <translation>Schlüssel &amp;holen</translation>
    </message>
    <message>
        <source>Opens %1 in the browser</source>
        <translation>Öffnet %1 im Browser</translation>
    </message>
    <message>
        <source>Paste a key first.</source>
        <translation>Bitte zuerst einen Schlüssel einfügen.</translation>
    </message>
    <message>
        <source>A key has no spaces in it. Copy the key alone.</source>
        <translation>Ein Schlüssel enthält keine Leerzeichen. Bitte nur den Schlüssel kopieren.</translation>
    </message>
    <message>
        <source>A key has only letters, digits and signs of ASCII. Copy it again from where you got it.</source>
        <translation>Ein Schlüssel enthält nur Buchstaben, Ziffern und Zeichen aus ASCII. Bitte erneut von der Quelle kopieren.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird geprüft…</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>E&amp;rsetzen</translation>
    </message>
    <message>
        <source>T&amp;est this key</source>
        <translation>Schlüssel prü&amp;fen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Really re&amp;move</source>
        <translation>Wirklich &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>Erneut s&amp;uchen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>The new key is in use.</source>
        <translation>Der neue Schlüssel wird verwendet.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Looking for the key in the keychain.</source>
        <translation>Der Schlüssel wird im Schlüsselbund gesucht.</translation>
    </message>
    <message>
        <source>There is no key yet. It will be kept in the system&apos;s keychain.</source>
        <translation>Es gibt noch keinen Schlüssel. Er wird im Schlüsselbund des Systems aufbewahrt.</translation>
    </message>
    <message>
        <source>The key is in the system&apos;s keychain.</source>
        <translation>Der Schlüssel liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain. To use another one, change or unset the variable and start again.</source>
        <translation>Der Schlüssel stammt aus der Umgebungsvariablen %1, die Vorrang vor dem Schlüsselbund hat. Für einen anderen Schlüssel die Variable ändern oder entfernen und neu starten.</translation>
    </message>
    <message>
        <source>The key is used for this session only: it is forgotten when Gemini Desk quits.</source>
        <translation>Der Schlüssel gilt nur für diese Sitzung: Er wird beim Beenden von Gemini Desk vergessen.</translation>
    </message>
    <message>
        <source>The demo answers: no key is used. Give one to ask Gemini itself.</source>
        <translation>Die Demo antwortet: Es wird kein Schlüssel verwendet. Für Antworten von Gemini selbst einen Schlüssel eingeben.</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>Es läuft kein Schlüsselbunddienst, daher kann kein Schlüssel aufbewahrt werden. Bitte einen starten, etwa GNOME Keyring oder KWallet, und erneut suchen oder einen Schlüssel für diese Sitzung eingeben.</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. Unlock it and look again, or give a key for this session.</source>
        <translation>Der Schlüsselbund ist gesperrt oder seine Rückfrage wurde abgebrochen oder abgelehnt. Bitte entsperren und erneut suchen oder einen Schlüssel für diese Sitzung eingeben.</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>Der Schlüsselbund antwortet nicht wie erwartet. Er wird von selbst erneut gefragt; bis dahin bitte einen Schlüssel für diese Sitzung eingeben.</translation>
    </message>
</context>
<context>
    <name>KeyTestWords</name>
    <message numerus="yes">
        <source>The key works: it may use %n model(s).</source>
        <translation>
            <numerusform>Der Schlüssel funktioniert: Er hat Zugriff auf %n Modell.</numerusform>
            <numerusform>Der Schlüssel funktioniert: Er hat Zugriff auf %n Modelle.</numerusform>
        </translation>
    </message>
    <message>
        <source>Gemini does not know this key. Check that all of it was copied, or get a new one.</source>
        <translation>Gemini kennt diesen Schlüssel nicht. Bitte prüfen, ob er vollständig kopiert wurde, oder einen neuen holen.</translation>
    </message>
    <message>
        <source>Gemini knows this key, but its project may not use the Gemini API. Enable the API for the project, or get a key of another one.</source>
        <translation>Gemini kennt diesen Schlüssel, aber sein Projekt darf die Gemini API nicht nutzen. Bitte die API für das Projekt aktivieren oder den Schlüssel eines anderen Projekts holen.</translation>
    </message>
    <message>
        <source>The key is right, but its quota is used up for now. It can be used again when the quota is renewed.</source>
        <translation>Der Schlüssel ist richtig, aber sein Kontingent ist zurzeit aufgebraucht. Sobald es erneuert ist, kann er wieder verwendet werden.</translation>
    </message>
    <message>
        <source>The key could not be checked: Gemini cannot be reached. Check the connection to the internet and try again.</source>
        <translation>Der Schlüssel konnte nicht geprüft werden: Gemini ist nicht erreichbar. Bitte die Internetverbindung prüfen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The key could not be checked: the certificate of the other side is not trusted. If your network inspects connections, add its certificate file in the network settings.</source>
        <translation>Der Schlüssel konnte nicht geprüft werden: Dem Zertifikat der Gegenstelle wird nicht vertraut. Falls Ihr Netzwerk Verbindungen untersucht, dessen Zertifikatsdatei in den Netzwerkeinstellungen hinzufügen.</translation>
    </message>
    <message>
        <source>The key could not be checked: the network proxy does not let the connection through. Check it in the network settings.</source>
        <translation>Der Schlüssel konnte nicht geprüft werden: Der Netzwerkproxy lässt die Verbindung nicht durch. Bitte in den Netzwerkeinstellungen prüfen.</translation>
    </message>
    <message>
        <source>The key could not be checked. Try again later.</source>
        <translation>Der Schlüssel konnte nicht geprüft werden. Bitte später erneut versuchen.</translation>
    </message>
    <message>
        <source>The connection works: Gemini answers.</source>
        <translation>Die Verbindung funktioniert: Gemini antwortet.</translation>
    </message>
    <message>
        <source>The connection works, but Gemini does not accept the key. Check it in the section Key.</source>
        <translation>Die Verbindung funktioniert, aber Gemini akzeptiert den Schlüssel nicht. Bitte im Abschnitt „Schlüssel“ prüfen.</translation>
    </message>
    <message>
        <source>The connection works. The key&apos;s quota is used up for now.</source>
        <translation>Die Verbindung funktioniert. Das Kontingent des Schlüssels ist zurzeit aufgebraucht.</translation>
    </message>
    <message>
        <source>Gemini cannot be reached. Check the connection to the internet, and whether your network needs a proxy.</source>
        <translation>Gemini ist nicht erreichbar. Bitte die Internetverbindung prüfen und ob Ihr Netzwerk einen Proxy braucht.</translation>
    </message>
    <message>
        <source>The certificate of the other side is not trusted. If your network inspects connections, choose its certificate file above.</source>
        <translation>Dem Zertifikat der Gegenstelle wird nicht vertraut. Falls Ihr Netzwerk Verbindungen untersucht, oben dessen Zertifikatsdatei wählen.</translation>
    </message>
    <message>
        <source>The network proxy does not let the connection through. Check its address above.</source>
        <translation>Der Netzwerkproxy lässt die Verbindung nicht durch. Bitte oben seine Adresse prüfen.</translation>
    </message>
    <message>
        <source>The connection could not be tested. Try again later.</source>
        <translation>Die Verbindung konnte nicht geprüft werden. Bitte später erneut versuchen.</translation>
    </message>
    <message>
        <source>The key was not kept: no keychain service runs here. Start one, such as GNOME Keyring or KWallet, and save again, or use the key for this session only.</source>
        <translation>Der Schlüssel wurde nicht gespeichert: Es läuft kein Schlüsselbunddienst. Bitte einen starten, etwa GNOME Keyring oder KWallet, und erneut speichern oder den Schlüssel nur für diese Sitzung verwenden.</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain did not take it. Save again, or use the key for this session only.</source>
        <translation>Der Schlüssel wurde nicht gespeichert: Der Schlüsselbund hat ihn nicht angenommen. Bitte erneut speichern oder den Schlüssel nur für diese Sitzung verwenden.</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain is locked, or its question was cancelled or denied. Unlock it and save again, or use the key for this session only.</source>
        <translation>Der Schlüssel wurde nicht gespeichert: Der Schlüsselbund ist gesperrt oder seine Rückfrage wurde abgebrochen oder abgelehnt. Bitte entsperren und erneut speichern oder den Schlüssel nur für diese Sitzung verwenden.</translation>
    </message>
</context>
<context>
    <name>LimitsSection</name>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>&amp;Verbindungen</translation>
    </message>
    <message>
        <source>At once, from all programs together. Further ones are told to try again.</source>
        <translation>Gleichzeitig, von allen Programmen zusammen. Weitere werden gebeten, es erneut zu versuchen.</translation>
    </message>
    <message>
        <source>&amp;Largest request, in MiB</source>
        <translation>&amp;Größte Anfrage in MiB</translation>
    </message>
    <message>
        <source>Larger ones are refused. Files in a prompt count.</source>
        <translation>Größere werden abgewiesen. Dateien in einem Prompt zählen mit.</translation>
    </message>
    <message>
        <source>&amp;First byte, in seconds</source>
        <translation>&amp;Erstes Byte in Sekunden</translation>
    </message>
    <message>
        <source>How long Gemini may think before its answer begins.</source>
        <translation>Wie lange Gemini nachdenken darf, bevor die Antwort beginnt.</translation>
    </message>
    <message>
        <source>&amp;Idle, in seconds</source>
        <translation>&amp;Leerlauf in Sekunden</translation>
    </message>
    <message>
        <source>How long an answer may pause before it counts as broken off.</source>
        <translation>Wie lange eine Antwort pausieren darf, bevor sie als abgebrochen gilt.</translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>“%1” is in the list already.</source>
        <translation>„%1“ steht bereits in der Liste.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>Alle Befehle anzeigen</translation>
    </message>
    <message>
        <source>Turn the proxy on or off</source>
        <translation>Proxy ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Copy the proxy&apos;s address</source>
        <translation>Adresse des Proxys kopieren</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnosedaten kopieren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>Schlüssel eingeben</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>Werkzeug verbinden</translation>
    </message>
</context>
<context>
    <name>MediaTypes</name>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>PDF-Dateien</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>such files</source>
        <translation>solche Dateien</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Choose the model  %1</source>
        <comment>then the keys</comment>
        <translation>Modell wählen  %1</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a model&apos;s title and name</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>„%1“ verwenden</translation>
    </message>
    <message>
        <source>a name that is not in the list</source>
        <translation>ein Name, der nicht in der Liste steht</translation>
    </message>
    <message>
        <source>The list of models has not come yet.</source>
        <translation>Die Liste der Modelle ist noch nicht da.</translation>
    </message>
</context>
<context>
    <name>NetworkSection</name>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Network &amp;proxy</source>
        <translation>Netzwerk&amp;proxy</translation>
    </message>
    <message>
        <source>On the way from this machine to Gemini.</source>
        <translation>Auf dem Weg von diesem Rechner zu Gemini.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>Ein anderer</translation>
    </message>
    <message>
        <source>&amp;Address of the network proxy</source>
        <translation>&amp;Adresse des Netzwerkproxys</translation>
    </message>
    <message>
        <source>Such as http://proxy.example.com:3128 or socks5://localhost:1080. It is used as soon as it is given.</source>
        <translation>Etwa http://proxy.example.com:3128 oder socks5://localhost:1080. Gilt, sobald sie angegeben ist.</translation>
    </message>
    <message>
        <source>&amp;Certificate file</source>
        <translation>&amp;Zertifikatsdatei</translation>
    </message>
    <message>
        <source>In PEM form, trusted besides the system&apos;s certificates. Leave it empty where nobody inspects your connections.</source>
        <translation>Im PEM-Format, zusätzlich zu den Zertifikaten des Systems vertraut. Leer lassen, wenn niemand Ihre Verbindungen untersucht.</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>&amp;Verbindung prüfen</translation>
    </message>
    <message>
        <source>&amp;Browse</source>
        <translation>&amp;Durchsuchen</translation>
    </message>
    <message>
        <source>Browse for a certificate file</source>
        <translation>Nach einer Zertifikatsdatei suchen</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Zertifikatsdatei wählen</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Zertifikate (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird geprüft…</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Stop that program, or choose another port.</source>
        <translation>Der Proxy läuft nicht: %1 ist durch ein anderes Programm belegt. Bitte dieses Programm beenden oder einen anderen Port wählen.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Stop that program, or choose another port.</source>
        <translation>Der Proxy läuft nicht: %1 ist durch %2 belegt. Bitte dieses Programm beenden oder einen anderen Port wählen.</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>Port %1 &amp;verwenden</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>&amp;Einstellungen öffnen</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>Der Proxy läuft nicht: %1</translation>
    </message>
    <message>
        <source>The built-in demo answers, not Gemini.</source>
        <translation>Die eingebaute Demo antwortet, nicht Gemini.</translation>
    </message>
    <message>
        <source>&amp;Enter a key</source>
        <translation>&amp;Schlüssel eingeben</translation>
    </message>
    <message>
        <source>The settings could not be saved: the disk may be full, or their folder cannot be written. They hold until the program ends.</source>
        <translation>Die Einstellungen konnten nicht gespeichert werden: Der Datenträger ist vielleicht voll oder ihr Ordner nicht beschreibbar. Sie gelten bis zum Beenden des Programms.</translation>
    </message>
    <message>
        <source>A setting cannot be used: it %1</source>
        <translation>Eine Einstellung kann nicht verwendet werden: %1</translation>
    </message>
    <message>
        <source>The settings file was damaged and is kept as %1. The default settings are in use.</source>
        <translation>Die Einstellungsdatei war beschädigt und wurde als %1 aufbewahrt. Es gelten die Standardeinstellungen.</translation>
    </message>
    <message>
        <source>Token usage is not being kept: %1</source>
        <translation>Der Token-Verbrauch wird nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>An answer has ended</source>
        <translation>Eine Antwort ist beendet</translation>
    </message>
    <message>
        <source>A request failed</source>
        <translation>Eine Anfrage ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Status %1</source>
        <translation>Status %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n token(s)</source>
        <translation>
            <numerusform>%1, %n Token</numerusform>
            <numerusform>%1, %n Tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParameterChecks</name>
    <message>
        <source>A number from 0 to 2.</source>
        <translation>Eine Zahl von 0 bis 2.</translation>
    </message>
    <message>
        <source>A number from 0 to 1.</source>
        <translation>Eine Zahl von 0 bis 1.</translation>
    </message>
    <message>
        <source>A whole number from 1 to %L1.</source>
        <translation>Eine ganze Zahl von 1 bis %L1.</translation>
    </message>
    <message>
        <source>A whole number from -1 to %L1.</source>
        <translation>Eine ganze Zahl von -1 bis %L1.</translation>
    </message>
</context>
<context>
    <name>ParametersPanel</name>
    <message>
        <source>The model&apos;s own</source>
        <translation>Wie das Modell es vorsieht</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Delete it?</source>
        <translation>Wirklich &amp;löschen?</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>Search the &amp;web for the answer</source>
        <translation>Im &amp;Web nach der Antwort suchen</translation>
    </message>
    <message>
        <source>Answer in &amp;JSON</source>
        <translation>In &amp;JSON antworten</translation>
    </message>
    <message>
        <source>Leave all to the &amp;model</source>
        <translation>Alles dem &amp;Modell überlassen</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>Einstellungen der Antworten</translation>
    </message>
    <message>
        <source>How Gemini should answer in this chat</source>
        <translation>Wie Gemini in diesem Chat antworten soll</translation>
    </message>
    <message>
        <source>&amp;System instruction</source>
        <translation>&amp;Systemanweisung</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>&amp;Temperatur</translation>
    </message>
    <message>
        <source>0 is sober, 2 is varied.</source>
        <translation>0 ist nüchtern, 2 ist abwechslungsreich.</translation>
    </message>
    <message>
        <source>Top-&amp;p</source>
        <translation>T&amp;op-p</translation>
    </message>
    <message>
        <source>0 to 1; low keeps to likely words.</source>
        <translation>0 bis 1; niedrig bleibt bei wahrscheinlichen Wörtern.</translation>
    </message>
    <message>
        <source>&amp;Longest answer</source>
        <translation>Längste &amp;Antwort</translation>
    </message>
    <message>
        <source>In tokens, with its thoughts.</source>
        <translation>In Tokens, mit den Gedanken.</translation>
    </message>
    <message>
        <source>Thinking &amp;budget</source>
        <translation>Denk&amp;budget</translation>
    </message>
    <message>
        <source>In tokens; 0 is none, -1 as it sees fit.</source>
        <translation>In Tokens; 0 ist keine, -1 nach Ermessen des Modells.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>Ein Name</translation>
    </message>
    <message>
        <source>Save these settings &amp;as</source>
        <translation>Diese &amp;Einstellungen speichern als</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Keep &amp;prompts and answers of requests</source>
        <translation>&amp;Prompts und Antworten von Anfragen aufbewahren</translation>
    </message>
    <message>
        <source>In memory only, for the page Requests. They are gone when Gemini Desk quits.</source>
        <translation>Nur im Arbeitsspeicher, für die Seite „Anfragen“. Beim Beenden von Gemini Desk sind sie weg.</translation>
    </message>
    <message>
        <source>Keep &amp;usage</source>
        <translation>&amp;Verbrauch speichern</translation>
    </message>
    <message>
        <source>Tokens by day, model and client, on this machine. No prompts, no answers.</source>
        <translation>Tokens nach Tag, Modell und Client, auf diesem Rechner. Keine Prompts, keine Antworten.</translation>
    </message>
</context>
<context>
    <name>ProxyPill</name>
    <message>
        <source>Proxy off</source>
        <translation>Proxy aus</translation>
    </message>
    <message>
        <source>The proxy is off. Click to turn it on in the settings.</source>
        <translation>Der Proxy ist aus. Klicken, um ihn in den Einstellungen einzuschalten.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>Der Proxy startet.</translation>
    </message>
    <message>
        <source>The proxy listens here, and the demo answers.</source>
        <translation>Der Proxy ist hier erreichbar, und die Demo antwortet.</translation>
    </message>
    <message>
        <source>The proxy listens here.</source>
        <translation>Der Proxy ist hier erreichbar.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) streaming</source>
        <translation>
            <numerusform>%n Antwort läuft</numerusform>
            <numerusform>%n Antworten laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Port taken</source>
        <translation>Port belegt</translation>
    </message>
    <message>
        <source>%1 is taken by another program.</source>
        <translation>%1 ist durch ein anderes Programm belegt.</translation>
    </message>
    <message>
        <source>%1 is taken by %2.</source>
        <translation>%1 ist durch %2 belegt.</translation>
    </message>
    <message>
        <source>Proxy stopped</source>
        <translation>Proxy gestoppt</translation>
    </message>
    <message>
        <source>Proxy: %1</source>
        <translation>Proxy: %1</translation>
    </message>
    <message>
        <source>The proxy listens here, but there is no key to ask Gemini with.</source>
        <translation>Der Proxy ist hier erreichbar, aber es gibt keinen Schlüssel für Anfragen an Gemini.</translation>
    </message>
</context>
<context>
    <name>ProxySection</name>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Proxy &amp;on</source>
        <translation>Proxy &amp;einschalten</translation>
    </message>
    <message>
        <source>Local programs use your key through it without seeing it.</source>
        <translation>Lokale Programme nutzen darüber Ihren Schlüssel, ohne ihn zu sehen.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Give this to a program as Gemini&apos;s address.</source>
        <translation>Diese Adresse in einem Programm als Adresse von Gemini angeben.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Where the proxy listens, from 1 to 65535. Press Enter to apply.</source>
        <translation>Wo der Proxy erreichbar ist, von 1 bis 65535. Übernehmen mit der Eingabetaste.</translation>
    </message>
    <message>
        <source>Default &amp;model</source>
        <translation>Standard&amp;modell</translation>
    </message>
    <message>
        <source>Answers requests that name no model, and new chats.</source>
        <translation>Beantwortet Anfragen, die kein Modell nennen, und neue Chats.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>The proxy is off.</source>
        <translation>Der Proxy ist aus.</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>Der Proxy startet.</translation>
    </message>
    <message>
        <source>The proxy is running, and the demo answers.</source>
        <translation>Der Proxy läuft, und die Demo antwortet.</translation>
    </message>
    <message>
        <source>The proxy is running.</source>
        <translation>Der Proxy läuft.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Quit that one, or use another port.</source>
        <translation>Der Proxy läuft nicht: %1 ist durch ein anderes Programm belegt. Bitte dieses beenden oder einen anderen Port verwenden.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Quit that one, or use another port.</source>
        <translation>Der Proxy läuft nicht: %1 ist durch %2 belegt. Bitte dieses Programm beenden oder einen anderen Port verwenden.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>Der Proxy läuft nicht: %1</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>Port %1 &amp;verwenden</translation>
    </message>
    <message>
        <source>The proxy is running, but there is no key to ask Gemini with.</source>
        <translation>Der Proxy läuft, aber es gibt keinen Schlüssel für Anfragen an Gemini.</translation>
    </message>
    <message>
        <source>Models for other &amp;names</source>
        <translation>Modelle für andere &amp;Namen</translation>
    </message>
    <message>
        <source>Coding agents ask for models by the names of other APIs, such as claude-sonnet or gpt-5. The proxy knows what fits; here you can choose yourself. * stands for any text.</source>
        <translation>Programmieragenten fragen nach Modellen anderer Schnittstellen, etwa claude-sonnet oder gpt-5. Der Proxy weiß, was passt; hier kannst du selbst wählen. * steht für beliebigen Text.</translation>
    </message>
    <message>
        <source>Add mode&amp;l</source>
        <translation>Mode&amp;ll hinzufügen</translation>
    </message>
    <message>
        <source>Remo&amp;ve model</source>
        <translation>Modell &amp;verwerfen</translation>
    </message>
</context>
<context>
    <name>RequestActions</name>
    <message>
        <source>&amp;Stop the request</source>
        <translation>Anfrage &amp;stoppen</translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation>Als c&amp;url kopieren</translation>
    </message>
    <message>
        <source>&amp;Open as a chat</source>
        <translation>Als &amp;Chat öffnen</translation>
    </message>
    <message>
        <source>Sa&amp;ve the answer…</source>
        <translation>Antwort sp&amp;eichern…</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>antwort</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Antwort speichern</translation>
    </message>
    <message>
        <source>Nothing was saved: another request was chosen meanwhile.</source>
        <translation>Nichts gespeichert: Inzwischen wurde eine andere Anfrage gewählt.</translation>
    </message>
    <message>
        <source>There is nothing to save: the answer is kept no longer.</source>
        <translation>Nichts zu speichern: Die Antwort wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>The answer was not saved: %1</source>
        <translation>Die Antwort wurde nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Saved the first %1; the answer still comes.</source>
        <translation>Die ersten %1 wurden gespeichert; die Antwort läuft noch.</translation>
    </message>
    <message>
        <source>Saved the first %1; the rest was not kept.</source>
        <translation>Die ersten %1 wurden gespeichert; der Rest wurde nicht aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>RequestDetails</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Raw answer</source>
        <translation>Rohantwort</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Fields of the request</source>
        <translation>Felder der Anfrage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What to show of the request</source>
        <translation>Was von der Anfrage angezeigt wird</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Antwort</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>&amp;Prompt</translation>
    </message>
    <message>
        <source>&amp;Raw</source>
        <translation>&amp;Rohdaten</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>&amp;Felder</translation>
    </message>
    <message>
        <source>&amp;Timing</source>
        <translation>&amp;Zeiten</translation>
    </message>
    <message>
        <source>Close the request</source>
        <translation>Anfrage schließen</translation>
    </message>
    <message>
        <source>Close the request (Esc)</source>
        <translation>Anfrage schließen (Esc)</translation>
    </message>
    <message>
        <source>ID %1</source>
        <translation>ID %1</translation>
    </message>
    <message>
        <source>What this request said was dropped to make room for newer ones.</source>
        <translation>Der Inhalt dieser Anfrage wurde verworfen, um Platz für neuere zu schaffen.</translation>
    </message>
    <message>
        <source>Bodies are off. Nothing of what requests say is kept.</source>
        <translation>Inhalte werden nicht aufbewahrt. Von dem, was Anfragen enthalten, bleibt nichts erhalten.</translation>
    </message>
    <message>
        <source>What this request said was not kept: bodies were off when it came.</source>
        <translation>Der Inhalt dieser Anfrage wurde nicht aufbewahrt: Das Aufbewahren war bei ihrem Eintreffen ausgeschaltet.</translation>
    </message>
    <message>
        <source>Waiting for the first byte.</source>
        <translation>Warten auf das erste Byte.</translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation>Die Antwort hat keinen Inhalt.</translation>
    </message>
    <message>
        <source>The request has no body.</source>
        <translation>Die Anfrage hat keinen Inhalt.</translation>
    </message>
    <message>
        <source>Only the first %1 are kept.</source>
        <translation>Nur die ersten %1 werden aufbewahrt.</translation>
    </message>
    <message>
        <source>Very long lines are folded.</source>
        <translation>Sehr lange Zeilen sind umbrochen.</translation>
    </message>
    <message>
        <source>*** (not shown)</source>
        <translation>*** (nicht angezeigt)</translation>
    </message>
    <message>
        <source>Timing of the request</source>
        <translation>Zeitverlauf der Anfrage</translation>
    </message>
    <message>
        <source>Keep &amp;bodies</source>
        <translation>&amp;Inhalte aufbewahren</translation>
    </message>
    <message>
        <source>A WebSocket is open. What goes over it is not kept.</source>
        <translation>Ein WebSocket ist offen. Was darüber läuft, wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>What went over this WebSocket was not kept.</source>
        <translation>Was über diesen WebSocket lief, wurde nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>interaction %1</source>
        <comment>its status</comment>
        <translation>Interaktion %1</translation>
    </message>
    <message>
        <source>Enter shows the request that it continues</source>
        <translation>Die Eingabetaste zeigt die Anfrage, die fortgesetzt wird</translation>
    </message>
    <message>
        <source>Continues %1, which is not in this list</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Setzt %1 fort, was nicht in dieser Liste steht</translation>
    </message>
    <message>
        <source>Continues %1</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Setzt %1 fort</translation>
    </message>
    <message>
        <source>Unreadable: this is no JSON object that names a model or an agent. It went to Gemini as it is.</source>
        <translation>Unlesbar: Das ist kein JSON-Objekt, das ein Modell oder einen Agenten nennt. Es ging unverändert an Gemini.</translation>
    </message>
    <message>
        <source>%1, asked for as %2</source>
        <comment>a model and another name</comment>
        <translation>%1, angefragt als %2</translation>
    </message>
</context>
<context>
    <name>RequestModel</name>
    <message>
        <source>not told</source>
        <translation>keine Angabe</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>unknown client</source>
        <translation>unbekannter Client</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>keine Route</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Eingabe-Tokens</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Ausgabe-Tokens</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
</context>
<context>
    <name>RequestTable</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>&amp;Keep bodies</source>
        <translation>&amp;Inhalte aufbewahren</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Keep bodies</source>
        <translation>Inhalte aufbewahren</translation>
    </message>
    <message>
        <source>Keep what requests and answers say, in memory only</source>
        <translation>Inhalte von Anfragen und Antworten aufbewahren, nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Search requests</source>
        <translation>Anfragen durchsuchen</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Welche Anfragen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>No request matches.</source>
        <translation>Keine passende Anfrage.</translation>
    </message>
    <message>
        <source>S&amp;how all</source>
        <translation>&amp;Alle anzeigen</translation>
    </message>
    <message>
        <source>Show all requests</source>
        <translation>Alle Anfragen anzeigen</translation>
    </message>
    <message>
        <source>Go to the table or the request</source>
        <translation>Zur Tabelle oder zur Anfrage wechseln</translation>
    </message>
    <message>
        <source>C&amp;lear what has ended</source>
        <translation>&amp;Beendete entfernen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>Einstellungen: %1</translation>
    </message>
</context>
<context>
    <name>TimingView</name>
    <message>
        <source>Timing</source>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>TokenCard</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>This is the only time that it is shown. A program sends it instead of a key.</source>
        <translation>Es wird nur dieses eine Mal angezeigt. Ein Programm sendet es anstelle eines Schlüssels.</translation>
    </message>
    <message>
        <source>The token of %1</source>
        <translation>Das Token von %1</translation>
    </message>
</context>
<context>
    <name>TokenTable</name>
    <message>
        <source>Re&amp;voke</source>
        <translation>Widerr&amp;ufen</translation>
    </message>
    <message>
        <source>Really re&amp;voke</source>
        <translation>Wirklich widerr&amp;ufen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>To&amp;kens</source>
        <translation>T&amp;okens</translation>
    </message>
</context>
<context>
    <name>TranscriptPresenter</name>
    <message>
        <source>Waiting for the first word…</source>
        <translation>Warten auf das erste Wort…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a file&apos;s name and size</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Look at the key</source>
        <translation>Schlüssel ansehen</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Frage bearbeiten</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Vorherige</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which of the branches</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Noch einmal antworten</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>This picture has %1 × %2 pixels: too many to show it here.</source>
        <translation>Dieses Bild hat %1 × %2 Pixel: zu viele, um es hier anzuzeigen.</translation>
    </message>
    <message>
        <source>This picture could not be read.</source>
        <translation>Dieses Bild konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Open Gemini Desk</source>
        <translation>&amp;Gemini Desk öffnen</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>&amp;Proxy</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy listens on %1</source>
        <translation>Gemini Desk: Der Proxy ist unter %1 erreichbar</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy is not running</source>
        <translation>Gemini Desk: Der Proxy läuft nicht</translation>
    </message>
</context>
<context>
    <name>UsageChart</name>
    <message>
        <source>Tokens by day</source>
        <translation>Tokens nach Tag</translation>
    </message>
    <message>
        <source>Tokens by month</source>
        <translation>Tokens nach Monat</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n Anfrage</numerusform>
            <numerusform>%n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>model or client: tokens</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 tokens</source>
        <comment>day: number</comment>
        <translation>%1: %2 Tokens</translation>
    </message>
    <message>
        <source>Nothing was used in this time</source>
        <translation>Kein Verbrauch in diesem Zeitraum</translation>
    </message>
</context>
<context>
    <name>UsageModel</name>
    <message numerus="yes">
        <source>%n of them failed</source>
        <translation>
            <numerusform>%n davon fehlgeschlagen</numerusform>
            <numerusform>%n davon fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Eingabe-Tokens</translation>
    </message>
    <message>
        <source>In</source>
        <comment>tokens</comment>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Tokens out, with thoughts</source>
        <translation>Ausgabe-Tokens mit Gedanken</translation>
    </message>
    <message>
        <source>Out</source>
        <comment>tokens</comment>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Tokens out that are thoughts</source>
        <translation>Ausgabe-Tokens für Gedanken</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>&amp;Export</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>No usage yet</source>
        <translation>Noch kein Verbrauch</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>&amp;Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Usage is off</source>
        <translation>Verbrauch wird nicht erfasst</translation>
    </message>
    <message>
        <source>Turn it on in the settings to see here what is used: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>In den Einstellungen einschalten, um hier den Verbrauch zu sehen: Tokens nach Tag, Modell und Client. Nur Zahlen werden gespeichert, auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Export usage as CSV</source>
        <translation>Verbrauch als CSV exportieren</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Gruppierung</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>By client</source>
        <translation>Nach Client</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Als CSV exportieren</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>Tabelle als CSV speichern</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Requests, %n failed</source>
        <translation>
            <numerusform>Anfragen, %n fehlgeschlagen</numerusform>
            <numerusform>Anfragen, %n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Eingabe-Tokens</translation>
    </message>
    <message>
        <source>Tokens out, %1 of them thoughts</source>
        <translation>Ausgabe-Tokens, davon %1 Gedanken</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Ausgabe-Tokens</translation>
    </message>
    <message>
        <source>Usage is off: new requests are not counted.</source>
        <translation>Verbrauch wird nicht erfasst: Neue Anfragen werden nicht gezählt.</translation>
    </message>
    <message>
        <source>&amp;Turn on</source>
        <translation>Ein&amp;schalten</translation>
    </message>
    <message>
        <source>Export usage</source>
        <translation>Verbrauch exportieren</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>What Gemini answers through the proxy is counted here: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>Was Gemini über den Proxy antwortet, wird hier gezählt: Tokens nach Tag, Modell und Client. Nur Zahlen werden gespeichert, auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The demo is not counted, as it costs nothing.</source>
        <translation>Die Demo wird nicht gezählt, denn sie kostet nichts.</translation>
    </message>
</context>
<context>
    <name>UsageSeries</name>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
</context>
<context>
    <name>UsageTable</name>
    <message>
        <source>Usage by day, model and client</source>
        <translation>Verbrauch nach Tag, Modell und Client</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>&amp;Look again</source>
        <translation>Erneut s&amp;uchen</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>&amp;Demo ausprobieren</translation>
    </message>
    <message>
        <source>It needs no key and no network.</source>
        <translation>Sie braucht weder Schlüssel noch Netzwerk.</translation>
    </message>
    <message>
        <source>The programs on this machine can use Google&apos;s Gemini, and none of them sees your key.</source>
        <translation>Die Programme auf diesem Rechner können Googles Gemini nutzen, und keines sieht Ihren Schlüssel.</translation>
    </message>
    <message>
        <source>The key rests in your system&apos;s keychain and is sent to Google only.</source>
        <translation>Der Schlüssel liegt im Schlüsselbund des Systems und wird nur an Google gesendet.</translation>
    </message>
    <message>
        <source>Looking for a key in the keychain.</source>
        <translation>Im Schlüsselbund wird nach einem Schlüssel gesucht.</translation>
    </message>
    <message>
        <source>There is a key in the keychain. Another one takes its place.</source>
        <translation>Im Schlüsselbund liegt ein Schlüssel. Ein anderer ersetzt ihn.</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain.</source>
        <translation>Der Schlüssel stammt aus der Umgebungsvariablen %1, die Vorrang vor dem Schlüsselbund hat.</translation>
    </message>
    <message>
        <source>There is a key for this session. It is forgotten when Gemini Desk quits.</source>
        <translation>Es gibt einen Schlüssel für diese Sitzung. Er wird beim Beenden von Gemini Desk vergessen.</translation>
    </message>
    <message>
        <source>The demo answers at the moment. Give a key to ask Gemini itself.</source>
        <translation>Zurzeit antwortet die Demo. Für Antworten von Gemini selbst einen Schlüssel eingeben.</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>Es läuft kein Schlüsselbunddienst, daher kann kein Schlüssel aufbewahrt werden. Bitte einen starten, etwa GNOME Keyring oder KWallet, und erneut suchen oder einen Schlüssel für diese Sitzung eingeben.</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. If your key is in it, unlock it and look again.</source>
        <translation>Der Schlüsselbund ist gesperrt oder seine Rückfrage wurde abgebrochen oder abgelehnt. Falls Ihr Schlüssel darin liegt, bitte entsperren und erneut suchen.</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>Der Schlüsselbund antwortet nicht wie erwartet. Er wird von selbst erneut gefragt; bis dahin bitte einen Schlüssel für diese Sitzung eingeben.</translation>
    </message>
</context>
<context>
    <name>answermarkdown</name>
    <message>
        <source>File: %1</source>
        <translation>Datei: %1</translation>
    </message>
    <message>
        <source>The model calls the function %1:</source>
        <translation>Das Modell ruft die Funktion %1 auf:</translation>
    </message>
    <message>
        <source>The function %1 answers:</source>
        <translation>Die Funktion %1 antwortet:</translation>
    </message>
    <message>
        <source>Output:</source>
        <translation>Ausgabe:</translation>
    </message>
    <message>
        <source>The code took too long. Output:</source>
        <translation>Der Code brauchte zu lange. Ausgabe:</translation>
    </message>
    <message>
        <source>The code failed. Output:</source>
        <translation>Der Code ist fehlgeschlagen. Ausgabe:</translation>
    </message>
    <message>
        <source>A part that this version does not know:</source>
        <translation>Ein Teil, den diese Version nicht kennt:</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
</context>
<context>
    <name>answerwords</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>In %n Sekunde erneut versuchen.</numerusform>
            <numerusform>In %n Sekunden erneut versuchen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>In %n Minute erneut versuchen.</numerusform>
            <numerusform>In %n Minuten erneut versuchen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>In %n Stunde erneut versuchen.</numerusform>
            <numerusform>In %n Stunden erneut versuchen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No more requests of this kind are left today.</source>
        <translation>Für heute sind keine Anfragen dieser Art mehr übrig.</translation>
    </message>
    <message>
        <source>There were too many requests, or too many tokens, within a minute.</source>
        <translation>Es waren zu viele Anfragen oder zu viele Tokens in einer Minute.</translation>
    </message>
    <message>
        <source>Gemini takes no more requests with this key for now.</source>
        <translation>Gemini nimmt mit diesem Schlüssel zurzeit keine Anfragen mehr an.</translation>
    </message>
    <message>
        <source>Try again later, or choose another model.</source>
        <translation>Versuchen Sie es später erneut, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety ended the answer.</source>
        <translation>Geminis Sicherheitsfilter haben die Antwort beendet.</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety refused the question.</source>
        <translation>Geminis Sicherheitsfilter haben die Frage abgelehnt.</translation>
    </message>
    <message>
        <source>The answer came too close to a text that others hold the rights to.</source>
        <translation>Die Antwort kam einem Text zu nahe, an dem andere die Rechte haben.</translation>
    </message>
    <message>
        <source>Gemini does not speak the language that was asked for.</source>
        <translation>Gemini spricht die gewünschte Sprache nicht.</translation>
    </message>
    <message>
        <source>There is a word in it that Gemini does not allow.</source>
        <translation>Darin steht ein Wort, das Gemini nicht erlaubt.</translation>
    </message>
    <message>
        <source>Gemini does not allow contents of this kind.</source>
        <translation>Gemini erlaubt Inhalte dieser Art nicht.</translation>
    </message>
    <message>
        <source>The answer would have held personal data.</source>
        <translation>Die Antwort hätte persönliche Daten enthalten.</translation>
    </message>
    <message>
        <source>Gemini refused it without a reason.</source>
        <translation>Gemini hat ohne Angabe von Gründen abgelehnt.</translation>
    </message>
    <message>
        <source>The key does not work</source>
        <translation>Der Schlüssel funktioniert nicht</translation>
    </message>
    <message>
        <source>The quota is used up</source>
        <translation>Das Kontingent ist aufgebraucht</translation>
    </message>
    <message>
        <source>This model cannot answer</source>
        <translation>Dieses Modell kann nicht antworten</translation>
    </message>
    <message>
        <source>Choose another model, then try again.</source>
        <translation>Wählen Sie ein anderes Modell, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Gemini did not answer this</source>
        <translation>Gemini hat darauf nicht geantwortet</translation>
    </message>
    <message>
        <source>Putting the question differently may help.</source>
        <translation>Vielleicht hilft es, die Frage anders zu stellen.</translation>
    </message>
    <message>
        <source>Gemini could not be reached</source>
        <translation>Gemini war nicht erreichbar</translation>
    </message>
    <message>
        <source>The model is overloaded</source>
        <translation>Das Modell ist überlastet</translation>
    </message>
    <message>
        <source>Try again in a moment, or choose another model.</source>
        <translation>Versuchen Sie es gleich noch einmal, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The question is too large</source>
        <translation>Die Frage ist zu groß</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation>Die Antwort brach ab</translation>
    </message>
    <message>
        <source>The connection ended before the first word.</source>
        <translation>Die Verbindung endete vor dem ersten Wort.</translation>
    </message>
    <message>
        <source>What came is above. Another try begins anew.</source>
        <translation>Was ankam, steht oben. Ein neuer Versuch beginnt von vorn.</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Stopped before the first word.</source>
        <translation>Vor dem ersten Wort gestoppt.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>The answer ends here because it reached its limit of tokens.</source>
        <translation>Die Antwort endet hier, weil ihre Höchstzahl an Tokens erreicht ist.</translation>
    </message>
    <message>
        <source>The answer ends here because the model tried to use a tool that does not exist.</source>
        <translation>Die Antwort endet hier, weil das Modell ein Werkzeug nutzen wollte, das es nicht gibt.</translation>
    </message>
    <message>
        <source>The answer ended early. Gemini’s reason: %1</source>
        <translation>Die Antwort endete vorzeitig. Geminis Grund: %1</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>Die Antwort ist leer.</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>%1 nachgedacht</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Denkt nach…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln for thoughts</source>
        <translation>
            <numerusform>%Ln für Gedanken</numerusform>
            <numerusform>%Ln für Gedanken</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to the first</source>
        <translation>%1 bis zum ersten</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 pro Sekunde</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in</source>
        <translation>
            <numerusform>%Ln Token ein</numerusform>
            <numerusform>%Ln Tokens ein</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln out</source>
        <translation>
            <numerusform>%Ln aus</numerusform>
            <numerusform>%Ln aus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chat::Error</name>
    <message>
        <source>The key is missing or not valid.</source>
        <translation>Der Schlüssel fehlt oder ist ungültig.</translation>
    </message>
    <message>
        <source>The quota is used up for now.</source>
        <translation>Das Kontingent ist zurzeit aufgebraucht.</translation>
    </message>
    <message>
        <source>There is no such model.</source>
        <translation>Dieses Modell gibt es nicht.</translation>
    </message>
    <message>
        <source>Gemini refused to answer this.</source>
        <translation>Gemini hat die Antwort verweigert.</translation>
    </message>
    <message>
        <source>Gemini could not be reached.</source>
        <translation>Gemini war nicht erreichbar.</translation>
    </message>
    <message>
        <source>The model is overloaded. Try again in a moment.</source>
        <translation>Das Modell ist überlastet. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The question is too large to be sent.</source>
        <translation>Die Frage ist zu groß zum Senden.</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>Die Antwort wurde gestoppt.</translation>
    </message>
    <message>
        <source>The answer broke off before it was complete.</source>
        <translation>Die Antwort brach ab, bevor sie vollständig war.</translation>
    </message>
    <message>
        <source>Something went wrong on the way to Gemini.</source>
        <translation>Auf dem Weg zu Gemini ist etwas schiefgegangen.</translation>
    </message>
</context>
<context>
    <name>chat::Markdown</name>
    <message>
        <source>Attachment: %1</source>
        <translation>Anhang: %1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>## You</source>
        <translation>## Sie</translation>
    </message>
    <message>
        <source>## Gemini</source>
        <translation>## Gemini</translation>
    </message>
    <message>
        <source>Sources:</source>
        <translation>Quellen:</translation>
    </message>
</context>
<context>
    <name>chat::RequestMaker</name>
    <message>
        <source>An attachment could not be read.</source>
        <translation>Ein Anhang konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>chat::StoreError</name>
    <message>
        <source>The file with your chats is damaged. It was left as it is.</source>
        <translation>Die Datei mit Ihren Chats ist beschädigt. Sie wurde nicht verändert.</translation>
    </message>
    <message>
        <source>The file with your chats was made by a newer version of Gemini Desk. It was left as it is.</source>
        <translation>Die Datei mit Ihren Chats stammt von einer neueren Version von Gemini Desk. Sie wurde nicht verändert.</translation>
    </message>
    <message>
        <source>The chat could not be saved: the disk is full.</source>
        <translation>Der Chat konnte nicht gespeichert werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The file cannot be read or written. Check its permissions.</source>
        <translation>Die Datei kann nicht gelesen oder geschrieben werden. Bitte die Rechte prüfen.</translation>
    </message>
    <message>
        <source>The chat is not there any more.</source>
        <translation>Der Chat ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file holds no chats that can be imported.</source>
        <translation>Die Datei enthält keine Chats, die sich importieren lassen.</translation>
    </message>
    <message>
        <source>The chats could not be read or saved.</source>
        <translation>Die Chats konnten nicht gelesen oder gespeichert werden.</translation>
    </message>
    <message>
        <source>Another program is using the file with your chats.</source>
        <translation>Ein anderes Programm verwendet die Datei mit Ihren Chats.</translation>
    </message>
    <message>
        <source>Another program has changed this chat meanwhile.</source>
        <translation>Ein anderes Programm hat diesen Chat inzwischen geändert.</translation>
    </message>
    <message>
        <source>The disk could not be read or written (%1).</source>
        <translation>Der Datenträger konnte nicht gelesen oder beschrieben werden (%1).</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2 on %3.</source>
        <translation>Ihre Chats sind in einem anderen Programm geöffnet: %1, Prozess %2 auf %3.</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2.</source>
        <translation>Ihre Chats sind in einem anderen Programm geöffnet: %1, Prozess %2.</translation>
    </message>
</context>
<context>
    <name>chat::Upload</name>
    <message>
        <source>%1 could not be read.</source>
        <translation>%1 konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>columnMenus</name>
    <message>
        <source>Sort &amp;by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>Colu&amp;mns</source>
        <translation>S&amp;palten</translation>
    </message>
</context>
<context>
    <name>curlCommand</name>
    <message>
        <source>The body (%1) was not kept.</source>
        <translation>Der Inhalt (%1) wurde nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The body (%1) was kept only in part.</source>
        <translation>Der Inhalt (%1) wurde nur teilweise aufbewahrt.</translation>
    </message>
    <message>
        <source>The body (%1) is not plain text.</source>
        <translation>Der Inhalt (%1) ist kein reiner Text.</translation>
    </message>
    <message>
        <source>The body (%1) is too long for a command line.</source>
        <translation>Der Inhalt (%1) ist zu lang für eine Befehlszeile.</translation>
    </message>
    <message>
        <source>A field that is not plain text is left out.</source>
        <translation>Ein Feld, das kein reiner Text ist, wurde weggelassen.</translation>
    </message>
    <message>
        <source>Put it into the file body.bin.</source>
        <translation>Bitte in die Datei body.bin legen.</translation>
    </message>
</context>
<context>
    <name>markdown</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>Tipp</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>Wichtig</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>Vorsicht</translation>
    </message>
</context>
<context>
    <name>markdown::MarkdownView</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>Zum Ende</translation>
    </message>
</context>
<context>
    <name>requesttexts</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n Millisekunde</numerusform>
            <numerusform>%n Millisekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 Sekunden</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>Client getrennt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>status code, state</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>It came at %1.</source>
        <translation>Sie traf um %1 ein.</translation>
    </message>
    <message>
        <source>It had gone to Gemini after %1.</source>
        <translation>Nach %1 war sie an Gemini gesendet.</translation>
    </message>
    <message>
        <source>The first byte of the answer came after %1.</source>
        <translation>Das erste Byte der Antwort kam nach %1.</translation>
    </message>
    <message>
        <source>It is running.</source>
        <translation>Sie läuft.</translation>
    </message>
    <message>
        <source>It ended after %1.</source>
        <translation>Sie endete nach %1.</translation>
    </message>
    <message>
        <source>The client left after %1.</source>
        <translation>Der Client trennte die Verbindung nach %1.</translation>
    </message>
    <message>
        <source>It failed after %1.</source>
        <translation>Sie schlug nach %1 fehl.</translation>
    </message>
    <message numerus="yes">
        <source>Gemini was asked %n time(s).</source>
        <translation>
            <numerusform>Gemini wurde %n Mal angefragt.</numerusform>
            <numerusform>Gemini wurde %n Mal angefragt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The interaction is %1.</source>
        <comment>its ID</comment>
        <translation>Die Interaktion ist %1.</translation>
    </message>
    <message>
        <source>It continues %1.</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Sie setzt %1 fort.</translation>
    </message>
    <message>
        <source>Gemini calls it %1.</source>
        <comment>an interaction, its status</comment>
        <translation>Gemini nennt ihren Stand %1.</translation>
    </message>
    <message>
        <source>Gemini goes on working on it.</source>
        <translation>Gemini arbeitet weiter daran.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <comment>in place of a model</comment>
        <translation>unlesbar</translation>
    </message>
</context>
</TS>
