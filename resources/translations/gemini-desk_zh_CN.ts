<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AccessSection</name>
    <message>
        <source>Access</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>&amp;This machine only</source>
        <translation>仅限本机(&amp;T)</translation>
    </message>
    <message>
        <source>Also &amp;other machines on the network</source>
        <translation>也允许网络上的其他设备(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;New token for</source>
        <translation>新建令牌，用于(&amp;N)</translation>
    </message>
    <message>
        <source>One for each program: then you see who used what, and can revoke one alone.</source>
        <translation>每个程序一个：这样能看到各自的用量，也能单独撤销。</translation>
    </message>
    <message>
        <source>&amp;Web pages that may call</source>
        <translation>允许调用的网页(&amp;W)</translation>
    </message>
    <message>
        <source>Their origins. Pages of any other are refused.</source>
        <translation>填写网页的 Origin。其他网页会被拒绝。</translation>
    </message>
    <message>
        <source>&amp;Add page</source>
        <translation>添加网页(&amp;A)</translation>
    </message>
    <message>
        <source>Remove pa&amp;ge</source>
        <translation>移除网页(&amp;G)</translation>
    </message>
    <message>
        <source>Further &amp;host names of the proxy</source>
        <translation>代理的其他主机名(&amp;H)</translation>
    </message>
    <message>
        <source>Names under which programs reach it, besides its address and localhost.</source>
        <translation>除代理地址和 localhost 外，程序访问代理所用的名称。</translation>
    </message>
    <message>
        <source>Add nam&amp;e</source>
        <translation>添加名称(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Remove name</source>
        <translation>移除名称(&amp;R)</translation>
    </message>
    <message>
        <source>Name of a program</source>
        <translation>程序名称</translation>
    </message>
    <message>
        <source>&amp;Make token</source>
        <translation>创建令牌(&amp;M)</translation>
    </message>
    <message>
        <source>Who may call</source>
        <translation>谁可以调用</translation>
    </message>
    <message>
        <source>Every program must send one of the tokens below.</source>
        <translation>每个程序都必须发送下列令牌之一。</translation>
    </message>
    <message>
        <source>Other machines can be let in once there is a token: make one below.</source>
        <translation>有令牌后才能允许其他设备访问：请在下方创建。</translation>
    </message>
    <message>
        <source>Without a token, any program of any user on this machine can spend your key.</source>
        <translation>没有令牌时，本机任何用户的任何程序都能使用你的密钥。</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>No reason was told.</source>
        <translation>未说明原因。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>error, reason</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The prompt was blocked: %1</source>
        <translation>提示词被拦截：%1</translation>
    </message>
    <message>
        <source>Calls %1 with %2</source>
        <translation>调用 %1，参数：%2</translation>
    </message>
    <message>
        <source>Runs this code:</source>
        <translation>运行以下代码：</translation>
    </message>
    <message>
        <source>The code says:</source>
        <translation>代码输出：</translation>
    </message>
    <message>
        <source>Holds data: %1, %2</source>
        <translation>包含数据：%1，%2</translation>
    </message>
    <message>
        <source>Ended early: %1</source>
        <translation>提前结束：%1</translation>
    </message>
    <message>
        <source>Ended early: %1. %2</source>
        <translation>提前结束：%1。%2</translation>
    </message>
    <message>
        <source>Calls %1 of %2 with %3</source>
        <comment>a tool, its server, arguments</comment>
        <translation>调用 %2 的 %1，参数：%3</translation>
    </message>
    <message>
        <source>Searches for: %1</source>
        <translation>搜索：%1</translation>
    </message>
    <message>
        <source>Reads: %1</source>
        <translation>读取：%1</translation>
    </message>
    <message>
        <source>Cites %1</source>
        <translation>引用 %1</translation>
    </message>
    <message>
        <source>Cites %1: %2</source>
        <comment>title, address</comment>
        <translation>引用 %1：%2</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Light or dark, at once.</source>
        <translation>浅色或深色，立即生效。</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>文字大小(&amp;S)</translation>
    </message>
    <message>
        <source>Of the system&apos;s text size.</source>
        <translation>相对于系统文字大小。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Changes when Gemini Desk is started the next time.</source>
        <translation>下次启动 Gemini Desk 时生效。</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Upload %1 again</source>
        <translation>重新上传 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>取消上传</translation>
    </message>
</context>
<context>
    <name>AttachmentReader</name>
    <message>
        <source>The picture could not be read.</source>
        <translation>无法读取图片。</translation>
    </message>
    <message>
        <source>It is too large to be sent.</source>
        <translation>太大，无法发送。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation>这是一个文件夹。</translation>
    </message>
    <message>
        <source>It is not a file.</source>
        <translation>这不是文件。</translation>
    </message>
    <message>
        <source>It could not be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>Gemini does not read files of this kind: %1</source>
        <translation>Gemini 无法读取此类文件：%1</translation>
    </message>
    <message>
        <source>It is larger than %1.</source>
        <translation>大于 %1。</translation>
    </message>
    <message>
        <source>It is a PDF larger than %1.</source>
        <translation>这是大于 %1 的 PDF。</translation>
    </message>
    <message>
        <source>It has too many pixels.</source>
        <translation>像素过多。</translation>
    </message>
    <message>
        <source>Its text is not in UTF-8.</source>
        <translation>其文本不是 UTF-8 编码。</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Pasted picture.png</source>
        <translation>粘贴的图片.png</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>There is no room for it: a question may have %1 in all.</source>
        <translation>放不下：一个问题总共最多 %1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file&apos;s name, and why it cannot be attached</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>It could not be uploaded.</source>
        <translation>无法上传。</translation>
    </message>
    <message>
        <source>Gemini prepares it…</source>
        <translation>Gemini 正在处理…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>sizes: what of it is uploaded</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>正在上传…</translation>
    </message>
    <message>
        <source>%1 does not take %2.</source>
        <comment>a model; a kind of file</comment>
        <translation>%1 不支持%2。</translation>
    </message>
    <message>
        <source>%1, uploaded when sent</source>
        <comment>a file&apos;s size</comment>
        <translation>%1，发送时上传</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>BodyView</name>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Show thou&amp;ghts</source>
        <translation>显示思考(&amp;G)</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>显示思考</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Disconnect %1</source>
        <translation>断开 %1</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>连接 %1</translation>
    </message>
    <message>
        <source>This takes out what Gemini Desk has written. All else stays as it is.</source>
        <translation>这会移除 Gemini Desk 写入的内容，其余保持不变。</translation>
    </message>
    <message>
        <source>This is what changes. A copy of a file as it is now is kept beside it.</source>
        <translation>以下是将要更改的内容。文件的当前副本会保存在旁边。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>写入(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>ChartScale</name>
    <message>
        <source>%1k</source>
        <comment>thousand</comment>
        <translation>%1k</translation>
    </message>
    <message>
        <source>%1M</source>
        <comment>million</comment>
        <translation>%1M</translation>
    </message>
    <message>
        <source>%1G</source>
        <comment>thousand million</comment>
        <translation>%1G</translation>
    </message>
</context>
<context>
    <name>ChatFiles</name>
    <message>
        <source>Export as Markdown</source>
        <translation>导出为 Markdown</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>导出为 JSON</translation>
    </message>
    <message>
        <source>conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The picture could not be saved: %1</source>
        <translation>无法保存图片：%1</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Exported conversations (*.json)</source>
        <translation>导出的对话 (*.json)</translation>
    </message>
    <message>
        <source>Delete all conversations</source>
        <translation>删除所有对话</translation>
    </message>
    <message>
        <source>Delete all conversations for good? This cannot be undone.</source>
        <translation>要永久删除所有对话吗？此操作无法撤销。</translation>
    </message>
    <message>
        <source>&amp;Delete all</source>
        <translation>全部删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>Nothing was exported. %1</source>
        <translation>没有导出任何内容。%1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported</source>
        <translation>
            <numerusform>已导入 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was imported. %1</source>
        <translation>没有导入任何内容。%1</translation>
    </message>
    <message>
        <source>The conversations could not be deleted. %1</source>
        <translation>无法删除对话。%1</translation>
    </message>
    <message>
        <source>All conversations were deleted.</source>
        <translation>已删除所有对话。</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>An answer still streams. Stop it first, or wait for its end.</source>
        <translation>仍有回答在生成。请先停止，或等它结束。</translation>
    </message>
    <message>
        <source>What is asked now is not kept.</source>
        <translation>现在提的问题不会保存。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>The question is sent as soon as the proxy is ready.</source>
        <translation>代理就绪后会立即发送问题。</translation>
    </message>
    <message>
        <source>The proxy is off, and the chat goes through it.</source>
        <translation>代理已关闭，而聊天要通过代理进行。</translation>
    </message>
    <message>
        <source>&amp;Turn it on</source>
        <translation>开启(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Stop the answer</source>
        <translation>停止回答(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy the last answer</source>
        <translation>复制上一个回答(&amp;C)</translation>
    </message>
    <message>
        <source>Answer &amp;again</source>
        <translation>重新回答(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit the last question</source>
        <translation>编辑上一个问题(&amp;E)</translation>
    </message>
    <message>
        <source>Export as &amp;Markdown…</source>
        <translation>导出为 Markdown(&amp;M)…</translation>
    </message>
    <message>
        <source>Export as &amp;JSON…</source>
        <translation>导出为 JSON(&amp;J)…</translation>
    </message>
    <message>
        <source>Export a&amp;ll conversations as JSON…</source>
        <translation>将所有对话导出为 JSON(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Import conversations…</source>
        <translation>导入对话(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Delete all conversations…</source>
        <translation>删除所有对话(&amp;D)…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>你想了解什么？</translation>
    </message>
    <message>
        <source>Write a question below. The answer streams in here, and the conversation is kept on this computer only.</source>
        <translation>在下方输入问题。回答会在这里逐步显示，对话只保存在这台电脑上。</translation>
    </message>
    <message>
        <source>The tokens could not be counted. %1</source>
        <translation>无法计算 token 数。%1</translation>
    </message>
    <message>
        <source>Another program has changed this chat. What is asked here is kept in a copy of it.</source>
        <translation>其他程序更改了此聊天。在这里提的问题会保存到它的副本中。</translation>
    </message>
    <message>
        <source>It is tried again; until that works, what is shown is not kept.</source>
        <translation>程序会重试；在此之前，当前显示的内容未保存。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>The newest in your chats is not saved yet. It is tried again.</source>
        <translation>聊天的最新内容尚未保存成功。程序会重试。</translation>
    </message>
    <message>
        <source>&amp;Leave without saving</source>
        <translation>不保存并退出(&amp;L)</translation>
    </message>
</context>
<context>
    <name>ChatSidebar</name>
    <message>
        <source>&amp;New chat</source>
        <translation>新聊天(&amp;N)</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Give a whole number from %L1 to %L2.</source>
        <translation>请输入 %L1 到 %L2 之间的整数。</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535.</source>
        <translation>请输入 1 到 65535 之间的端口。</translation>
    </message>
    <message>
        <source>Give a model&apos;s name, such as gemini-flash-latest.</source>
        <translation>请输入模型名称，例如 gemini-flash-latest。</translation>
    </message>
    <message>
        <source>Give the token a name, such as that of the program that will use it.</source>
        <translation>请为令牌命名，例如使用它的程序的名称。</translation>
    </message>
    <message numerus="yes">
        <source>Give a name of at most %n character(s).</source>
        <translation>
            <numerusform>名称最多 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Give a name without characters that cannot be seen.</source>
        <translation>名称中不能有不可见字符。</translation>
    </message>
    <message>
        <source>There is a token of this name already. Choose another name, or revoke that one.</source>
        <translation>已有同名令牌。请换一个名称，或撤销原有令牌。</translation>
    </message>
    <message>
        <source>Give an origin such as https://example.com or http://localhost:3000.</source>
        <translation>请输入 Origin，例如 https://example.com 或 http://localhost:3000。</translation>
    </message>
    <message>
        <source>Leave out the user: an origin is only scheme, host and port.</source>
        <translation>请去掉用户名：Origin 只包含协议、主机和端口。</translation>
    </message>
    <message>
        <source>Leave out what follows the host: an origin is only scheme, host and port.</source>
        <translation>请去掉主机之后的内容：Origin 只包含协议、主机和端口。</translation>
    </message>
    <message>
        <source>“%1” is not the name or address of a host.</source>
        <translation>“%1”不是主机名或主机地址。</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, or none.</source>
        <translation>请输入 1 到 65535 之间的端口，或不填端口。</translation>
    </message>
    <message>
        <source>Give only a name, such as desk.example.com or desk.example.com:8080.</source>
        <translation>请只输入名称，例如 desk.example.com 或 desk.example.com:8080。</translation>
    </message>
    <message>
        <source>Leave out user and password: credentials are not stored.</source>
        <translation>请去掉用户名和密码：登录凭据不会保存。</translation>
    </message>
    <message>
        <source>Give an address that starts with http:// or socks5://.</source>
        <translation>请输入以 http:// 或 socks5:// 开头的地址。</translation>
    </message>
    <message>
        <source>Leave out what follows the port.</source>
        <translation>请去掉端口之后的内容。</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s host, such as http://proxy.example.com:3128.</source>
        <translation>请输入网络代理的主机，例如 http://proxy.example.com:3128。</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s port, from 1 to 65535, such as http://proxy.example.com:3128.</source>
        <translation>请输入网络代理的端口（1 到 65535），例如 http://proxy.example.com:3128。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>This is not a file of certificates.</source>
        <translation>这不是证书文件。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>无法读取文件：%1</translation>
    </message>
    <message>
        <source>There is no certificate in PEM form in this file.</source>
        <translation>此文件中没有 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, * for every port, or none.</source>
        <translation>请输入 1 到 65535 之间的端口，或用 * 表示所有端口，或不填端口。</translation>
    </message>
    <message>
        <source>“null” lets in every website that uses a frame, and every page opened from a file. Set a token with it.</source>
        <translation>“null”会放行所有使用框架的网站，以及所有从文件打开的网页。请配合令牌使用。</translation>
    </message>
    <message>
        <source>“file://” lets in every page opened from a file of this machine.</source>
        <translation>“file://”会放行所有从本机文件打开的网页。</translation>
    </message>
    <message>
        <source>“%1” lets in the pages of every program that serves pages there.</source>
        <translation>“%1”会放行在该处提供网页的所有程序的网页。</translation>
    </message>
    <message>
        <source>Give the other name and Gemini&apos;s model, such as claude-*haiku* = gemini-flash-lite-latest.</source>
        <translation>请给出其他名称和 Gemini 的模型，例如 claude-*haiku* = gemini-flash-lite-latest。</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>&amp;Do this every time</source>
        <translation>以后都这样处理(&amp;D)</translation>
    </message>
    <message>
        <source>Close Gemini Desk</source>
        <translation>关闭 Gemini Desk</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) still streaming. What should happen to them?</source>
        <translation>
            <numerusform>还有 %n 个回答正在生成。要如何处理？</numerusform>
        </translation>
    </message>
    <message>
        <source>The settings can change it.</source>
        <translation>可在设置中更改。</translation>
    </message>
    <message>
        <source>&amp;Let them finish</source>
        <translation>等待生成完毕(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Stop them</source>
        <translation>停止生成(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Let it finish</source>
        <translation>等待生成完毕(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Stop it</source>
        <translation>停止生成(&amp;S)</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>没有这个名称的命令。</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>回答设置</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>你的问题</translation>
    </message>
    <message>
        <source>You are editing a question.</source>
        <translation>正在编辑问题。</translation>
    </message>
    <message>
        <source>&amp;Keep the old one</source>
        <translation>保留原问题(&amp;K)</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>The picture could not be read.</source>
        <translation>无法读取图片。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>This is too large to be sent: a chat may hold %1 in all.</source>
        <translation>太大，无法发送：一个聊天总共最多 %1。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send, once all attachments are ready</source>
        <translation>附件全部就绪后即可发送</translation>
    </message>
    <message>
        <source>Some are set for this chat</source>
        <translation>此聊天已有自定义设置</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>As Gemini counts them</source>
        <translation>按 Gemini 的计算</translation>
    </message>
    <message numerus="yes">
        <source>~%Ln token(s)</source>
        <comment>about so many</comment>
        <translation>
            <numerusform>约 %Ln 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>An estimate, made on this computer.
Click to have Gemini count: what is written and attached is sent to it for that, and the conversation.</source>
        <translation>在这台电脑上得出的估计值。
点击可让 Gemini 计算：为此会向其发送已输入的内容、附件和对话。</translation>
    </message>
</context>
<context>
    <name>ComposerEdit</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Ask Gemini…</source>
        <translation>向 Gemini 提问…</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>&amp;Write the file…</source>
        <translation>写入文件(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Disconnect…</source>
        <translation>断开(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>连接工具</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Send one small request as the tool would</source>
        <translation>像该工具一样发送一个小请求</translation>
    </message>
    <message>
        <source>%1, connected</source>
        <translation>%1，已连接</translation>
    </message>
    <message>
        <source>Connected. It speaks %1 to %2.</source>
        <translation>已连接。它以 %1 访问 %2。</translation>
    </message>
    <message>
        <source>It speaks %1 to %2.</source>
        <translation>它以 %1 访问 %2。</translation>
    </message>
    <message>
        <source>The proxy wants a token: writing the file makes one for this tool.</source>
        <translation>代理需要令牌：写入文件时会为此工具创建一个。</translation>
    </message>
    <message>
        <source>The proxy wants a token: make one in the settings, under Access.</source>
        <translation>代理需要令牌：请在设置的“访问”中创建一个。</translation>
    </message>
    <message>
        <source>&amp;Write again…</source>
        <translation>重新写入(&amp;W)…</translation>
    </message>
    <message>
        <source>Connected. The test shows whether it works.</source>
        <translation>已连接。测试可显示是否有效。</translation>
    </message>
    <message>
        <source>Disconnected.</source>
        <translation>已断开。</translation>
    </message>
    <message>
        <source>Disconnected. You have changed these meanwhile, so they stay: %1</source>
        <translation>已断开。以下项您已更改，因此保留：%1</translation>
    </message>
    <message>
        <source>All is in place already.</source>
        <translation>一切均已就绪。</translation>
    </message>
</context>
<context>
    <name>ConnectTexts</name>
    <message>
        <source>In the shell</source>
        <translation>在终端中</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>In its settings</source>
        <translation>在其设置中</translation>
    </message>
    <message>
        <source>It reads .env only in folders that it trusts.</source>
        <translation>它只在受信任的文件夹中读取 .env。</translation>
    </message>
    <message>
        <source>Variables of the same names in your shell beat the file.</source>
        <translation>终端中的同名变量优先于该文件。</translation>
    </message>
    <message>
        <source>It takes this from the environment only.</source>
        <translation>它只从环境变量读取这些内容。</translation>
    </message>
    <message>
        <source>Where the file has a list of models already, add this one to it.</source>
        <translation>如果文件中已有模型列表，请将此项添加进去。</translation>
    </message>
    <message>
        <source>In its settings, choose the provider OpenAI Compatible.</source>
        <translation>在其设置中选择提供商 OpenAI Compatible。</translation>
    </message>
    <message>
        <source>It keeps the key in the keychain: enter it in the agent&apos;s settings.</source>
        <translation>它将密钥保存在钥匙串中：请在代理设置中输入。</translation>
    </message>
    <message>
        <source>Run “Chat: Manage Language Models” and add a model of a Custom Endpoint: that opens this file.</source>
        <translation>运行“Chat: Manage Language Models”并添加 Custom Endpoint 的模型：这会打开此文件。</translation>
    </message>
    <message>
        <source>It reads the file when it starts.</source>
        <translation>它在启动时读取该文件。</translation>
    </message>
    <message>
        <source>%1’s request was answered in %2 s.</source>
        <translation>%1 的请求在 %2 秒内得到回答。</translation>
    </message>
    <message>
        <source>%1’s request was answered by %2 in %3 s.</source>
        <translation>%1 的请求由 %2 在 %3 秒内回答。</translation>
    </message>
    <message>
        <source>%1’s request was refused: %2</source>
        <translation>%1 的请求被拒绝：%2</translation>
    </message>
    <message>
        <source>Nothing listens on %1: turn the proxy on in the settings.</source>
        <translation>%1 上没有监听：请在设置中打开代理。</translation>
    </message>
    <message>
        <source>%1’s request got no answer: %2</source>
        <translation>%1 的请求没有得到回答：%2</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>搜索聊天</translation>
    </message>
    <message>
        <source>Search in all chats  %1</source>
        <comment>then the keys</comment>
        <translation>在所有聊天中搜索  %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Search chats</source>
        <translation>搜索聊天(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Rename chat</source>
        <translation>重命名聊天(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pin chat</source>
        <translation>置顶聊天(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Export chat…</source>
        <translation>导出聊天(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Delete chat</source>
        <translation>删除聊天(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Undo the deletion</source>
        <translation>撤销删除(&amp;U)</translation>
    </message>
    <message>
        <source>Nothing was found for “%1”.</source>
        <translation>没有找到“%1”。</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>你的聊天会显示在这里。</translation>
    </message>
    <message>
        <source>Un&amp;pin chat</source>
        <translation>取消置顶(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 个聊天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <comment>QDate&apos;s format of a month&apos;s heading</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a title, and what was found in that conversation</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, pinned</source>
        <comment>a conversation&apos;s title</comment>
        <translation>%1，已置顶</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DesktopSection</name>
    <message>
        <source>Desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>Icon in the &amp;tray</source>
        <translation>托盘图标(&amp;T)</translation>
    </message>
    <message>
        <source>The proxy goes on while the window is closed.</source>
        <translation>关闭窗口后代理继续运行。</translation>
    </message>
    <message>
        <source>&amp;Start when I log in</source>
        <translation>登录时启动(&amp;S)</translation>
    </message>
    <message>
        <source>Programs find the proxy running at once.</source>
        <translation>登录后，程序即可使用代理。</translation>
    </message>
    <message>
        <source>&amp;Notify me when an answer ends</source>
        <translation>回答结束时通知我(&amp;N)</translation>
    </message>
    <message>
        <source>Only while the window is in the background.</source>
        <translation>仅当窗口在后台时。</translation>
    </message>
    <message>
        <source>When I &amp;close with answers running</source>
        <translation>关闭时仍有回答在生成(&amp;C)</translation>
    </message>
    <message>
        <source>What becomes of them.</source>
        <translation>如何处理这些回答。</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Let them finish</source>
        <translation>等待生成完毕</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>停止生成</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>复制诊断信息(&amp;D)</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>Versions, settings and the last lines of the log, to be sent with a report. No key, no token, no prompt is in it.</source>
        <translation>包含版本、设置和日志的最后几行，可随问题报告发送。不含密钥、令牌和提示词。</translation>
    </message>
    <message>
        <source>This desktop has no place for it.</source>
        <translation>此桌面环境没有托盘。</translation>
    </message>
</context>
<context>
    <name>EmptyRequests</name>
    <message>
        <source>No requests yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens. The proxy is off: turn it on in the settings.</source>
        <translation>经过代理的每个请求都会实时显示在这里。代理已关闭：请在设置中开启。</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens, with its answer as it streams. To see one, run this in a terminal:</source>
        <translation>经过代理的每个请求都会实时显示在这里，回答边生成边显示。想看一个例子，请在终端中运行：</translation>
    </message>
    <message>
        <source>Write a haiku about rivers</source>
        <translation>写一首关于河流的俳句</translation>
    </message>
    <message>
        <source>Command to try</source>
        <translation>试用命令</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Gemini &amp;key</source>
        <translation>Gemini 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Test and save</source>
        <translation>测试并保存(&amp;T)</translation>
    </message>
    <message>
        <source>Save &amp;anyway</source>
        <translation>仍然保存(&amp;A)</translation>
    </message>
    <message>
        <source>Use for this &amp;session only</source>
        <translation>仅用于本次会话(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Network settings</source>
        <translation>网络设置(&amp;N)</translation>
    </message>
    <message>
        <source>Paste your key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>&amp;Get a key</source>
        <translation>获取密钥(&amp;G)</translation>
    </message>
    <message>
        <source>Opens %1 in the browser</source>
        <translation>在浏览器中打开 %1</translation>
    </message>
    <message>
        <source>Paste a key first.</source>
        <translation>请先粘贴密钥。</translation>
    </message>
    <message>
        <source>A key has no spaces in it. Copy the key alone.</source>
        <translation>密钥中没有空格。请只复制密钥本身。</translation>
    </message>
    <message>
        <source>A key has only letters, digits and signs of ASCII. Copy it again from where you got it.</source>
        <translation>密钥只含 ASCII 字母、数字和符号。请从获取处重新复制。</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>更换(&amp;R)</translation>
    </message>
    <message>
        <source>T&amp;est this key</source>
        <translation>测试此密钥(&amp;E)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>Really re&amp;move</source>
        <translation>确认移除(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查找(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>The new key is in use.</source>
        <translation>新密钥已启用。</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Looking for the key in the keychain.</source>
        <translation>正在密钥环中查找密钥。</translation>
    </message>
    <message>
        <source>There is no key yet. It will be kept in the system&apos;s keychain.</source>
        <translation>还没有密钥。密钥会保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>The key is in the system&apos;s keychain.</source>
        <translation>密钥在系统密钥环中。</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain. To use another one, change or unset the variable and start again.</source>
        <translation>密钥来自环境变量 %1，它优先于密钥环。要使用其他密钥，请更改或取消该变量，然后重新启动。</translation>
    </message>
    <message>
        <source>The key is used for this session only: it is forgotten when Gemini Desk quits.</source>
        <translation>密钥仅用于本次会话：退出 Gemini Desk 后不再保留。</translation>
    </message>
    <message>
        <source>The demo answers: no key is used. Give one to ask Gemini itself.</source>
        <translation>当前由演示回答，不使用密钥。要使用 Gemini，请提供密钥。</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>没有正在运行的密钥环服务，因此无法保存密钥。请启动 GNOME Keyring 或 KWallet 等服务后重新查找，或提供仅用于本次会话的密钥。</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. Unlock it and look again, or give a key for this session.</source>
        <translation>密钥环已锁定，或其询问被取消或拒绝。请解锁后重新查找，或提供仅用于本次会话的密钥。</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>密钥环未正常响应。程序会自动再次询问；在此之前，请提供仅用于本次会话的密钥。</translation>
    </message>
</context>
<context>
    <name>KeyTestWords</name>
    <message numerus="yes">
        <source>The key works: it may use %n model(s).</source>
        <translation>
            <numerusform>密钥有效：可使用 %n 个模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>Gemini does not know this key. Check that all of it was copied, or get a new one.</source>
        <translation>Gemini 不认识此密钥。请检查是否复制完整，或获取新密钥。</translation>
    </message>
    <message>
        <source>Gemini knows this key, but its project may not use the Gemini API. Enable the API for the project, or get a key of another one.</source>
        <translation>Gemini 认识此密钥，但其项目无权使用 Gemini API。请为该项目启用 API，或使用其他项目的密钥。</translation>
    </message>
    <message>
        <source>The key is right, but its quota is used up for now. It can be used again when the quota is renewed.</source>
        <translation>密钥正确，但配额暂时用完。配额恢复后即可继续使用。</translation>
    </message>
    <message>
        <source>The key could not be checked: Gemini cannot be reached. Check the connection to the internet and try again.</source>
        <translation>无法检查密钥：连接不到 Gemini。请检查互联网连接，然后重试。</translation>
    </message>
    <message>
        <source>The key could not be checked: the certificate of the other side is not trusted. If your network inspects connections, add its certificate file in the network settings.</source>
        <translation>无法检查密钥：对方的证书不受信任。如果你的网络会检查连接，请在网络设置中添加其证书文件。</translation>
    </message>
    <message>
        <source>The key could not be checked: the network proxy does not let the connection through. Check it in the network settings.</source>
        <translation>无法检查密钥：网络代理不允许此连接。请在网络设置中检查。</translation>
    </message>
    <message>
        <source>The key could not be checked. Try again later.</source>
        <translation>无法检查密钥。请稍后重试。</translation>
    </message>
    <message>
        <source>The connection works: Gemini answers.</source>
        <translation>连接正常：Gemini 有响应。</translation>
    </message>
    <message>
        <source>The connection works, but Gemini does not accept the key. Check it in the section Key.</source>
        <translation>连接正常，但 Gemini 不接受此密钥。请在“密钥”部分检查。</translation>
    </message>
    <message>
        <source>The connection works. The key&apos;s quota is used up for now.</source>
        <translation>连接正常。密钥的配额暂时用完。</translation>
    </message>
    <message>
        <source>Gemini cannot be reached. Check the connection to the internet, and whether your network needs a proxy.</source>
        <translation>连接不到 Gemini。请检查互联网连接，以及你的网络是否需要代理。</translation>
    </message>
    <message>
        <source>The certificate of the other side is not trusted. If your network inspects connections, choose its certificate file above.</source>
        <translation>对方的证书不受信任。如果你的网络会检查连接，请在上方选择其证书文件。</translation>
    </message>
    <message>
        <source>The network proxy does not let the connection through. Check its address above.</source>
        <translation>网络代理不允许此连接。请检查上方的代理地址。</translation>
    </message>
    <message>
        <source>The connection could not be tested. Try again later.</source>
        <translation>无法测试连接。请稍后重试。</translation>
    </message>
    <message>
        <source>The key was not kept: no keychain service runs here. Start one, such as GNOME Keyring or KWallet, and save again, or use the key for this session only.</source>
        <translation>密钥未保存：没有正在运行的密钥环服务。请启动 GNOME Keyring 或 KWallet 等服务后再次保存，或仅在本次会话中使用。</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain did not take it. Save again, or use the key for this session only.</source>
        <translation>密钥未保存：密钥环未接受。请再次保存，或仅在本次会话中使用。</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain is locked, or its question was cancelled or denied. Unlock it and save again, or use the key for this session only.</source>
        <translation>密钥未保存：密钥环已锁定，或其询问被取消或拒绝。请解锁后再次保存，或仅在本次会话中使用。</translation>
    </message>
</context>
<context>
    <name>LimitsSection</name>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>连接数(&amp;C)</translation>
    </message>
    <message>
        <source>At once, from all programs together. Further ones are told to try again.</source>
        <translation>所有程序合计的同时连接数。超出的请求会收到稍后重试的提示。</translation>
    </message>
    <message>
        <source>&amp;Largest request, in MiB</source>
        <translation>最大请求，MiB(&amp;L)</translation>
    </message>
    <message>
        <source>Larger ones are refused. Files in a prompt count.</source>
        <translation>更大的请求会被拒绝。提示词中的文件也计算在内。</translation>
    </message>
    <message>
        <source>&amp;First byte, in seconds</source>
        <translation>首字节，秒(&amp;F)</translation>
    </message>
    <message>
        <source>How long Gemini may think before its answer begins.</source>
        <translation>回答开始前 Gemini 最多可思考多久。</translation>
    </message>
    <message>
        <source>&amp;Idle, in seconds</source>
        <translation>空闲，秒(&amp;I)</translation>
    </message>
    <message>
        <source>How long an answer may pause before it counts as broken off.</source>
        <translation>回答停顿多久后视为中断。</translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>“%1” is in the list already.</source>
        <translation>“%1”已在列表中。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>显示所有命令</translation>
    </message>
    <message>
        <source>Turn the proxy on or off</source>
        <translation>开启或关闭代理</translation>
    </message>
    <message>
        <source>Copy the proxy&apos;s address</source>
        <translation>复制代理地址</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>输入密钥</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>连接工具</translation>
    </message>
</context>
<context>
    <name>MediaTypes</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>PDF 文件</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>such files</source>
        <translation>这类文件</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Choose the model  %1</source>
        <comment>then the keys</comment>
        <translation>选择模型  %1</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a model&apos;s title and name</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>使用“%1”</translation>
    </message>
    <message>
        <source>a name that is not in the list</source>
        <translation>不在列表中的名称</translation>
    </message>
    <message>
        <source>The list of models has not come yet.</source>
        <translation>模型列表尚未加载。</translation>
    </message>
</context>
<context>
    <name>NetworkSection</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Network &amp;proxy</source>
        <translation>网络代理(&amp;P)</translation>
    </message>
    <message>
        <source>On the way from this machine to Gemini.</source>
        <translation>用于本机到 Gemini 的连接。</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>系统代理</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>其他代理</translation>
    </message>
    <message>
        <source>&amp;Address of the network proxy</source>
        <translation>网络代理地址(&amp;A)</translation>
    </message>
    <message>
        <source>Such as http://proxy.example.com:3128 or socks5://localhost:1080. It is used as soon as it is given.</source>
        <translation>例如 http://proxy.example.com:3128 或 socks5://localhost:1080。输入后立即生效。</translation>
    </message>
    <message>
        <source>&amp;Certificate file</source>
        <translation>证书文件(&amp;C)</translation>
    </message>
    <message>
        <source>In PEM form, trusted besides the system&apos;s certificates. Leave it empty where nobody inspects your connections.</source>
        <translation>PEM 格式，在系统证书之外额外信任。如果没有人检查你的连接，请留空。</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>测试连接(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Browse</source>
        <translation>浏览(&amp;B)</translation>
    </message>
    <message>
        <source>Browse for a certificate file</source>
        <translation>浏览证书文件</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Stop that program, or choose another port.</source>
        <translation>代理未运行：%1 已被其他程序占用。请停止该程序，或选择其他端口。</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Stop that program, or choose another port.</source>
        <translation>代理未运行：%1 已被 %2 占用。请停止该程序，或选择其他端口。</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>使用端口 %1(&amp;U)</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>打开设置(&amp;S)</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>代理未运行：%1</translation>
    </message>
    <message>
        <source>The built-in demo answers, not Gemini.</source>
        <translation>当前由内置演示回答，不是 Gemini。</translation>
    </message>
    <message>
        <source>&amp;Enter a key</source>
        <translation>输入密钥(&amp;E)</translation>
    </message>
    <message>
        <source>The settings could not be saved: the disk may be full, or their folder cannot be written. They hold until the program ends.</source>
        <translation>无法保存设置：磁盘可能已满，或设置文件夹不可写。当前设置在程序退出前有效。</translation>
    </message>
    <message>
        <source>A setting cannot be used: it %1</source>
        <translation>有一项设置无法使用：%1</translation>
    </message>
    <message>
        <source>The settings file was damaged and is kept as %1. The default settings are in use.</source>
        <translation>设置文件已损坏，已另存为 %1。当前使用默认设置。</translation>
    </message>
    <message>
        <source>Token usage is not being kept: %1</source>
        <translation>Token 用量未能记录：%1</translation>
    </message>
    <message>
        <source>An answer has ended</source>
        <translation>一个回答已结束</translation>
    </message>
    <message>
        <source>A request failed</source>
        <translation>一个请求失败</translation>
    </message>
    <message>
        <source>Status %1</source>
        <translation>状态 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n token(s)</source>
        <translation>
            <numerusform>%1，%n 个 token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParameterChecks</name>
    <message>
        <source>A number from 0 to 2.</source>
        <translation>0 到 2 之间的数。</translation>
    </message>
    <message>
        <source>A number from 0 to 1.</source>
        <translation>0 到 1 之间的数。</translation>
    </message>
    <message>
        <source>A whole number from 1 to %L1.</source>
        <translation>1 到 %L1 之间的整数。</translation>
    </message>
    <message>
        <source>A whole number from -1 to %L1.</source>
        <translation>-1 到 %L1 之间的整数。</translation>
    </message>
</context>
<context>
    <name>ParametersPanel</name>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型默认值</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Delete it?</source>
        <translation>确认删除？(&amp;D)</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Search the &amp;web for the answer</source>
        <translation>联网搜索答案(&amp;W)</translation>
    </message>
    <message>
        <source>Answer in &amp;JSON</source>
        <translation>以 JSON 回答(&amp;J)</translation>
    </message>
    <message>
        <source>Leave all to the &amp;model</source>
        <translation>全部使用模型默认值(&amp;M)</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>回答设置</translation>
    </message>
    <message>
        <source>How Gemini should answer in this chat</source>
        <translation>Gemini 在此聊天中应如何回答</translation>
    </message>
    <message>
        <source>&amp;System instruction</source>
        <translation>系统指令(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>温度(&amp;T)</translation>
    </message>
    <message>
        <source>0 is sober, 2 is varied.</source>
        <translation>0 较稳重，2 较多样。</translation>
    </message>
    <message>
        <source>Top-&amp;p</source>
        <translation>Top-p(&amp;P)</translation>
    </message>
    <message>
        <source>0 to 1; low keeps to likely words.</source>
        <translation>0 到 1；越低越只用常见的词。</translation>
    </message>
    <message>
        <source>&amp;Longest answer</source>
        <translation>最长回答(&amp;L)</translation>
    </message>
    <message>
        <source>In tokens, with its thoughts.</source>
        <translation>以 token 计，包含思考。</translation>
    </message>
    <message>
        <source>Thinking &amp;budget</source>
        <translation>思考预算(&amp;B)</translation>
    </message>
    <message>
        <source>In tokens; 0 is none, -1 as it sees fit.</source>
        <translation>以 token 计；0 为不思考，-1 由模型决定。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>预设(&amp;R)</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save these settings &amp;as</source>
        <translation>将这些设置另存为(&amp;A)</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Keep &amp;prompts and answers of requests</source>
        <translation>保留请求的提示词和回答(&amp;P)</translation>
    </message>
    <message>
        <source>In memory only, for the page Requests. They are gone when Gemini Desk quits.</source>
        <translation>仅在内存中，供“请求”页面使用。退出 Gemini Desk 后即清除。</translation>
    </message>
    <message>
        <source>Keep &amp;usage</source>
        <translation>记录用量(&amp;U)</translation>
    </message>
    <message>
        <source>Tokens by day, model and client, on this machine. No prompts, no answers.</source>
        <translation>在本机按日期、模型和客户端记录 token 数。不含提示词和回答。</translation>
    </message>
</context>
<context>
    <name>ProxyPill</name>
    <message>
        <source>Proxy off</source>
        <translation>代理已关闭</translation>
    </message>
    <message>
        <source>The proxy is off. Click to turn it on in the settings.</source>
        <translation>代理已关闭。点击可前往设置开启。</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>代理正在启动。</translation>
    </message>
    <message>
        <source>The proxy listens here, and the demo answers.</source>
        <translation>代理正在此处监听，由演示回答。</translation>
    </message>
    <message>
        <source>The proxy listens here.</source>
        <translation>代理正在此处监听。</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) streaming</source>
        <translation>
            <numerusform>%n 个回答正在生成</numerusform>
        </translation>
    </message>
    <message>
        <source>Port taken</source>
        <translation>端口被占用</translation>
    </message>
    <message>
        <source>%1 is taken by another program.</source>
        <translation>%1 已被其他程序占用。</translation>
    </message>
    <message>
        <source>%1 is taken by %2.</source>
        <translation>%1 已被 %2 占用。</translation>
    </message>
    <message>
        <source>Proxy stopped</source>
        <translation>代理已停止</translation>
    </message>
    <message>
        <source>Proxy: %1</source>
        <translation>代理：%1</translation>
    </message>
    <message>
        <source>The proxy listens here, but there is no key to ask Gemini with.</source>
        <translation>代理正在此处监听，但没有可用于请求 Gemini 的密钥。</translation>
    </message>
</context>
<context>
    <name>ProxySection</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Proxy &amp;on</source>
        <translation>开启代理(&amp;O)</translation>
    </message>
    <message>
        <source>Local programs use your key through it without seeing it.</source>
        <translation>本机程序通过代理使用你的密钥，但看不到密钥。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Give this to a program as Gemini&apos;s address.</source>
        <translation>在程序中将此填为 Gemini 的地址。</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>Where the proxy listens, from 1 to 65535. Press Enter to apply.</source>
        <translation>代理监听的端口，1 到 65535。按回车键应用。</translation>
    </message>
    <message>
        <source>Default &amp;model</source>
        <translation>默认模型(&amp;M)</translation>
    </message>
    <message>
        <source>Answers requests that name no model, and new chats.</source>
        <translation>用于未指定模型的请求和新聊天。</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>The proxy is off.</source>
        <translation>代理已关闭。</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>代理正在启动。</translation>
    </message>
    <message>
        <source>The proxy is running, and the demo answers.</source>
        <translation>代理正在运行，由演示回答。</translation>
    </message>
    <message>
        <source>The proxy is running.</source>
        <translation>代理正在运行。</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Quit that one, or use another port.</source>
        <translation>代理未运行：%1 已被其他程序占用。请退出该程序，或使用其他端口。</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Quit that one, or use another port.</source>
        <translation>代理未运行：%1 已被 %2 占用。请退出该程序，或使用其他端口。</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>代理未运行：%1</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>使用端口 %1(&amp;U)</translation>
    </message>
    <message>
        <source>The proxy is running, but there is no key to ask Gemini with.</source>
        <translation>代理正在运行，但没有可用于请求 Gemini 的密钥。</translation>
    </message>
    <message>
        <source>Models for other &amp;names</source>
        <translation>其他名称对应的模型(&amp;N)</translation>
    </message>
    <message>
        <source>Coding agents ask for models by the names of other APIs, such as claude-sonnet or gpt-5. The proxy knows what fits; here you can choose yourself. * stands for any text.</source>
        <translation>编程代理会按其他 API 的名称请求模型，例如 claude-sonnet 或 gpt-5。代理知道对应的模型；你也可以在这里自行选择。* 代表任意文本。</translation>
    </message>
    <message>
        <source>Add mode&amp;l</source>
        <translation>添加模型(&amp;L)</translation>
    </message>
    <message>
        <source>Remo&amp;ve model</source>
        <translation>移除模型(&amp;V)</translation>
    </message>
</context>
<context>
    <name>RequestActions</name>
    <message>
        <source>&amp;Stop the request</source>
        <translation>停止请求(&amp;S)</translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation>复制为 curl(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Open as a chat</source>
        <translation>作为聊天打开(&amp;O)</translation>
    </message>
    <message>
        <source>Sa&amp;ve the answer…</source>
        <translation>保存回答(&amp;V)…</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>保存回答</translation>
    </message>
    <message>
        <source>Nothing was saved: another request was chosen meanwhile.</source>
        <translation>未保存：期间选择了其他请求。</translation>
    </message>
    <message>
        <source>There is nothing to save: the answer is kept no longer.</source>
        <translation>没有可保存的内容：该回答已不再保留。</translation>
    </message>
    <message>
        <source>The answer was not saved: %1</source>
        <translation>回答未保存：%1</translation>
    </message>
    <message>
        <source>Saved the first %1; the answer still comes.</source>
        <translation>已保存前 %1；回答仍在生成。</translation>
    </message>
    <message>
        <source>Saved the first %1; the rest was not kept.</source>
        <translation>已保存前 %1；其余部分未保留。</translation>
    </message>
</context>
<context>
    <name>RequestDetails</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Raw answer</source>
        <translation>原始回答</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Fields of the request</source>
        <translation>请求的标头</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>What to show of the request</source>
        <translation>显示请求的哪些内容</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>回答(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>提示词(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Raw</source>
        <translation>原始(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>标头(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Timing</source>
        <translation>耗时(&amp;T)</translation>
    </message>
    <message>
        <source>Close the request</source>
        <translation>关闭请求</translation>
    </message>
    <message>
        <source>Close the request (Esc)</source>
        <translation>关闭请求 (Esc)</translation>
    </message>
    <message>
        <source>ID %1</source>
        <translation>ID %1</translation>
    </message>
    <message>
        <source>What this request said was dropped to make room for newer ones.</source>
        <translation>为给新请求腾出空间，此请求的内容已丢弃。</translation>
    </message>
    <message>
        <source>Bodies are off. Nothing of what requests say is kept.</source>
        <translation>正文保留已关闭。请求的内容不会保留。</translation>
    </message>
    <message>
        <source>What this request said was not kept: bodies were off when it came.</source>
        <translation>此请求的内容未保留：请求到达时正文保留已关闭。</translation>
    </message>
    <message>
        <source>Waiting for the first byte.</source>
        <translation>正在等待首字节。</translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation>回答没有正文。</translation>
    </message>
    <message>
        <source>The request has no body.</source>
        <translation>请求没有正文。</translation>
    </message>
    <message>
        <source>Only the first %1 are kept.</source>
        <translation>仅保留前 %1。</translation>
    </message>
    <message>
        <source>Very long lines are folded.</source>
        <translation>过长的行已折行。</translation>
    </message>
    <message>
        <source>*** (not shown)</source>
        <translation>***（不显示）</translation>
    </message>
    <message>
        <source>Timing of the request</source>
        <translation>请求的耗时</translation>
    </message>
    <message>
        <source>Keep &amp;bodies</source>
        <translation>保留正文(&amp;B)</translation>
    </message>
    <message>
        <source>A WebSocket is open. What goes over it is not kept.</source>
        <translation>WebSocket 已打开。通过它传输的内容不会保留。</translation>
    </message>
    <message>
        <source>What went over this WebSocket was not kept.</source>
        <translation>通过此 WebSocket 传输的内容未保留。</translation>
    </message>
    <message>
        <source>interaction %1</source>
        <comment>its status</comment>
        <translation>交互 %1</translation>
    </message>
    <message>
        <source>Enter shows the request that it continues</source>
        <translation>按回车键显示它所延续的请求</translation>
    </message>
    <message>
        <source>Continues %1, which is not in this list</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>延续 %1，它不在此列表中</translation>
    </message>
    <message>
        <source>Continues %1</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>延续 %1</translation>
    </message>
    <message>
        <source>Unreadable: this is no JSON object that names a model or an agent. It went to Gemini as it is.</source>
        <translation>无法读取：这不是指明模型或代理的 JSON 对象。它已原样发送给 Gemini。</translation>
    </message>
    <message>
        <source>%1, asked for as %2</source>
        <comment>a model and another name</comment>
        <translation>%1，请求名称为 %2</translation>
    </message>
</context>
<context>
    <name>RequestModel</name>
    <message>
        <source>not told</source>
        <translation>未提供</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>unknown client</source>
        <translation>未知客户端</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>无路由</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
</context>
<context>
    <name>RequestTable</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>&amp;Keep bodies</source>
        <translation>保留正文(&amp;K)</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Keep bodies</source>
        <translation>保留正文</translation>
    </message>
    <message>
        <source>Keep what requests and answers say, in memory only</source>
        <translation>保留请求和回答的内容，仅在内存中</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Search requests</source>
        <translation>搜索请求</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>显示哪些请求</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>No request matches.</source>
        <translation>没有匹配的请求。</translation>
    </message>
    <message>
        <source>S&amp;how all</source>
        <translation>显示全部(&amp;H)</translation>
    </message>
    <message>
        <source>Show all requests</source>
        <translation>显示全部请求</translation>
    </message>
    <message>
        <source>Go to the table or the request</source>
        <translation>转到表格或请求</translation>
    </message>
    <message>
        <source>C&amp;lear what has ended</source>
        <translation>清除已结束的请求(&amp;L)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>设置：%1</translation>
    </message>
</context>
<context>
    <name>TimingView</name>
    <message>
        <source>Timing</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
</context>
<context>
    <name>TokenCard</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>复制令牌</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>This is the only time that it is shown. A program sends it instead of a key.</source>
        <translation>令牌只显示这一次。程序用它代替密钥发送。</translation>
    </message>
    <message>
        <source>The token of %1</source>
        <translation>%1 的令牌</translation>
    </message>
</context>
<context>
    <name>TokenTable</name>
    <message>
        <source>Re&amp;voke</source>
        <translation>撤销(&amp;V)</translation>
    </message>
    <message>
        <source>Really re&amp;voke</source>
        <translation>确认撤销(&amp;V)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>To&amp;kens</source>
        <translation>令牌(&amp;K)</translation>
    </message>
</context>
<context>
    <name>TranscriptPresenter</name>
    <message>
        <source>Waiting for the first word…</source>
        <translation>正在等待第一个字…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a file&apos;s name and size</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Look at the key</source>
        <translation>查看密钥</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>编辑问题</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which of the branches</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>This picture has %1 × %2 pixels: too many to show it here.</source>
        <translation>此图片有 %1 × %2 像素：过多，无法在此显示。</translation>
    </message>
    <message>
        <source>This picture could not be read.</source>
        <translation>无法读取此图片。</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Open Gemini Desk</source>
        <translation>打开 Gemini Desk(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>代理(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy listens on %1</source>
        <translation>Gemini Desk：代理正在监听 %1</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy is not running</source>
        <translation>Gemini Desk：代理未运行</translation>
    </message>
</context>
<context>
    <name>UsageChart</name>
    <message>
        <source>Tokens by day</source>
        <translation>每日 token</translation>
    </message>
    <message>
        <source>Tokens by month</source>
        <translation>每月 token</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个 token</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>model or client: tokens</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 tokens</source>
        <comment>day: number</comment>
        <translation>%1：%2 个 token</translation>
    </message>
    <message>
        <source>Nothing was used in this time</source>
        <translation>这段时间内没有用量</translation>
    </message>
</context>
<context>
    <name>UsageModel</name>
    <message numerus="yes">
        <source>%n of them failed</source>
        <translation>
            <numerusform>其中 %n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>In</source>
        <comment>tokens</comment>
        <translation>输入</translation>
    </message>
    <message>
        <source>Tokens out, with thoughts</source>
        <translation>输出 token，含思考</translation>
    </message>
    <message>
        <source>Out</source>
        <comment>tokens</comment>
        <translation>输出</translation>
    </message>
    <message>
        <source>Tokens out that are thoughts</source>
        <translation>输出 token 中的思考部分</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>No usage yet</source>
        <translation>还没有用量</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>打开设置(&amp;S)</translation>
    </message>
    <message>
        <source>Usage is off</source>
        <translation>用量记录已关闭</translation>
    </message>
    <message>
        <source>Turn it on in the settings to see here what is used: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>在设置中开启后，可在此按日期、模型和客户端查看 token 用量。只在本机保留数字。</translation>
    </message>
    <message>
        <source>Export usage as CSV</source>
        <translation>将用量导出为 CSV</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>By client</source>
        <translation>按客户端</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>将表格保存为 CSV</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message numerus="yes">
        <source>Requests, %n failed</source>
        <translation>
            <numerusform>请求，%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens out, %1 of them thoughts</source>
        <translation>输出 token，其中思考 %1</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Usage is off: new requests are not counted.</source>
        <translation>用量记录已关闭：新请求不会计入。</translation>
    </message>
    <message>
        <source>&amp;Turn on</source>
        <translation>开启(&amp;T)</translation>
    </message>
    <message>
        <source>Export usage</source>
        <translation>导出用量</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>What Gemini answers through the proxy is counted here: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>Gemini 通过代理所作的回答会计入这里：按日期、模型和客户端统计 token。只在本机保留数字。</translation>
    </message>
    <message>
        <source>The demo is not counted, as it costs nothing.</source>
        <translation>演示不会计入，因为它不产生费用。</translation>
    </message>
</context>
<context>
    <name>UsageSeries</name>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>无令牌</translation>
    </message>
</context>
<context>
    <name>UsageTable</name>
    <message>
        <source>Usage by day, model and client</source>
        <translation>按日期、模型和客户端统计的用量</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查找(&amp;L)</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>试用演示(&amp;D)</translation>
    </message>
    <message>
        <source>It needs no key and no network.</source>
        <translation>无需密钥和网络。</translation>
    </message>
    <message>
        <source>The programs on this machine can use Google&apos;s Gemini, and none of them sees your key.</source>
        <translation>本机上的程序都可以使用 Google 的 Gemini，而没有一个能看到您的密钥。</translation>
    </message>
    <message>
        <source>The key rests in your system&apos;s keychain and is sent to Google only.</source>
        <translation>密钥保存在系统密钥环中，只会发送给 Google。</translation>
    </message>
    <message>
        <source>Looking for a key in the keychain.</source>
        <translation>正在密钥环中查找密钥。</translation>
    </message>
    <message>
        <source>There is a key in the keychain. Another one takes its place.</source>
        <translation>密钥环中已有密钥。新密钥会取代它。</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain.</source>
        <translation>密钥来自环境变量 %1，它优先于密钥环。</translation>
    </message>
    <message>
        <source>There is a key for this session. It is forgotten when Gemini Desk quits.</source>
        <translation>本次会话已有密钥。退出 Gemini Desk 后不再保留。</translation>
    </message>
    <message>
        <source>The demo answers at the moment. Give a key to ask Gemini itself.</source>
        <translation>当前由演示回答。要使用 Gemini，请提供密钥。</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>没有正在运行的密钥环服务，因此无法保存密钥。请启动 GNOME Keyring 或 KWallet 等服务后重新查找，或提供仅用于本次会话的密钥。</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. If your key is in it, unlock it and look again.</source>
        <translation>密钥环已锁定，或其询问被取消或拒绝。如果密钥在其中，请解锁后重新查找。</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>密钥环未正常响应。程序会自动再次询问；在此之前，请提供仅用于本次会话的密钥。</translation>
    </message>
</context>
<context>
    <name>answermarkdown</name>
    <message>
        <source>File: %1</source>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>The model calls the function %1:</source>
        <translation>模型调用函数 %1：</translation>
    </message>
    <message>
        <source>The function %1 answers:</source>
        <translation>函数 %1 返回：</translation>
    </message>
    <message>
        <source>Output:</source>
        <translation>输出：</translation>
    </message>
    <message>
        <source>The code took too long. Output:</source>
        <translation>代码运行超时。输出：</translation>
    </message>
    <message>
        <source>The code failed. Output:</source>
        <translation>代码运行失败。输出：</translation>
    </message>
    <message>
        <source>A part that this version does not know:</source>
        <translation>此版本无法识别的内容：</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>answerwords</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>请在 %n 秒后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>请在 %n 分钟后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>请在 %n 小时后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>No more requests of this kind are left today.</source>
        <translation>今天此类请求已用完。</translation>
    </message>
    <message>
        <source>There were too many requests, or too many tokens, within a minute.</source>
        <translation>一分钟内的请求或 token 过多。</translation>
    </message>
    <message>
        <source>Gemini takes no more requests with this key for now.</source>
        <translation>Gemini 暂时不再接受此密钥的请求。</translation>
    </message>
    <message>
        <source>Try again later, or choose another model.</source>
        <translation>请稍后重试，或选择其他模型。</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety ended the answer.</source>
        <translation>Gemini 的安全过滤器终止了回答。</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety refused the question.</source>
        <translation>Gemini 的安全过滤器拒绝了该问题。</translation>
    </message>
    <message>
        <source>The answer came too close to a text that others hold the rights to.</source>
        <translation>回答与他人拥有版权的文本过于接近。</translation>
    </message>
    <message>
        <source>Gemini does not speak the language that was asked for.</source>
        <translation>Gemini 不支持所要求的语言。</translation>
    </message>
    <message>
        <source>There is a word in it that Gemini does not allow.</source>
        <translation>其中含有 Gemini 不允许的词。</translation>
    </message>
    <message>
        <source>Gemini does not allow contents of this kind.</source>
        <translation>Gemini 不允许此类内容。</translation>
    </message>
    <message>
        <source>The answer would have held personal data.</source>
        <translation>回答会包含个人信息。</translation>
    </message>
    <message>
        <source>Gemini refused it without a reason.</source>
        <translation>Gemini 拒绝了，但没有给出原因。</translation>
    </message>
    <message>
        <source>The key does not work</source>
        <translation>密钥无效</translation>
    </message>
    <message>
        <source>The quota is used up</source>
        <translation>配额已用完</translation>
    </message>
    <message>
        <source>This model cannot answer</source>
        <translation>此模型无法回答</translation>
    </message>
    <message>
        <source>Choose another model, then try again.</source>
        <translation>请选择其他模型后重试。</translation>
    </message>
    <message>
        <source>Gemini did not answer this</source>
        <translation>Gemini 没有回答此问题</translation>
    </message>
    <message>
        <source>Putting the question differently may help.</source>
        <translation>换个问法可能会有帮助。</translation>
    </message>
    <message>
        <source>Gemini could not be reached</source>
        <translation>无法连接 Gemini</translation>
    </message>
    <message>
        <source>The model is overloaded</source>
        <translation>模型过载</translation>
    </message>
    <message>
        <source>Try again in a moment, or choose another model.</source>
        <translation>请稍等片刻重试，或选择其他模型。</translation>
    </message>
    <message>
        <source>The question is too large</source>
        <translation>问题太大</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation>回答中断</translation>
    </message>
    <message>
        <source>The connection ended before the first word.</source>
        <translation>连接在第一个字之前断开。</translation>
    </message>
    <message>
        <source>What came is above. Another try begins anew.</source>
        <translation>已收到的内容在上方。重试会重新开始。</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Stopped before the first word.</source>
        <translation>在第一个字之前已停止。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The answer ends here because it reached its limit of tokens.</source>
        <translation>回答到此结束，因为已达到 token 上限。</translation>
    </message>
    <message>
        <source>The answer ends here because the model tried to use a tool that does not exist.</source>
        <translation>回答到此结束，因为模型试图使用不存在的工具。</translation>
    </message>
    <message>
        <source>The answer ended early. Gemini’s reason: %1</source>
        <translation>回答提前结束。Gemini 给出的原因：%1</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>回答为空。</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>思考了 %1</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln for thoughts</source>
        <translation>
            <numerusform>思考 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to the first</source>
        <translation>首个 %1</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in</source>
        <translation>
            <numerusform>输入 %Ln 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln out</source>
        <translation>
            <numerusform>输出 %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chat::Error</name>
    <message>
        <source>The key is missing or not valid.</source>
        <translation>密钥缺失或无效。</translation>
    </message>
    <message>
        <source>The quota is used up for now.</source>
        <translation>配额暂时用完。</translation>
    </message>
    <message>
        <source>There is no such model.</source>
        <translation>没有这个模型。</translation>
    </message>
    <message>
        <source>Gemini refused to answer this.</source>
        <translation>Gemini 拒绝回答。</translation>
    </message>
    <message>
        <source>Gemini could not be reached.</source>
        <translation>无法连接 Gemini。</translation>
    </message>
    <message>
        <source>The model is overloaded. Try again in a moment.</source>
        <translation>模型过载。请稍等片刻重试。</translation>
    </message>
    <message>
        <source>The question is too large to be sent.</source>
        <translation>问题太大，无法发送。</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>回答已停止。</translation>
    </message>
    <message>
        <source>The answer broke off before it was complete.</source>
        <translation>回答在完成之前中断。</translation>
    </message>
    <message>
        <source>Something went wrong on the way to Gemini.</source>
        <translation>与 Gemini 通信时出错。</translation>
    </message>
</context>
<context>
    <name>chat::Markdown</name>
    <message>
        <source>Attachment: %1</source>
        <translation>附件：%1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>## You</source>
        <translation>## 你</translation>
    </message>
    <message>
        <source>## Gemini</source>
        <translation>## Gemini</translation>
    </message>
    <message>
        <source>Sources:</source>
        <translation>来源：</translation>
    </message>
</context>
<context>
    <name>chat::RequestMaker</name>
    <message>
        <source>An attachment could not be read.</source>
        <translation>无法读取附件。</translation>
    </message>
</context>
<context>
    <name>chat::StoreError</name>
    <message>
        <source>The file with your chats is damaged. It was left as it is.</source>
        <translation>保存聊天的文件已损坏。文件未作改动。</translation>
    </message>
    <message>
        <source>The file with your chats was made by a newer version of Gemini Desk. It was left as it is.</source>
        <translation>保存聊天的文件由更新版本的 Gemini Desk 创建。文件未作改动。</translation>
    </message>
    <message>
        <source>The chat could not be saved: the disk is full.</source>
        <translation>无法保存聊天：磁盘已满。</translation>
    </message>
    <message>
        <source>The file cannot be read or written. Check its permissions.</source>
        <translation>无法读取或写入文件。请检查其权限。</translation>
    </message>
    <message>
        <source>The chat is not there any more.</source>
        <translation>该聊天已不存在。</translation>
    </message>
    <message>
        <source>The file holds no chats that can be imported.</source>
        <translation>文件中没有可导入的聊天。</translation>
    </message>
    <message>
        <source>The chats could not be read or saved.</source>
        <translation>无法读取或保存聊天。</translation>
    </message>
    <message>
        <source>Another program is using the file with your chats.</source>
        <translation>其他程序正在使用保存聊天的文件。</translation>
    </message>
    <message>
        <source>Another program has changed this chat meanwhile.</source>
        <translation>其他程序在此期间更改了此聊天。</translation>
    </message>
    <message>
        <source>The disk could not be read or written (%1).</source>
        <translation>无法读取或写入磁盘（%1）。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2 on %3.</source>
        <translation>你的聊天已在其他程序中打开：%1，%3 上的进程 %2。</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2.</source>
        <translation>你的聊天已在其他程序中打开：%1，进程 %2。</translation>
    </message>
</context>
<context>
    <name>chat::Upload</name>
    <message>
        <source>%1 could not be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
</context>
<context>
    <name>columnMenus</name>
    <message>
        <source>Sort &amp;by</source>
        <translation>排序方式(&amp;B)</translation>
    </message>
    <message>
        <source>Colu&amp;mns</source>
        <translation>列(&amp;M)</translation>
    </message>
</context>
<context>
    <name>curlCommand</name>
    <message>
        <source>The body (%1) was not kept.</source>
        <translation>正文（%1）未保留。</translation>
    </message>
    <message>
        <source>The body (%1) was kept only in part.</source>
        <translation>正文（%1）仅保留了一部分。</translation>
    </message>
    <message>
        <source>The body (%1) is not plain text.</source>
        <translation>正文（%1）不是纯文本。</translation>
    </message>
    <message>
        <source>The body (%1) is too long for a command line.</source>
        <translation>正文（%1）过长，无法放入命令行。</translation>
    </message>
    <message>
        <source>A field that is not plain text is left out.</source>
        <translation>已略去一个非纯文本的标头。</translation>
    </message>
    <message>
        <source>Put it into the file body.bin.</source>
        <translation>请将其放入文件 body.bin。</translation>
    </message>
</context>
<context>
    <name>markdown</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>小心</translation>
    </message>
</context>
<context>
    <name>markdown::MarkdownView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>跳到末尾</translation>
    </message>
</context>
<context>
    <name>requesttexts</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n 毫秒</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>客户端已断开</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>status code, state</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>It came at %1.</source>
        <translation>请求于 %1 到达。</translation>
    </message>
    <message>
        <source>It had gone to Gemini after %1.</source>
        <translation>%1后已发往 Gemini。</translation>
    </message>
    <message>
        <source>The first byte of the answer came after %1.</source>
        <translation>%1后收到回答的首字节。</translation>
    </message>
    <message>
        <source>It is running.</source>
        <translation>正在进行。</translation>
    </message>
    <message>
        <source>It ended after %1.</source>
        <translation>%1后结束。</translation>
    </message>
    <message>
        <source>The client left after %1.</source>
        <translation>%1后客户端断开。</translation>
    </message>
    <message>
        <source>It failed after %1.</source>
        <translation>%1后失败。</translation>
    </message>
    <message numerus="yes">
        <source>Gemini was asked %n time(s).</source>
        <translation>
            <numerusform>向 Gemini 请求了 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>The interaction is %1.</source>
        <comment>its ID</comment>
        <translation>该交互为 %1。</translation>
    </message>
    <message>
        <source>It continues %1.</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>它接续 %1。</translation>
    </message>
    <message>
        <source>Gemini calls it %1.</source>
        <comment>an interaction, its status</comment>
        <translation>Gemini 称其状态为 %1。</translation>
    </message>
    <message>
        <source>Gemini goes on working on it.</source>
        <translation>Gemini 继续处理它。</translation>
    </message>
    <message>
        <source>unreadable</source>
        <comment>in place of a model</comment>
        <translation>无法读取</translation>
    </message>
</context>
</TS>
