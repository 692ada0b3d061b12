<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ChatFiles</name>
    <message numerus="yes">
        <source>%n conversation(s) imported</source>
        <translation>
            <numerusform>%n conversation imported</numerusform>
            <numerusform>%n conversations imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message numerus="yes">
        <source>Give a name of at most %n character(s).</source>
        <translation>
            <numerusform>Give a name of at most %n character.</numerusform>
            <numerusform>Give a name of at most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message numerus="yes">
        <source>%n answer(s) still streaming. What should happen to them?</source>
        <translation>
            <numerusform>%n answer still streaming. What should happen to it?</numerusform>
            <numerusform>%n answers still streaming. What should happen to them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>~%Ln token(s)</source>
        <comment>about so many</comment>
        <translation>
            <numerusform>~%Ln token</numerusform>
            <numerusform>~%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>%n chat deleted</numerusform>
            <numerusform>%n chats deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyTestWords</name>
    <message numerus="yes">
        <source>The key works: it may use %n model(s).</source>
        <translation>
            <numerusform>The key works: it may use %n model.</numerusform>
            <numerusform>The key works: it may use %n models.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%1, %n token(s)</source>
        <translation>
            <numerusform>%1, %n token</numerusform>
            <numerusform>%1, %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProxyPill</name>
    <message numerus="yes">
        <source>%n answer(s) streaming</source>
        <translation>
            <numerusform>%n answer streaming</numerusform>
            <numerusform>%n answers streaming</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestModel</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageChart</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageModel</name>
    <message numerus="yes">
        <source>%n of them failed</source>
        <translation>
            <numerusform>%n of them failed</numerusform>
            <numerusform>%n of them failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message numerus="yes">
        <source>Requests, %n failed</source>
        <translation>
            <numerusform>Requests, %n failed</numerusform>
            <numerusform>Requests, %n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>answerwords</name>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>Try again in %n minute.</numerusform>
            <numerusform>Try again in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>Try again in %n hour.</numerusform>
            <numerusform>Try again in %n hours.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln for thoughts</source>
        <translation>
            <numerusform>%Ln for thoughts</numerusform>
            <numerusform>%Ln for thoughts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in</source>
        <translation>
            <numerusform>%Ln token in</numerusform>
            <numerusform>%Ln tokens in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln out</source>
        <translation>
            <numerusform>%Ln out</numerusform>
            <numerusform>%Ln out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>requesttexts</name>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n millisecond</numerusform>
            <numerusform>%n milliseconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gemini was asked %n time(s).</source>
        <translation>
            <numerusform>Gemini was asked %n time.</numerusform>
            <numerusform>Gemini was asked %n times.</numerusform>
        </translation>
    </message>
</context>
</TS>
