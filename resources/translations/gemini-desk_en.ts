<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
