<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES">
<context>
    <name>AccessSection</name>
    <message>
        <source>Access</source>
        <translation>Acceso</translation>
    </message>
    <message>
        <source>&amp;This machine only</source>
        <translation>&amp;Solo este equipo</translation>
    </message>
    <message>
        <source>Also &amp;other machines on the network</source>
        <translation>También &amp;otros equipos de la red</translation>
    </message>
    <message>
        <source>&amp;New token for</source>
        <translation>&amp;Nuevo token para</translation>
    </message>
    <message>
        <source>One for each program: then you see who used what, and can revoke one alone.</source>
        <translation>Uno por programa: así se ve quién usó qué y se puede revocar uno solo.</translation>
    </message>
    <message>
        <source>&amp;Web pages that may call</source>
        <translation>Páginas &amp;web que pueden llamar</translation>
    </message>
    <message>
        <source>Their origins. Pages of any other are refused.</source>
        <translation>Sus orígenes. Se rechazan las páginas de cualquier otro.</translation>
    </message>
    <message>
        <source>&amp;Add page</source>
        <translation>&amp;Añadir página</translation>
    </message>
    <message>
        <source>Remove pa&amp;ge</source>
        <translation>&amp;Quitar página</translation>
    </message>
    <message>
        <source>Further &amp;host names of the proxy</source>
        <translation>Otros nombres de &amp;host del proxy</translation>
    </message>
    <message>
        <source>Names under which programs reach it, besides its address and localhost.</source>
        <translation>Nombres con los que los programas llegan a él, además de su dirección y localhost.</translation>
    </message>
    <message>
        <source>Add nam&amp;e</source>
        <translation>Aña&amp;dir nombre</translation>
    </message>
    <message>
        <source>&amp;Remove name</source>
        <translation>Q&amp;uitar nombre</translation>
    </message>
    <message>
        <source>Name of a program</source>
        <translation>Nombre de un programa</translation>
    </message>
    <message>
        <source>&amp;Make token</source>
        <translation>&amp;Crear token</translation>
    </message>
    <message>
        <source>Who may call</source>
        <translation>Quién puede llamar</translation>
    </message>
    <message>
        <source>Every program must send one of the tokens below.</source>
        <translation>Cada programa debe enviar uno de los tokens de abajo.</translation>
    </message>
    <message>
        <source>Other machines can be let in once there is a token: make one below.</source>
        <translation>Se puede dar acceso a otros equipos cuando haya un token: cree uno abajo.</translation>
    </message>
    <message>
        <source>Without a token, any program of any user on this machine can spend your key.</source>
        <translation>Sin un token, cualquier programa de cualquier usuario de este equipo puede gastar su clave.</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>No reason was told.</source>
        <translation>No se indicó el motivo.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>error, reason</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The prompt was blocked: %1</source>
        <translation>El prompt se bloqueó: %1</translation>
    </message>
    <message>
        <source>Calls %1 with %2</source>
        <translation>Llama a %1 con %2</translation>
    </message>
    <message>
        <source>Runs this code:</source>
        <translation>Ejecuta este código:</translation>
    </message>
    <message>
        <source>The code says:</source>
        <translation>El código responde:</translation>
    </message>
    <message>
        <source>Holds data: %1, %2</source>
        <translation>Contiene datos: %1, %2</translation>
    </message>
    <message>
        <source>Ended early: %1</source>
        <translation>Terminó antes de tiempo: %1</translation>
    </message>
    <message>
        <source>Ended early: %1. %2</source>
        <translation>Terminó antes de tiempo: %1. %2</translation>
    </message>
    <message>
        <source>Calls %1 of %2 with %3</source>
        <comment>a tool, its server, arguments</comment>
        <translation>Llama a %1 de %2 con %3</translation>
    </message>
    <message>
        <source>Searches for: %1</source>
        <translation>Busca: %1</translation>
    </message>
    <message>
        <source>Reads: %1</source>
        <translation>Lee: %1</translation>
    </message>
    <message>
        <source>Cites %1</source>
        <translation>Cita %1</translation>
    </message>
    <message>
        <source>Cites %1: %2</source>
        <comment>title, address</comment>
        <translation>Cita %1: %2</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>Light or dark, at once.</source>
        <translation>Claro u oscuro, al momento.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>El del sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>T&amp;amaño del texto</translation>
    </message>
    <message>
        <source>Of the system&apos;s text size.</source>
        <translation>Respecto al tamaño de texto del sistema.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>Changes when Gemini Desk is started the next time.</source>
        <translation>Cambia la próxima vez que se inicie Gemini Desk.</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Upload %1 again</source>
        <translation>Volver a subir %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>Cancelar la subida</translation>
    </message>
</context>
<context>
    <name>AttachmentReader</name>
    <message>
        <source>The picture could not be read.</source>
        <translation>No se pudo leer la imagen.</translation>
    </message>
    <message>
        <source>It is too large to be sent.</source>
        <translation>Es demasiado grande para enviarse.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>No existe ese archivo.</translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation>Es una carpeta.</translation>
    </message>
    <message>
        <source>It is not a file.</source>
        <translation>No es un archivo.</translation>
    </message>
    <message>
        <source>It could not be read: %1</source>
        <translation>No se pudo leer: %1</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Está vacío.</translation>
    </message>
    <message>
        <source>Gemini does not read files of this kind: %1</source>
        <translation>Gemini no lee archivos de este tipo: %1</translation>
    </message>
    <message>
        <source>It is larger than %1.</source>
        <translation>Ocupa más de %1.</translation>
    </message>
    <message>
        <source>It is a PDF larger than %1.</source>
        <translation>Es un PDF de más de %1.</translation>
    </message>
    <message>
        <source>It has too many pixels.</source>
        <translation>Tiene demasiados píxeles.</translation>
    </message>
    <message>
        <source>Its text is not in UTF-8.</source>
        <translation>Su texto no está en UTF-8.</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Attachments</source>
        <translation>Adjuntos</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>Pasted picture.png</source>
        <translation>Imagen pegada.png</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Adjunto</translation>
    </message>
    <message>
        <source>There is no room for it: a question may have %1 in all.</source>
        <translation>No hay sitio: una pregunta puede tener %1 en total.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file&apos;s name, and why it cannot be attached</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It could not be uploaded.</source>
        <translation>No se pudo subir.</translation>
    </message>
    <message>
        <source>Gemini prepares it…</source>
        <translation>Gemini lo está preparando…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>sizes: what of it is uploaded</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>Subiendo…</translation>
    </message>
    <message>
        <source>%1 does not take %2.</source>
        <comment>a model; a kind of file</comment>
        <translation>%1 no admite %2.</translation>
    </message>
    <message>
        <source>%1, uploaded when sent</source>
        <comment>a file&apos;s size</comment>
        <translation>%1, se subirá al enviar</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Descartar el mensaje</translation>
    </message>
</context>
<context>
    <name>BodyView</name>
    <message>
        <source>Thoughts</source>
        <translation>Razonamiento</translation>
    </message>
    <message>
        <source>Show thou&amp;ghts</source>
        <translation>Mostrar ra&amp;zonamiento</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>Mostrar razonamiento</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Disconnect %1</source>
        <translation>Desconectar %1</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>Conectar %1</translation>
    </message>
    <message>
        <source>This takes out what Gemini Desk has written. All else stays as it is.</source>
        <translation>Esto quita lo que Gemini Desk ha escrito. Todo lo demás queda como está.</translation>
    </message>
    <message>
        <source>This is what changes. A copy of a file as it is now is kept beside it.</source>
        <translation>Esto es lo que cambia. Junto al archivo se guarda una copia de cómo es ahora.</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambios</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Desconectar</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Escribir</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
</context>
<context>
    <name>ChartScale</name>
    <message>
        <source>%1k</source>
        <comment>thousand</comment>
        <translation>%1 mil</translation>
    </message>
    <message>
        <source>%1M</source>
        <comment>million</comment>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1G</source>
        <comment>thousand million</comment>
        <translation>%1 mil M</translation>
    </message>
</context>
<context>
    <name>ChatFiles</name>
    <message>
        <source>Export as Markdown</source>
        <translation>Exportar como Markdown</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>conversación</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>Exportar como JSON</translation>
    </message>
    <message>
        <source>conversations</source>
        <translation>conversaciones</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Guardar la imagen</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>imagen</translation>
    </message>
    <message>
        <source>The picture could not be saved: %1</source>
        <translation>No se pudo guardar la imagen: %1</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Importar conversaciones</translation>
    </message>
    <message>
        <source>Exported conversations (*.json)</source>
        <translation>Conversaciones exportadas (*.json)</translation>
    </message>
    <message>
        <source>Delete all conversations</source>
        <translation>Eliminar todas las conversaciones</translation>
    </message>
    <message>
        <source>Delete all conversations for good? This cannot be undone.</source>
        <translation>¿Eliminar para siempre todas las conversaciones? No se puede deshacer.</translation>
    </message>
    <message>
        <source>&amp;Delete all</source>
        <translation>&amp;Eliminar todas</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>&amp;Conservarlas</translation>
    </message>
    <message>
        <source>Nothing was exported. %1</source>
        <translation>No se exportó nada. %1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportado a %1</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) imported</source>
        <translation>
            <numerusform>%n conversación importada</numerusform>
            <numerusform>%n conversaciones importadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was imported. %1</source>
        <translation>No se importó nada. %1</translation>
    </message>
    <message>
        <source>The conversations could not be deleted. %1</source>
        <translation>No se pudieron eliminar las conversaciones. %1</translation>
    </message>
    <message>
        <source>All conversations were deleted.</source>
        <translation>Se eliminaron todas las conversaciones.</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>An answer still streams. Stop it first, or wait for its end.</source>
        <translation>Hay una respuesta en curso. Deténgala primero o espere a que termine.</translation>
    </message>
    <message>
        <source>What is asked now is not kept.</source>
        <translation>Lo que se pregunte ahora no se guardará.</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Chat nuevo</translation>
    </message>
    <message>
        <source>The question is sent as soon as the proxy is ready.</source>
        <translation>La pregunta se enviará en cuanto el proxy esté listo.</translation>
    </message>
    <message>
        <source>The proxy is off, and the chat goes through it.</source>
        <translation>El proxy está desactivado, y el chat pasa por él.</translation>
    </message>
    <message>
        <source>&amp;Turn it on</source>
        <translation>&amp;Activarlo</translation>
    </message>
    <message>
        <source>&amp;Stop the answer</source>
        <translation>&amp;Detener la respuesta</translation>
    </message>
    <message>
        <source>&amp;Copy the last answer</source>
        <translation>&amp;Copiar la última respuesta</translation>
    </message>
    <message>
        <source>Answer &amp;again</source>
        <translation>Responder de n&amp;uevo</translation>
    </message>
    <message>
        <source>&amp;Edit the last question</source>
        <translation>&amp;Editar la última pregunta</translation>
    </message>
    <message>
        <source>Export as &amp;Markdown…</source>
        <translation>Exportar como &amp;Markdown…</translation>
    </message>
    <message>
        <source>Export as &amp;JSON…</source>
        <translation>Exportar como &amp;JSON…</translation>
    </message>
    <message>
        <source>Export a&amp;ll conversations as JSON…</source>
        <translation>Exportar &amp;todas las conversaciones como JSON…</translation>
    </message>
    <message>
        <source>&amp;Import conversations…</source>
        <translation>&amp;Importar conversaciones…</translation>
    </message>
    <message>
        <source>&amp;Delete all conversations…</source>
        <translation>E&amp;liminar todas las conversaciones…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>¿Qué desea saber?</translation>
    </message>
    <message>
        <source>Write a question below. The answer streams in here, and the conversation is kept on this computer only.</source>
        <translation>Escriba una pregunta abajo. La respuesta irá apareciendo aquí, y la conversación se guarda solo en este equipo.</translation>
    </message>
    <message>
        <source>The tokens could not be counted. %1</source>
        <translation>No se pudieron contar los tokens. %1</translation>
    </message>
    <message>
        <source>Another program has changed this chat. What is asked here is kept in a copy of it.</source>
        <translation>Otro programa ha modificado este chat. Lo que se pregunte aquí se guarda en una copia.</translation>
    </message>
    <message>
        <source>It is tried again; until that works, what is shown is not kept.</source>
        <translation>Se volverá a intentar; hasta entonces no queda guardado lo que se ve.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Aún sin guardar</translation>
    </message>
    <message>
        <source>The newest in your chats is not saved yet. It is tried again.</source>
        <translation>Lo último de sus chats aún no se pudo guardar. Se volverá a intentar.</translation>
    </message>
    <message>
        <source>&amp;Leave without saving</source>
        <translation>&amp;Salir sin guardar</translation>
    </message>
</context>
<context>
    <name>ChatSidebar</name>
    <message>
        <source>&amp;New chat</source>
        <translation>Chat &amp;nuevo</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Chat nuevo</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Give a whole number from %L1 to %L2.</source>
        <translation>Indique un número entero entre %L1 y %L2.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535.</source>
        <translation>Indique un puerto del 1 al 65535.</translation>
    </message>
    <message>
        <source>Give a model&apos;s name, such as gemini-flash-latest.</source>
        <translation>Indique el nombre de un modelo, como gemini-flash-latest.</translation>
    </message>
    <message>
        <source>Give the token a name, such as that of the program that will use it.</source>
        <translation>Dé un nombre al token, como el del programa que lo usará.</translation>
    </message>
    <message numerus="yes">
        <source>Give a name of at most %n character(s).</source>
        <translation>
            <numerusform>Indique un nombre de %n carácter como máximo.</numerusform>
            <numerusform>Indique un nombre de %n caracteres como máximo.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give a name without characters that cannot be seen.</source>
        <translation>Indique un nombre sin caracteres invisibles.</translation>
    </message>
    <message>
        <source>There is a token of this name already. Choose another name, or revoke that one.</source>
        <translation>Ya hay un token con este nombre. Elija otro nombre o revoque ese token.</translation>
    </message>
    <message>
        <source>Give an origin such as https://example.com or http://localhost:3000.</source>
        <translation>Indique un origen como https://example.com o http://localhost:3000.</translation>
    </message>
    <message>
        <source>Leave out the user: an origin is only scheme, host and port.</source>
        <translation>Omita el usuario: un origen es solo esquema, host y puerto.</translation>
    </message>
    <message>
        <source>Leave out what follows the host: an origin is only scheme, host and port.</source>
        <translation>Omita lo que sigue al host: un origen es solo esquema, host y puerto.</translation>
    </message>
    <message>
        <source>“%1” is not the name or address of a host.</source>
        <translation>«%1» no es el nombre ni la dirección de un host.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, or none.</source>
        <translation>Indique un puerto del 1 al 65535, o ninguno.</translation>
    </message>
    <message>
        <source>Give only a name, such as desk.example.com or desk.example.com:8080.</source>
        <translation>Indique solo un nombre, como desk.example.com o desk.example.com:8080.</translation>
    </message>
    <message>
        <source>Leave out user and password: credentials are not stored.</source>
        <translation>Omita el usuario y la contraseña: las credenciales no se guardan.</translation>
    </message>
    <message>
        <source>Give an address that starts with http:// or socks5://.</source>
        <translation>Indique una dirección que empiece por http:// o socks5://.</translation>
    </message>
    <message>
        <source>Leave out what follows the port.</source>
        <translation>Omita lo que sigue al puerto.</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s host, such as http://proxy.example.com:3128.</source>
        <translation>Indique el host del proxy de red, como http://proxy.example.com:3128.</translation>
    </message>
    <message>
        <source>Give the network proxy&apos;s port, from 1 to 65535, such as http://proxy.example.com:3128.</source>
        <translation>Indique el puerto del proxy de red, del 1 al 65535, como http://proxy.example.com:3128.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>El archivo no existe.</translation>
    </message>
    <message>
        <source>This is not a file of certificates.</source>
        <translation>No es un archivo de certificados.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>No se puede leer el archivo: %1</translation>
    </message>
    <message>
        <source>There is no certificate in PEM form in this file.</source>
        <translation>No hay ningún certificado en formato PEM en este archivo.</translation>
    </message>
    <message>
        <source>Give a port from 1 to 65535, * for every port, or none.</source>
        <translation>Indique un puerto del 1 al 65535, * para todos los puertos, o ninguno.</translation>
    </message>
    <message>
        <source>“null” lets in every website that uses a frame, and every page opened from a file. Set a token with it.</source>
        <translation>«null» da acceso a cualquier sitio web que use un marco y a cualquier página abierta desde un archivo. En ese caso, tenga un token.</translation>
    </message>
    <message>
        <source>“file://” lets in every page opened from a file of this machine.</source>
        <translation>«file://» da acceso a cualquier página abierta desde un archivo de este equipo.</translation>
    </message>
    <message>
        <source>“%1” lets in the pages of every program that serves pages there.</source>
        <translation>«%1» da acceso a las páginas de cualquier programa que las sirva ahí.</translation>
    </message>
    <message>
        <source>Give the other name and Gemini&apos;s model, such as claude-*haiku* = gemini-flash-lite-latest.</source>
        <translation>Indica el otro nombre y el modelo de Gemini, por ejemplo claude-*haiku* = gemini-flash-lite-latest.</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>&amp;Do this every time</source>
        <translation>&amp;Hacer siempre lo mismo</translation>
    </message>
    <message>
        <source>Close Gemini Desk</source>
        <translation>Cerrar Gemini Desk</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) still streaming. What should happen to them?</source>
        <translation>
            <numerusform>Hay %n respuesta en curso. ¿Qué se hace con ella?</numerusform>
            <numerusform>Hay %n respuestas en curso. ¿Qué se hace con ellas?</numerusform>
        </translation>
    </message>
    <message>
        <source>The settings can change it.</source>
        <translation>Se puede cambiar en los ajustes.</translation>
    </message>
    <message>
        <source>&amp;Let them finish</source>
        <translation>&amp;Dejar terminar</translation>
    </message>
    <message>
        <source>&amp;Stop them</source>
        <translation>De&amp;tener</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Let it finish</source>
        <translation>&amp;Dejar terminar</translation>
    </message>
    <message>
        <source>&amp;Stop it</source>
        <translation>De&amp;tener</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copiar: %1</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>¿Qué quiere hacer?</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Buscar comandos</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>Ningún comando se llama así.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>Adjuntar archivos</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>Ajustes de las respuestas</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Su pregunta</translation>
    </message>
    <message>
        <source>You are editing a question.</source>
        <translation>Está editando una pregunta.</translation>
    </message>
    <message>
        <source>&amp;Keep the old one</source>
        <translation>&amp;Conservar la anterior</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>Elegir el modelo</translation>
    </message>
    <message>
        <source>The picture could not be read.</source>
        <translation>No se pudo leer la imagen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>This is too large to be sent: a chat may hold %1 in all.</source>
        <translation>Es demasiado grande para enviarse: un chat puede tener %1 en total.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Send, once all attachments are ready</source>
        <translation>Enviar cuando todos los adjuntos estén listos</translation>
    </message>
    <message>
        <source>Some are set for this chat</source>
        <translation>Hay algunos definidos para este chat</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Adjuntos</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Contando…</translation>
    </message>
    <message>
        <source>As Gemini counts them</source>
        <translation>Según los cuenta Gemini</translation>
    </message>
    <message numerus="yes">
        <source>~%Ln token(s)</source>
        <comment>about so many</comment>
        <translation>
            <numerusform>~%Ln token</numerusform>
            <numerusform>~%Ln tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>An estimate, made on this computer.
Click to have Gemini count: what is written and attached is sent to it for that, and the conversation.</source>
        <translation>Una estimación, hecha en este equipo.
Haga clic para que cuente Gemini: para ello se le envían el texto escrito, los adjuntos y la conversación.</translation>
    </message>
</context>
<context>
    <name>ComposerEdit</name>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Ask Gemini…</source>
        <translation>Pregunte a Gemini…</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>&amp;Write the file…</source>
        <translation>&amp;Escribir el archivo…</translation>
    </message>
    <message>
        <source>&amp;Disconnect…</source>
        <translation>&amp;Desconectar…</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Probar</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>Conectar una herramienta</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Preguntando…</translation>
    </message>
    <message>
        <source>Send one small request as the tool would</source>
        <translation>Enviar una pequeña petición como lo haría la herramienta</translation>
    </message>
    <message>
        <source>%1, connected</source>
        <translation>%1, conectada</translation>
    </message>
    <message>
        <source>Connected. It speaks %1 to %2.</source>
        <translation>Conectada. Habla %1 con %2.</translation>
    </message>
    <message>
        <source>It speaks %1 to %2.</source>
        <translation>Habla %1 con %2.</translation>
    </message>
    <message>
        <source>The proxy wants a token: writing the file makes one for this tool.</source>
        <translation>El proxy pide un token: al escribir el archivo se crea uno para esta herramienta.</translation>
    </message>
    <message>
        <source>The proxy wants a token: make one in the settings, under Access.</source>
        <translation>El proxy pide un token: cree uno en los ajustes, en Acceso.</translation>
    </message>
    <message>
        <source>&amp;Write again…</source>
        <translation>&amp;Escribir de nuevo…</translation>
    </message>
    <message>
        <source>Connected. The test shows whether it works.</source>
        <translation>Conectada. La prueba muestra si funciona.</translation>
    </message>
    <message>
        <source>Disconnected.</source>
        <translation>Desconectada.</translation>
    </message>
    <message>
        <source>Disconnected. You have changed these meanwhile, so they stay: %1</source>
        <translation>Desconectada. Ha cambiado estos entretanto, así que se quedan: %1</translation>
    </message>
    <message>
        <source>All is in place already.</source>
        <translation>Ya está todo en su sitio.</translation>
    </message>
</context>
<context>
    <name>ConnectTexts</name>
    <message>
        <source>In the shell</source>
        <translation>En la shell</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>En %1</translation>
    </message>
    <message>
        <source>In its settings</source>
        <translation>En sus ajustes</translation>
    </message>
    <message>
        <source>It reads .env only in folders that it trusts.</source>
        <translation>Lee .env solo en carpetas de confianza.</translation>
    </message>
    <message>
        <source>Variables of the same names in your shell beat the file.</source>
        <translation>Las variables del mismo nombre en su shell prevalecen sobre el archivo.</translation>
    </message>
    <message>
        <source>It takes this from the environment only.</source>
        <translation>Solo toma esto del entorno.</translation>
    </message>
    <message>
        <source>Where the file has a list of models already, add this one to it.</source>
        <translation>Si el archivo ya tiene una lista de modelos, añada este.</translation>
    </message>
    <message>
        <source>In its settings, choose the provider OpenAI Compatible.</source>
        <translation>En sus ajustes, elija el proveedor OpenAI Compatible.</translation>
    </message>
    <message>
        <source>It keeps the key in the keychain: enter it in the agent&apos;s settings.</source>
        <translation>Guarda la clave en el llavero: introdúzcala en los ajustes del agente.</translation>
    </message>
    <message>
        <source>Run “Chat: Manage Language Models” and add a model of a Custom Endpoint: that opens this file.</source>
        <translation>Ejecute «Chat: Manage Language Models» y añada un modelo de un Custom Endpoint: eso abre este archivo.</translation>
    </message>
    <message>
        <source>It reads the file when it starts.</source>
        <translation>Lee el archivo al iniciarse.</translation>
    </message>
    <message>
        <source>%1’s request was answered in %2 s.</source>
        <translation>La petición de %1 se respondió en %2 s.</translation>
    </message>
    <message>
        <source>%1’s request was answered by %2 in %3 s.</source>
        <translation>%2 respondió a la petición de %1 en %3 s.</translation>
    </message>
    <message>
        <source>%1’s request was refused: %2</source>
        <translation>La petición de %1 fue rechazada: %2</translation>
    </message>
    <message>
        <source>Nothing listens on %1: turn the proxy on in the settings.</source>
        <translation>Nada escucha en %1: active el proxy en los ajustes.</translation>
    </message>
    <message>
        <source>%1’s request got no answer: %2</source>
        <translation>La petición de %1 no obtuvo respuesta: %2</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Title</source>
        <translation>Título</translation>
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
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Buscar en los chats</translation>
    </message>
    <message>
        <source>Search in all chats  %1</source>
        <comment>then the keys</comment>
        <translation>Buscar en todos los chats  %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Search chats</source>
        <translation>&amp;Buscar en los chats</translation>
    </message>
    <message>
        <source>&amp;Rename chat</source>
        <translation>&amp;Renombrar el chat</translation>
    </message>
    <message>
        <source>&amp;Pin chat</source>
        <translation>&amp;Fijar el chat</translation>
    </message>
    <message>
        <source>&amp;Export chat…</source>
        <translation>&amp;Exportar el chat…</translation>
    </message>
    <message>
        <source>&amp;Delete chat</source>
        <translation>E&amp;liminar el chat</translation>
    </message>
    <message>
        <source>&amp;Undo the deletion</source>
        <translation>&amp;Deshacer la eliminación</translation>
    </message>
    <message>
        <source>Nothing was found for “%1”.</source>
        <translation>No se encontró nada sobre «%1».</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Aquí aparecerán sus chats.</translation>
    </message>
    <message>
        <source>Un&amp;pin chat</source>
        <translation>Dejar de &amp;fijar el chat</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>%n chat eliminado</numerusform>
            <numerusform>%n chats eliminados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Últimos 7 días</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <comment>QDate&apos;s format of a month&apos;s heading</comment>
        <translation>MMMM &apos;de&apos; yyyy</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Fijados</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a title, and what was found in that conversation</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, pinned</source>
        <comment>a conversation&apos;s title</comment>
        <translation>%1, fijado</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>DesktopSection</name>
    <message>
        <source>Desktop</source>
        <translation>Escritorio</translation>
    </message>
    <message>
        <source>Icon in the &amp;tray</source>
        <translation>Icono en la &amp;bandeja</translation>
    </message>
    <message>
        <source>The proxy goes on while the window is closed.</source>
        <translation>El proxy sigue en marcha con la ventana cerrada.</translation>
    </message>
    <message>
        <source>&amp;Start when I log in</source>
        <translation>&amp;Iniciar al abrir la sesión</translation>
    </message>
    <message>
        <source>Programs find the proxy running at once.</source>
        <translation>Los programas encuentran el proxy en marcha desde el principio.</translation>
    </message>
    <message>
        <source>&amp;Notify me when an answer ends</source>
        <translation>&amp;Notificar cuando termine una respuesta</translation>
    </message>
    <message>
        <source>Only while the window is in the background.</source>
        <translation>Solo con la ventana en segundo plano.</translation>
    </message>
    <message>
        <source>When I &amp;close with answers running</source>
        <translation>Al &amp;cerrar con respuestas en curso</translation>
    </message>
    <message>
        <source>What becomes of them.</source>
        <translation>Qué se hace con ellas.</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Let them finish</source>
        <translation>Dejarlas terminar</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>Detenerlas</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>Copiar &amp;diagnóstico</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>Abrir la carpeta del &amp;registro</translation>
    </message>
    <message>
        <source>Versions, settings and the last lines of the log, to be sent with a report. No key, no token, no prompt is in it.</source>
        <translation>Versiones, ajustes y las últimas líneas del registro, para enviarlos con un informe. No contiene claves, tokens ni prompts.</translation>
    </message>
    <message>
        <source>This desktop has no place for it.</source>
        <translation>Este escritorio no tiene dónde mostrarlo.</translation>
    </message>
</context>
<context>
    <name>EmptyRequests</name>
    <message>
        <source>No requests yet</source>
        <translation>Aún no hay solicitudes</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copiar el comando</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens. The proxy is off: turn it on in the settings.</source>
        <translation>Aquí aparecerá cada solicitud que pase por el proxy, en el momento. El proxy está desactivado: actívelo en los ajustes.</translation>
    </message>
    <message>
        <source>Every request through the proxy will stand here as it happens, with its answer as it streams. To see one, run this in a terminal:</source>
        <translation>Aquí aparecerá cada solicitud que pase por el proxy, en el momento, con su respuesta a medida que llega. Para ver una, ejecute esto en un terminal:</translation>
    </message>
    <message>
        <source>Write a haiku about rivers</source>
        <translation>Escribe un haiku sobre los ríos</translation>
    </message>
    <message>
        <source>Command to try</source>
        <translation>Comando de prueba</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Gemini &amp;key</source>
        <translation>&amp;Clave de Gemini</translation>
    </message>
    <message>
        <source>&amp;Test and save</source>
        <translation>&amp;Probar y guardar</translation>
    </message>
    <message>
        <source>Save &amp;anyway</source>
        <translation>Guardar &amp;de todos modos</translation>
    </message>
    <message>
        <source>Use for this &amp;session only</source>
        <translation>Usar solo en esta &amp;sesión</translation>
    </message>
    <message>
        <source>&amp;Network settings</source>
        <translation>Ajustes de &amp;red</translation>
    </message>
    <message>
        <source>Paste your key</source>
        <translation>Pegue su clave</translation>
    </message>
    <message>
        <source>&amp;Get a key</source>
        <translation>&amp;Obtener una clave</translation>
    </message>
    <message>
        <source>Opens %1 in the browser</source>
        <translation>Abre %1 en el navegador</translation>
    </message>
    <message>
        <source>Paste a key first.</source>
        <translation>Pegue primero una clave.</translation>
    </message>
    <message>
        <source>A key has no spaces in it. Copy the key alone.</source>
        <translation>Una clave no contiene espacios. Copie solo la clave.</translation>
    </message>
    <message>
        <source>A key has only letters, digits and signs of ASCII. Copy it again from where you got it.</source>
        <translation>Una clave solo contiene letras, cifras y signos ASCII. Cópiela de nuevo de donde la obtuvo.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Probando…</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>Ree&amp;mplazar</translation>
    </message>
    <message>
        <source>T&amp;est this key</source>
        <translation>Prob&amp;ar esta clave</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>Really re&amp;move</source>
        <translation>Sí, &amp;eliminar</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Buscar de nuevo</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ca&amp;ncelar</translation>
    </message>
    <message>
        <source>The new key is in use.</source>
        <translation>La clave nueva está en uso.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Probando…</translation>
    </message>
    <message>
        <source>Looking for the key in the keychain.</source>
        <translation>Buscando la clave en el llavero.</translation>
    </message>
    <message>
        <source>There is no key yet. It will be kept in the system&apos;s keychain.</source>
        <translation>Aún no hay clave. Se guardará en el llavero del sistema.</translation>
    </message>
    <message>
        <source>The key is in the system&apos;s keychain.</source>
        <translation>La clave está en el llavero del sistema.</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain. To use another one, change or unset the variable and start again.</source>
        <translation>La clave procede de la variable de entorno %1, que tiene prioridad sobre el llavero. Para usar otra, cambie o elimine la variable y reinicie el programa.</translation>
    </message>
    <message>
        <source>The key is used for this session only: it is forgotten when Gemini Desk quits.</source>
        <translation>La clave se usa solo en esta sesión: se olvida al salir de Gemini Desk.</translation>
    </message>
    <message>
        <source>The demo answers: no key is used. Give one to ask Gemini itself.</source>
        <translation>Responde la demo: no se usa ninguna clave. Indique una para preguntar a Gemini.</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>No hay ningún servicio de llavero en marcha, así que no se puede guardar ninguna clave. Inicie uno, como GNOME Keyring o KWallet, y busque de nuevo, o indique una clave para esta sesión.</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. Unlock it and look again, or give a key for this session.</source>
        <translation>El llavero está bloqueado, o se canceló o denegó su petición. Desbloquéelo y busque de nuevo, o indique una clave para esta sesión.</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>El llavero no responde como debería. Se le vuelve a preguntar automáticamente; hasta entonces, indique una clave para esta sesión.</translation>
    </message>
</context>
<context>
    <name>KeyTestWords</name>
    <message numerus="yes">
        <source>The key works: it may use %n model(s).</source>
        <translation>
            <numerusform>La clave funciona: puede usar %n modelo.</numerusform>
            <numerusform>La clave funciona: puede usar %n modelos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Gemini does not know this key. Check that all of it was copied, or get a new one.</source>
        <translation>Gemini no reconoce esta clave. Compruebe que se copió entera u obtenga una nueva.</translation>
    </message>
    <message>
        <source>Gemini knows this key, but its project may not use the Gemini API. Enable the API for the project, or get a key of another one.</source>
        <translation>Gemini reconoce esta clave, pero su proyecto no puede usar la API de Gemini. Active la API para el proyecto u obtenga una clave de otro.</translation>
    </message>
    <message>
        <source>The key is right, but its quota is used up for now. It can be used again when the quota is renewed.</source>
        <translation>La clave es correcta, pero su cuota está agotada por ahora. Se podrá usar de nuevo cuando se renueve la cuota.</translation>
    </message>
    <message>
        <source>The key could not be checked: Gemini cannot be reached. Check the connection to the internet and try again.</source>
        <translation>No se pudo comprobar la clave: no se puede acceder a Gemini. Compruebe la conexión a internet e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The key could not be checked: the certificate of the other side is not trusted. If your network inspects connections, add its certificate file in the network settings.</source>
        <translation>No se pudo comprobar la clave: el certificado del otro extremo no es de confianza. Si su red inspecciona las conexiones, añada su archivo de certificado en los ajustes de red.</translation>
    </message>
    <message>
        <source>The key could not be checked: the network proxy does not let the connection through. Check it in the network settings.</source>
        <translation>No se pudo comprobar la clave: el proxy de red no deja pasar la conexión. Compruébelo en los ajustes de red.</translation>
    </message>
    <message>
        <source>The key could not be checked. Try again later.</source>
        <translation>No se pudo comprobar la clave. Inténtelo más tarde.</translation>
    </message>
    <message>
        <source>The connection works: Gemini answers.</source>
        <translation>La conexión funciona: Gemini responde.</translation>
    </message>
    <message>
        <source>The connection works, but Gemini does not accept the key. Check it in the section Key.</source>
        <translation>La conexión funciona, pero Gemini no acepta la clave. Compruébela en la sección Clave.</translation>
    </message>
    <message>
        <source>The connection works. The key&apos;s quota is used up for now.</source>
        <translation>La conexión funciona. La cuota de la clave está agotada por ahora.</translation>
    </message>
    <message>
        <source>Gemini cannot be reached. Check the connection to the internet, and whether your network needs a proxy.</source>
        <translation>No se puede acceder a Gemini. Compruebe la conexión a internet y si su red necesita un proxy.</translation>
    </message>
    <message>
        <source>The certificate of the other side is not trusted. If your network inspects connections, choose its certificate file above.</source>
        <translation>El certificado del otro extremo no es de confianza. Si su red inspecciona las conexiones, elija arriba su archivo de certificado.</translation>
    </message>
    <message>
        <source>The network proxy does not let the connection through. Check its address above.</source>
        <translation>El proxy de red no deja pasar la conexión. Compruebe su dirección arriba.</translation>
    </message>
    <message>
        <source>The connection could not be tested. Try again later.</source>
        <translation>No se pudo probar la conexión. Inténtelo más tarde.</translation>
    </message>
    <message>
        <source>The key was not kept: no keychain service runs here. Start one, such as GNOME Keyring or KWallet, and save again, or use the key for this session only.</source>
        <translation>La clave no se guardó: no hay ningún servicio de llavero en marcha. Inicie uno, como GNOME Keyring o KWallet, y guarde de nuevo, o use la clave solo en esta sesión.</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain did not take it. Save again, or use the key for this session only.</source>
        <translation>La clave no se guardó: el llavero no la aceptó. Guarde de nuevo o use la clave solo en esta sesión.</translation>
    </message>
    <message>
        <source>The key was not kept: the keychain is locked, or its question was cancelled or denied. Unlock it and save again, or use the key for this session only.</source>
        <translation>La clave no se guardó: el llavero está bloqueado, o se canceló o denegó su petición. Desbloquéelo y guarde de nuevo, o use la clave solo en esta sesión.</translation>
    </message>
</context>
<context>
    <name>LimitsSection</name>
    <message>
        <source>Limits</source>
        <translation>Límites</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>&amp;Conexiones</translation>
    </message>
    <message>
        <source>At once, from all programs together. Further ones are told to try again.</source>
        <translation>A la vez, de todos los programas juntos. A las demás se les pide que lo intenten de nuevo.</translation>
    </message>
    <message>
        <source>&amp;Largest request, in MiB</source>
        <translation>&amp;Tamaño máximo de solicitud, en MiB</translation>
    </message>
    <message>
        <source>Larger ones are refused. Files in a prompt count.</source>
        <translation>Las mayores se rechazan. Cuentan los archivos del prompt.</translation>
    </message>
    <message>
        <source>&amp;First byte, in seconds</source>
        <translation>&amp;Primer byte, en segundos</translation>
    </message>
    <message>
        <source>How long Gemini may think before its answer begins.</source>
        <translation>Cuánto puede pensar Gemini antes de empezar a responder.</translation>
    </message>
    <message>
        <source>&amp;Idle, in seconds</source>
        <translation>&amp;Inactividad, en segundos</translation>
    </message>
    <message>
        <source>How long an answer may pause before it counts as broken off.</source>
        <translation>Cuánto puede detenerse una respuesta antes de darse por interrumpida.</translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>“%1” is in the list already.</source>
        <translation>«%1» ya está en la lista.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>Mostrar todos los comandos</translation>
    </message>
    <message>
        <source>Turn the proxy on or off</source>
        <translation>Activar o desactivar el proxy</translation>
    </message>
    <message>
        <source>Copy the proxy&apos;s address</source>
        <translation>Copiar la dirección del proxy</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Copiar diagnóstico</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>Introducir una clave</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation>Conectar una herramienta</translation>
    </message>
</context>
<context>
    <name>MediaTypes</name>
    <message>
        <source>text</source>
        <translation>texto</translation>
    </message>
    <message>
        <source>images</source>
        <translation>imágenes</translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>archivos PDF</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>audio</translation>
    </message>
    <message>
        <source>video</source>
        <translation>vídeo</translation>
    </message>
    <message>
        <source>such files</source>
        <translation>archivos así</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>Elegir un modelo</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modelo: %1</translation>
    </message>
    <message>
        <source>Choose the model  %1</source>
        <comment>then the keys</comment>
        <translation>Elegir el modelo  %1</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Reintentar</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Buscar modelos</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a model&apos;s title and name</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>Usar «%1»</translation>
    </message>
    <message>
        <source>a name that is not in the list</source>
        <translation>un nombre que no está en la lista</translation>
    </message>
    <message>
        <source>The list of models has not come yet.</source>
        <translation>La lista de modelos aún no ha llegado.</translation>
    </message>
</context>
<context>
    <name>NetworkSection</name>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Network &amp;proxy</source>
        <translation>&amp;Proxy de red</translation>
    </message>
    <message>
        <source>On the way from this machine to Gemini.</source>
        <translation>En el camino de este equipo a Gemini.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>El del sistema</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>Otro</translation>
    </message>
    <message>
        <source>&amp;Address of the network proxy</source>
        <translation>&amp;Dirección del proxy de red</translation>
    </message>
    <message>
        <source>Such as http://proxy.example.com:3128 or socks5://localhost:1080. It is used as soon as it is given.</source>
        <translation>Por ejemplo, http://proxy.example.com:3128 o socks5://localhost:1080. Se usa en cuanto se indica.</translation>
    </message>
    <message>
        <source>&amp;Certificate file</source>
        <translation>Archivo de &amp;certificado</translation>
    </message>
    <message>
        <source>In PEM form, trusted besides the system&apos;s certificates. Leave it empty where nobody inspects your connections.</source>
        <translation>En formato PEM; se confía en él además de los certificados del sistema. Déjelo vacío si nadie inspecciona sus conexiones.</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>P&amp;robar la conexión</translation>
    </message>
    <message>
        <source>&amp;Browse</source>
        <translation>&amp;Examinar</translation>
    </message>
    <message>
        <source>Browse for a certificate file</source>
        <translation>Examinar archivos de certificado</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Elegir un archivo de certificado</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificados (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Probando…</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Stop that program, or choose another port.</source>
        <translation>El proxy no está en marcha: otro programa ya usa %1. Detenga ese programa o elija otro puerto.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Stop that program, or choose another port.</source>
        <translation>El proxy no está en marcha: %2 ya usa %1. Detenga ese programa o elija otro puerto.</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>&amp;Usar el puerto %1</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>Abrir &amp;ajustes</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>El proxy no está en marcha: %1</translation>
    </message>
    <message>
        <source>The built-in demo answers, not Gemini.</source>
        <translation>Responde la demo integrada, no Gemini.</translation>
    </message>
    <message>
        <source>&amp;Enter a key</source>
        <translation>&amp;Introducir una clave</translation>
    </message>
    <message>
        <source>The settings could not be saved: the disk may be full, or their folder cannot be written. They hold until the program ends.</source>
        <translation>No se pudieron guardar los ajustes: puede que el disco esté lleno o que no se pueda escribir en su carpeta. Se mantienen hasta que se cierre el programa.</translation>
    </message>
    <message>
        <source>A setting cannot be used: it %1</source>
        <translation>No se puede usar un ajuste: %1</translation>
    </message>
    <message>
        <source>The settings file was damaged and is kept as %1. The default settings are in use.</source>
        <translation>El archivo de ajustes estaba dañado y se conserva como %1. Se usan los ajustes predeterminados.</translation>
    </message>
    <message>
        <source>Token usage is not being kept: %1</source>
        <translation>El uso de tokens no se está registrando: %1</translation>
    </message>
    <message>
        <source>An answer has ended</source>
        <translation>Terminó una respuesta</translation>
    </message>
    <message>
        <source>A request failed</source>
        <translation>Falló una solicitud</translation>
    </message>
    <message>
        <source>Status %1</source>
        <translation>Estado %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n token(s)</source>
        <translation>
            <numerusform>%1, %n token</numerusform>
            <numerusform>%1, %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParameterChecks</name>
    <message>
        <source>A number from 0 to 2.</source>
        <translation>Un número de 0 a 2.</translation>
    </message>
    <message>
        <source>A number from 0 to 1.</source>
        <translation>Un número de 0 a 1.</translation>
    </message>
    <message>
        <source>A whole number from 1 to %L1.</source>
        <translation>Un número entero de 1 a %L1.</translation>
    </message>
    <message>
        <source>A whole number from -1 to %L1.</source>
        <translation>Un número entero de -1 a %L1.</translation>
    </message>
</context>
<context>
    <name>ParametersPanel</name>
    <message>
        <source>The model&apos;s own</source>
        <translation>Lo propio del modelo</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>&amp;Delete it?</source>
        <translation>¿&amp;Eliminarlo?</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>Search the &amp;web for the answer</source>
        <translation>Buscar la respuesta en la &amp;web</translation>
    </message>
    <message>
        <source>Answer in &amp;JSON</source>
        <translation>Responder en &amp;JSON</translation>
    </message>
    <message>
        <source>Leave all to the &amp;model</source>
        <translation>Dejarlo todo al &amp;modelo</translation>
    </message>
    <message>
        <source>Settings of answers</source>
        <translation>Ajustes de las respuestas</translation>
    </message>
    <message>
        <source>How Gemini should answer in this chat</source>
        <translation>Cómo debe responder Gemini en este chat</translation>
    </message>
    <message>
        <source>&amp;System instruction</source>
        <translation>Instrucción de &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>&amp;Temperatura</translation>
    </message>
    <message>
        <source>0 is sober, 2 is varied.</source>
        <translation>0 es sobrio, 2 es variado.</translation>
    </message>
    <message>
        <source>Top-&amp;p</source>
        <translation>Top-&amp;p</translation>
    </message>
    <message>
        <source>0 to 1; low keeps to likely words.</source>
        <translation>De 0 a 1; bajo se limita a palabras probables.</translation>
    </message>
    <message>
        <source>&amp;Longest answer</source>
        <translation>Respuesta más &amp;larga</translation>
    </message>
    <message>
        <source>In tokens, with its thoughts.</source>
        <translation>En tokens, con su razonamiento.</translation>
    </message>
    <message>
        <source>Thinking &amp;budget</source>
        <translation>Presupuest&amp;o de razonamiento</translation>
    </message>
    <message>
        <source>In tokens; 0 is none, -1 as it sees fit.</source>
        <translation>En tokens; 0 es ninguno, -1 lo que crea oportuno.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>P&amp;reajuste</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>Un nombre</translation>
    </message>
    <message>
        <source>Save these settings &amp;as</source>
        <translation>G&amp;uardar estos ajustes como</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Privacidad</translation>
    </message>
    <message>
        <source>Keep &amp;prompts and answers of requests</source>
        <translation>Conservar &amp;prompts y respuestas de las solicitudes</translation>
    </message>
    <message>
        <source>In memory only, for the page Requests. They are gone when Gemini Desk quits.</source>
        <translation>Solo en memoria, para la página Solicitudes. Desaparecen al salir de Gemini Desk.</translation>
    </message>
    <message>
        <source>Keep &amp;usage</source>
        <translation>Registrar el &amp;uso</translation>
    </message>
    <message>
        <source>Tokens by day, model and client, on this machine. No prompts, no answers.</source>
        <translation>Tokens por día, modelo y cliente, en este equipo. Sin prompts ni respuestas.</translation>
    </message>
</context>
<context>
    <name>ProxyPill</name>
    <message>
        <source>Proxy off</source>
        <translation>Proxy desactivado</translation>
    </message>
    <message>
        <source>The proxy is off. Click to turn it on in the settings.</source>
        <translation>El proxy está desactivado. Haga clic para activarlo en los ajustes.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Iniciando</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>El proxy se está iniciando.</translation>
    </message>
    <message>
        <source>The proxy listens here, and the demo answers.</source>
        <translation>El proxy escucha aquí y responde la demo.</translation>
    </message>
    <message>
        <source>The proxy listens here.</source>
        <translation>El proxy escucha aquí.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) streaming</source>
        <translation>
            <numerusform>%n respuesta en curso</numerusform>
            <numerusform>%n respuestas en curso</numerusform>
        </translation>
    </message>
    <message>
        <source>Port taken</source>
        <translation>Puerto ocupado</translation>
    </message>
    <message>
        <source>%1 is taken by another program.</source>
        <translation>Otro programa ya usa %1.</translation>
    </message>
    <message>
        <source>%1 is taken by %2.</source>
        <translation>%2 ya usa %1.</translation>
    </message>
    <message>
        <source>Proxy stopped</source>
        <translation>Proxy detenido</translation>
    </message>
    <message>
        <source>Proxy: %1</source>
        <translation>Proxy: %1</translation>
    </message>
    <message>
        <source>The proxy listens here, but there is no key to ask Gemini with.</source>
        <translation>El proxy escucha aquí, pero no hay ninguna clave con la que preguntar a Gemini.</translation>
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
        <translation>Activar el pro&amp;xy</translation>
    </message>
    <message>
        <source>Local programs use your key through it without seeing it.</source>
        <translation>Los programas locales usan su clave a través de él sin verla.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>Give this to a program as Gemini&apos;s address.</source>
        <translation>Indíquela a un programa como dirección de Gemini.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Puerto</translation>
    </message>
    <message>
        <source>Where the proxy listens, from 1 to 65535. Press Enter to apply.</source>
        <translation>Donde escucha el proxy, del 1 al 65535. Pulse Intro para aplicar.</translation>
    </message>
    <message>
        <source>Default &amp;model</source>
        <translation>&amp;Modelo predeterminado</translation>
    </message>
    <message>
        <source>Answers requests that name no model, and new chats.</source>
        <translation>Responde a las solicitudes que no indican modelo y a los chats nuevos.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copiar la dirección</translation>
    </message>
    <message>
        <source>The proxy is off.</source>
        <translation>El proxy está desactivado.</translation>
    </message>
    <message>
        <source>The proxy is starting.</source>
        <translation>El proxy se está iniciando.</translation>
    </message>
    <message>
        <source>The proxy is running, and the demo answers.</source>
        <translation>El proxy está en marcha y responde la demo.</translation>
    </message>
    <message>
        <source>The proxy is running.</source>
        <translation>El proxy está en marcha.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by another program. Quit that one, or use another port.</source>
        <translation>El proxy no está en marcha: otro programa ya usa %1. Cierre ese programa o use otro puerto.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1 is taken by %2. Quit that one, or use another port.</source>
        <translation>El proxy no está en marcha: %2 ya usa %1. Cierre ese programa o use otro puerto.</translation>
    </message>
    <message>
        <source>The proxy is not running: %1</source>
        <translation>El proxy no está en marcha: %1</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>&amp;Usar el puerto %1</translation>
    </message>
    <message>
        <source>The proxy is running, but there is no key to ask Gemini with.</source>
        <translation>El proxy está en marcha, pero no hay ninguna clave con la que preguntar a Gemini.</translation>
    </message>
    <message>
        <source>Models for other &amp;names</source>
        <translation>Modelos para otros &amp;nombres</translation>
    </message>
    <message>
        <source>Coding agents ask for models by the names of other APIs, such as claude-sonnet or gpt-5. The proxy knows what fits; here you can choose yourself. * stands for any text.</source>
        <translation>Los agentes de programación piden modelos con nombres de otras API, como claude-sonnet o gpt-5. El proxy sabe cuál corresponde; aquí puedes elegirlo. * representa cualquier texto.</translation>
    </message>
    <message>
        <source>Add mode&amp;l</source>
        <translation>Añadir mode&amp;lo</translation>
    </message>
    <message>
        <source>Remo&amp;ve model</source>
        <translation>Qui&amp;tar modelo</translation>
    </message>
</context>
<context>
    <name>RequestActions</name>
    <message>
        <source>&amp;Stop the request</source>
        <translation>&amp;Detener la solicitud</translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation>Copiar como c&amp;url</translation>
    </message>
    <message>
        <source>&amp;Open as a chat</source>
        <translation>&amp;Abrir como chat</translation>
    </message>
    <message>
        <source>Sa&amp;ve the answer…</source>
        <translation>&amp;Guardar la respuesta…</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>respuesta</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Guardar la respuesta</translation>
    </message>
    <message>
        <source>Nothing was saved: another request was chosen meanwhile.</source>
        <translation>No se guardó nada: entretanto se eligió otra solicitud.</translation>
    </message>
    <message>
        <source>There is nothing to save: the answer is kept no longer.</source>
        <translation>No hay nada que guardar: la respuesta ya no se conserva.</translation>
    </message>
    <message>
        <source>The answer was not saved: %1</source>
        <translation>La respuesta no se guardó: %1</translation>
    </message>
    <message>
        <source>Saved the first %1; the answer still comes.</source>
        <translation>Se guardaron los primeros %1; la respuesta aún está llegando.</translation>
    </message>
    <message>
        <source>Saved the first %1; the rest was not kept.</source>
        <translation>Se guardaron los primeros %1; el resto no se conservó.</translation>
    </message>
</context>
<context>
    <name>RequestDetails</name>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Raw answer</source>
        <translation>Respuesta sin procesar</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Solicitud</translation>
    </message>
    <message>
        <source>Fields of the request</source>
        <translation>Campos de la solicitud</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>What to show of the request</source>
        <translation>Qué mostrar de la solicitud</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Respuesta</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>&amp;Prompt</translation>
    </message>
    <message>
        <source>&amp;Raw</source>
        <translation>&amp;Sin procesar</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>&amp;Campos</translation>
    </message>
    <message>
        <source>&amp;Timing</source>
        <translation>&amp;Tiempos</translation>
    </message>
    <message>
        <source>Close the request</source>
        <translation>Cerrar la solicitud</translation>
    </message>
    <message>
        <source>Close the request (Esc)</source>
        <translation>Cerrar la solicitud (Esc)</translation>
    </message>
    <message>
        <source>ID %1</source>
        <translation>ID %1</translation>
    </message>
    <message>
        <source>What this request said was dropped to make room for newer ones.</source>
        <translation>El contenido de esta solicitud se descartó para dejar sitio a otras más recientes.</translation>
    </message>
    <message>
        <source>Bodies are off. Nothing of what requests say is kept.</source>
        <translation>La conservación de contenido está desactivada. No se guarda nada de lo que dicen las solicitudes.</translation>
    </message>
    <message>
        <source>What this request said was not kept: bodies were off when it came.</source>
        <translation>El contenido de esta solicitud no se conservó: la opción estaba desactivada cuando llegó.</translation>
    </message>
    <message>
        <source>Waiting for the first byte.</source>
        <translation>Esperando el primer byte.</translation>
    </message>
    <message>
        <source>The answer has no body.</source>
        <translation>La respuesta no tiene contenido.</translation>
    </message>
    <message>
        <source>The request has no body.</source>
        <translation>La solicitud no tiene contenido.</translation>
    </message>
    <message>
        <source>Only the first %1 are kept.</source>
        <translation>Solo se conservan los primeros %1.</translation>
    </message>
    <message>
        <source>Very long lines are folded.</source>
        <translation>Las líneas muy largas se dividen.</translation>
    </message>
    <message>
        <source>*** (not shown)</source>
        <translation>*** (no se muestra)</translation>
    </message>
    <message>
        <source>Timing of the request</source>
        <translation>Tiempos de la solicitud</translation>
    </message>
    <message>
        <source>Keep &amp;bodies</source>
        <translation>C&amp;onservar contenido</translation>
    </message>
    <message>
        <source>A WebSocket is open. What goes over it is not kept.</source>
        <translation>Hay un WebSocket abierto. Lo que pasa por él no se conserva.</translation>
    </message>
    <message>
        <source>What went over this WebSocket was not kept.</source>
        <translation>Lo que pasó por este WebSocket no se conservó.</translation>
    </message>
    <message>
        <source>interaction %1</source>
        <comment>its status</comment>
        <translation>interacción %1</translation>
    </message>
    <message>
        <source>Enter shows the request that it continues</source>
        <translation>Intro muestra la solicitud que continúa</translation>
    </message>
    <message>
        <source>Continues %1, which is not in this list</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Continúa %1, que no está en esta lista</translation>
    </message>
    <message>
        <source>Continues %1</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Continúa %1</translation>
    </message>
    <message>
        <source>Unreadable: this is no JSON object that names a model or an agent. It went to Gemini as it is.</source>
        <translation>Ilegible: no es un objeto JSON que nombre un modelo o un agente. Se envió a Gemini tal cual.</translation>
    </message>
    <message>
        <source>%1, asked for as %2</source>
        <comment>a model and another name</comment>
        <translation>%1, pedido como %2</translation>
    </message>
</context>
<context>
    <name>RequestModel</name>
    <message>
        <source>not told</source>
        <translation>sin indicar</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>unknown client</source>
        <translation>cliente desconocido</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>sin ruta</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>sin modelo</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Ruta</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Primer byte</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Tokens de entrada</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Tokens de salida</translation>
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
        <translation>Solicitudes</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>&amp;Keep bodies</source>
        <translation>Co&amp;nservar contenido</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Keep bodies</source>
        <translation>Conservar contenido</translation>
    </message>
    <message>
        <source>Keep what requests and answers say, in memory only</source>
        <translation>Conservar lo que dicen las solicitudes y las respuestas, solo en memoria</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Search requests</source>
        <translation>Buscar solicitudes</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Qué solicitudes</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidas</translation>
    </message>
    <message>
        <source>No request matches.</source>
        <translation>Ninguna solicitud coincide.</translation>
    </message>
    <message>
        <source>S&amp;how all</source>
        <translation>&amp;Mostrar todas</translation>
    </message>
    <message>
        <source>Show all requests</source>
        <translation>Mostrar todas las solicitudes</translation>
    </message>
    <message>
        <source>Go to the table or the request</source>
        <translation>Ir a la tabla o a la solicitud</translation>
    </message>
    <message>
        <source>C&amp;lear what has ended</source>
        <translation>&amp;Quitar las terminadas</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>Ajustes: %1</translation>
    </message>
</context>
<context>
    <name>TimingView</name>
    <message>
        <source>Timing</source>
        <translation>Tiempos</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviada</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Primer byte</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
</context>
<context>
    <name>TokenCard</name>
    <message>
        <source>&amp;Copy</source>
        <translation>Co&amp;piar</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>Copiar el token</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Listo</translation>
    </message>
    <message>
        <source>This is the only time that it is shown. A program sends it instead of a key.</source>
        <translation>Solo se muestra esta vez. Un programa lo envía en lugar de una clave.</translation>
    </message>
    <message>
        <source>The token of %1</source>
        <translation>El token de %1</translation>
    </message>
</context>
<context>
    <name>TokenTable</name>
    <message>
        <source>Re&amp;voke</source>
        <translation>Re&amp;vocar</translation>
    </message>
    <message>
        <source>Really re&amp;voke</source>
        <translation>Sí, re&amp;vocar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Creado</translation>
    </message>
    <message>
        <source>To&amp;kens</source>
        <translation>To&amp;kens</translation>
    </message>
</context>
<context>
    <name>TranscriptPresenter</name>
    <message>
        <source>Waiting for the first word…</source>
        <translation>Esperando la primera palabra…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a file&apos;s name and size</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Look at the key</source>
        <translation>Ver la clave</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Editar la pregunta</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>Guardar la imagen…</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which of the branches</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Responder de nuevo</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>This picture has %1 × %2 pixels: too many to show it here.</source>
        <translation>Esta imagen tiene %1 × %2 píxeles: demasiados para mostrarla aquí.</translation>
    </message>
    <message>
        <source>This picture could not be read.</source>
        <translation>No se pudo leer esta imagen.</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Open Gemini Desk</source>
        <translation>&amp;Abrir Gemini Desk</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>&amp;Proxy</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy listens on %1</source>
        <translation>Gemini Desk: el proxy escucha en %1</translation>
    </message>
    <message>
        <source>Gemini Desk: the proxy is not running</source>
        <translation>Gemini Desk: el proxy no está en marcha</translation>
    </message>
</context>
<context>
    <name>UsageChart</name>
    <message>
        <source>Tokens by day</source>
        <translation>Tokens por día</translation>
    </message>
    <message>
        <source>Tokens by month</source>
        <translation>Tokens por mes</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n solicitud</numerusform>
            <numerusform>%n solicitudes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>model or client: tokens</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 tokens</source>
        <comment>day: number</comment>
        <translation>%1: %2 tokens</translation>
    </message>
    <message>
        <source>Nothing was used in this time</source>
        <translation>No hubo uso en este período</translation>
    </message>
</context>
<context>
    <name>UsageModel</name>
    <message numerus="yes">
        <source>%n of them failed</source>
        <translation>
            <numerusform>%n de ellas falló</numerusform>
            <numerusform>%n de ellas fallaron</numerusform>
        </translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Tokens de entrada</translation>
    </message>
    <message>
        <source>In</source>
        <comment>tokens</comment>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>Tokens out, with thoughts</source>
        <translation>Tokens de salida, con razonamiento</translation>
    </message>
    <message>
        <source>Out</source>
        <comment>tokens</comment>
        <translation>Salida</translation>
    </message>
    <message>
        <source>Tokens out that are thoughts</source>
        <translation>Tokens de salida que son razonamiento</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Razonamiento</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportar</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>No usage yet</source>
        <translation>Aún no hay uso</translation>
    </message>
    <message>
        <source>Open &amp;settings</source>
        <translation>Abrir &amp;ajustes</translation>
    </message>
    <message>
        <source>Usage is off</source>
        <translation>El registro de uso está desactivado</translation>
    </message>
    <message>
        <source>Turn it on in the settings to see here what is used: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>Actívelo en los ajustes para ver aquí lo que se usa: tokens por día, modelo y cliente. Solo se guardan números, en este equipo.</translation>
    </message>
    <message>
        <source>Export usage as CSV</source>
        <translation>Exportar el uso como CSV</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Período</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 días</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 días</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 días</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Todo el tiempo</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Agrupación</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Por modelo</translation>
    </message>
    <message>
        <source>By client</source>
        <translation>Por cliente</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Exportar como CSV</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>Guardar la tabla como CSV</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Abrir ajustes</translation>
    </message>
    <message numerus="yes">
        <source>Requests, %n failed</source>
        <translation>
            <numerusform>Solicitudes, %n fallida</numerusform>
            <numerusform>Solicitudes, %n fallidas</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Tokens de entrada</translation>
    </message>
    <message>
        <source>Tokens out, %1 of them thoughts</source>
        <translation>Tokens de salida, %1 de ellos de razonamiento</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Tokens de salida</translation>
    </message>
    <message>
        <source>Usage is off: new requests are not counted.</source>
        <translation>El registro de uso está desactivado: las solicitudes nuevas no se cuentan.</translation>
    </message>
    <message>
        <source>&amp;Turn on</source>
        <translation>Ac&amp;tivar</translation>
    </message>
    <message>
        <source>Export usage</source>
        <translation>Exportar el uso</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Valores separados por comas (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>No se pudo escribir %1: %2</translation>
    </message>
    <message>
        <source>What Gemini answers through the proxy is counted here: tokens by day, model and client. Only numbers are kept, on this computer.</source>
        <translation>Aquí se cuenta lo que Gemini responde a través del proxy: tokens por día, modelo y cliente. Solo se guardan números, en este equipo.</translation>
    </message>
    <message>
        <source>The demo is not counted, as it costs nothing.</source>
        <translation>La demo no se cuenta, ya que no cuesta nada.</translation>
    </message>
</context>
<context>
    <name>UsageSeries</name>
    <message>
        <source>Others</source>
        <translation>Otros</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Sin modelo</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Sin token</translation>
    </message>
</context>
<context>
    <name>UsageTable</name>
    <message>
        <source>Usage by day, model and client</source>
        <translation>Uso por día, modelo y cliente</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Buscar de nuevo</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>Probar la d&amp;emo</translation>
    </message>
    <message>
        <source>It needs no key and no network.</source>
        <translation>No necesita clave ni red.</translation>
    </message>
    <message>
        <source>The programs on this machine can use Google&apos;s Gemini, and none of them sees your key.</source>
        <translation>Los programas de este equipo pueden usar Gemini de Google, y ninguno ve su clave.</translation>
    </message>
    <message>
        <source>The key rests in your system&apos;s keychain and is sent to Google only.</source>
        <translation>La clave se guarda en el llavero del sistema y solo se envía a Google.</translation>
    </message>
    <message>
        <source>Looking for a key in the keychain.</source>
        <translation>Buscando una clave en el llavero.</translation>
    </message>
    <message>
        <source>There is a key in the keychain. Another one takes its place.</source>
        <translation>Hay una clave en el llavero. Otra ocupará su lugar.</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1, which goes before the keychain.</source>
        <translation>La clave procede de la variable de entorno %1, que tiene prioridad sobre el llavero.</translation>
    </message>
    <message>
        <source>There is a key for this session. It is forgotten when Gemini Desk quits.</source>
        <translation>Hay una clave para esta sesión. Se olvida al salir de Gemini Desk.</translation>
    </message>
    <message>
        <source>The demo answers at the moment. Give a key to ask Gemini itself.</source>
        <translation>De momento responde la demo. Indique una clave para preguntar a Gemini.</translation>
    </message>
    <message>
        <source>No keychain service runs here, so that no key can be kept. Start one, such as GNOME Keyring or KWallet, and look again, or give a key for this session.</source>
        <translation>No hay ningún servicio de llavero en marcha, así que no se puede guardar ninguna clave. Inicie uno, como GNOME Keyring o KWallet, y busque de nuevo, o indique una clave para esta sesión.</translation>
    </message>
    <message>
        <source>The keychain is locked, or its question was cancelled or denied. If your key is in it, unlock it and look again.</source>
        <translation>El llavero está bloqueado, o se canceló o denegó su petición. Si su clave está en él, desbloquéelo y busque de nuevo.</translation>
    </message>
    <message>
        <source>The keychain does not answer as it should. It is asked again by itself; until then, give a key for this session.</source>
        <translation>El llavero no responde como debería. Se le vuelve a preguntar automáticamente; hasta entonces, indique una clave para esta sesión.</translation>
    </message>
</context>
<context>
    <name>answermarkdown</name>
    <message>
        <source>File: %1</source>
        <translation>Archivo: %1</translation>
    </message>
    <message>
        <source>The model calls the function %1:</source>
        <translation>El modelo llama a la función %1:</translation>
    </message>
    <message>
        <source>The function %1 answers:</source>
        <translation>La función %1 responde:</translation>
    </message>
    <message>
        <source>Output:</source>
        <translation>Salida:</translation>
    </message>
    <message>
        <source>The code took too long. Output:</source>
        <translation>El código tardó demasiado. Salida:</translation>
    </message>
    <message>
        <source>The code failed. Output:</source>
        <translation>El código falló. Salida:</translation>
    </message>
    <message>
        <source>A part that this version does not know:</source>
        <translation>Una parte que esta versión no conoce:</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Fuentes</translation>
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
            <numerusform>Inténtelo de nuevo en %n segundo.</numerusform>
            <numerusform>Inténtelo de nuevo en %n segundos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>Inténtelo de nuevo en %n minuto.</numerusform>
            <numerusform>Inténtelo de nuevo en %n minutos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>Inténtelo de nuevo en %n hora.</numerusform>
            <numerusform>Inténtelo de nuevo en %n horas.</numerusform>
        </translation>
    </message>
    <message>
        <source>No more requests of this kind are left today.</source>
        <translation>Hoy ya no quedan solicitudes de este tipo.</translation>
    </message>
    <message>
        <source>There were too many requests, or too many tokens, within a minute.</source>
        <translation>Hubo demasiadas solicitudes o demasiados tokens en un minuto.</translation>
    </message>
    <message>
        <source>Gemini takes no more requests with this key for now.</source>
        <translation>Por ahora Gemini no acepta más solicitudes con esta clave.</translation>
    </message>
    <message>
        <source>Try again later, or choose another model.</source>
        <translation>Inténtelo más tarde o elija otro modelo.</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety ended the answer.</source>
        <translation>Los filtros de seguridad de Gemini terminaron la respuesta.</translation>
    </message>
    <message>
        <source>Gemini’s filters for safety refused the question.</source>
        <translation>Los filtros de seguridad de Gemini rechazaron la pregunta.</translation>
    </message>
    <message>
        <source>The answer came too close to a text that others hold the rights to.</source>
        <translation>La respuesta se acercaba demasiado a un texto cuyos derechos tienen otros.</translation>
    </message>
    <message>
        <source>Gemini does not speak the language that was asked for.</source>
        <translation>Gemini no habla el idioma solicitado.</translation>
    </message>
    <message>
        <source>There is a word in it that Gemini does not allow.</source>
        <translation>Contiene una palabra que Gemini no permite.</translation>
    </message>
    <message>
        <source>Gemini does not allow contents of this kind.</source>
        <translation>Gemini no permite contenidos de este tipo.</translation>
    </message>
    <message>
        <source>The answer would have held personal data.</source>
        <translation>La respuesta habría contenido datos personales.</translation>
    </message>
    <message>
        <source>Gemini refused it without a reason.</source>
        <translation>Gemini lo rechazó sin dar un motivo.</translation>
    </message>
    <message>
        <source>The key does not work</source>
        <translation>La clave no funciona</translation>
    </message>
    <message>
        <source>The quota is used up</source>
        <translation>La cuota está agotada</translation>
    </message>
    <message>
        <source>This model cannot answer</source>
        <translation>Este modelo no puede responder</translation>
    </message>
    <message>
        <source>Choose another model, then try again.</source>
        <translation>Elija otro modelo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Gemini did not answer this</source>
        <translation>Gemini no respondió a esto</translation>
    </message>
    <message>
        <source>Putting the question differently may help.</source>
        <translation>Puede ayudar formular la pregunta de otro modo.</translation>
    </message>
    <message>
        <source>Gemini could not be reached</source>
        <translation>No se pudo contactar con Gemini</translation>
    </message>
    <message>
        <source>The model is overloaded</source>
        <translation>El modelo está sobrecargado</translation>
    </message>
    <message>
        <source>Try again in a moment, or choose another model.</source>
        <translation>Inténtelo en un momento o elija otro modelo.</translation>
    </message>
    <message>
        <source>The question is too large</source>
        <translation>La pregunta es demasiado grande</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenida</translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation>La respuesta se cortó</translation>
    </message>
    <message>
        <source>The connection ended before the first word.</source>
        <translation>La conexión terminó antes de la primera palabra.</translation>
    </message>
    <message>
        <source>What came is above. Another try begins anew.</source>
        <translation>Lo que llegó está arriba. Otro intento empieza de nuevo.</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Algo salió mal</translation>
    </message>
    <message>
        <source>Stopped before the first word.</source>
        <translation>Detenida antes de la primera palabra.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenida.</translation>
    </message>
    <message>
        <source>The answer ends here because it reached its limit of tokens.</source>
        <translation>La respuesta termina aquí porque alcanzó su límite de tokens.</translation>
    </message>
    <message>
        <source>The answer ends here because the model tried to use a tool that does not exist.</source>
        <translation>La respuesta termina aquí porque el modelo intentó usar una herramienta que no existe.</translation>
    </message>
    <message>
        <source>The answer ended early. Gemini’s reason: %1</source>
        <translation>La respuesta terminó antes de tiempo. Motivo de Gemini: %1</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>La respuesta está vacía.</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>Pensó durante %1</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Pensando…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Razonamiento</translation>
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
            <numerusform>%Ln de razonamiento</numerusform>
            <numerusform>%Ln de razonamiento</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to the first</source>
        <translation>%1 hasta el primero</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 por segundo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in</source>
        <translation>
            <numerusform>%Ln token de entrada</numerusform>
            <numerusform>%Ln tokens de entrada</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln out</source>
        <translation>
            <numerusform>%Ln de salida</numerusform>
            <numerusform>%Ln de salida</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chat::Error</name>
    <message>
        <source>The key is missing or not valid.</source>
        <translation>Falta la clave o no es válida.</translation>
    </message>
    <message>
        <source>The quota is used up for now.</source>
        <translation>La cuota está agotada por ahora.</translation>
    </message>
    <message>
        <source>There is no such model.</source>
        <translation>No existe ese modelo.</translation>
    </message>
    <message>
        <source>Gemini refused to answer this.</source>
        <translation>Gemini se negó a responder.</translation>
    </message>
    <message>
        <source>Gemini could not be reached.</source>
        <translation>No se pudo contactar con Gemini.</translation>
    </message>
    <message>
        <source>The model is overloaded. Try again in a moment.</source>
        <translation>El modelo está sobrecargado. Inténtelo en un momento.</translation>
    </message>
    <message>
        <source>The question is too large to be sent.</source>
        <translation>La pregunta es demasiado grande para enviarse.</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>Se detuvo la respuesta.</translation>
    </message>
    <message>
        <source>The answer broke off before it was complete.</source>
        <translation>La respuesta se cortó antes de estar completa.</translation>
    </message>
    <message>
        <source>Something went wrong on the way to Gemini.</source>
        <translation>Algo salió mal en el camino a Gemini.</translation>
    </message>
</context>
<context>
    <name>chat::Markdown</name>
    <message>
        <source>Attachment: %1</source>
        <translation>Adjunto: %1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Razonamiento</translation>
    </message>
    <message>
        <source>## You</source>
        <translation>## Usted</translation>
    </message>
    <message>
        <source>## Gemini</source>
        <translation>## Gemini</translation>
    </message>
    <message>
        <source>Sources:</source>
        <translation>Fuentes:</translation>
    </message>
</context>
<context>
    <name>chat::RequestMaker</name>
    <message>
        <source>An attachment could not be read.</source>
        <translation>No se pudo leer un adjunto.</translation>
    </message>
</context>
<context>
    <name>chat::StoreError</name>
    <message>
        <source>The file with your chats is damaged. It was left as it is.</source>
        <translation>El archivo con sus chats está dañado. Se dejó como está.</translation>
    </message>
    <message>
        <source>The file with your chats was made by a newer version of Gemini Desk. It was left as it is.</source>
        <translation>El archivo con sus chats es de una versión más reciente de Gemini Desk. Se dejó como está.</translation>
    </message>
    <message>
        <source>The chat could not be saved: the disk is full.</source>
        <translation>No se pudo guardar el chat: el disco está lleno.</translation>
    </message>
    <message>
        <source>The file cannot be read or written. Check its permissions.</source>
        <translation>No se puede leer o escribir el archivo. Compruebe sus permisos.</translation>
    </message>
    <message>
        <source>The chat is not there any more.</source>
        <translation>El chat ya no está.</translation>
    </message>
    <message>
        <source>The file holds no chats that can be imported.</source>
        <translation>El archivo no contiene chats que se puedan importar.</translation>
    </message>
    <message>
        <source>The chats could not be read or saved.</source>
        <translation>No se pudieron leer o guardar los chats.</translation>
    </message>
    <message>
        <source>Another program is using the file with your chats.</source>
        <translation>Otro programa está usando el archivo con sus chats.</translation>
    </message>
    <message>
        <source>Another program has changed this chat meanwhile.</source>
        <translation>Entretanto, otro programa ha modificado este chat.</translation>
    </message>
    <message>
        <source>The disk could not be read or written (%1).</source>
        <translation>No se pudo leer o escribir en el disco (%1).</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>El disco está lleno.</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2 on %3.</source>
        <translation>Sus chats están abiertos en otro programa: %1, proceso %2 en %3.</translation>
    </message>
    <message>
        <source>Your chats are open in another program: %1, process %2.</source>
        <translation>Sus chats están abiertos en otro programa: %1, proceso %2.</translation>
    </message>
</context>
<context>
    <name>chat::Upload</name>
    <message>
        <source>%1 could not be read.</source>
        <translation>No se pudo leer %1.</translation>
    </message>
</context>
<context>
    <name>columnMenus</name>
    <message>
        <source>Sort &amp;by</source>
        <translation>Ord&amp;enar por</translation>
    </message>
    <message>
        <source>Colu&amp;mns</source>
        <translation>Co&amp;lumnas</translation>
    </message>
</context>
<context>
    <name>curlCommand</name>
    <message>
        <source>The body (%1) was not kept.</source>
        <translation>El cuerpo (%1) no se conservó.</translation>
    </message>
    <message>
        <source>The body (%1) was kept only in part.</source>
        <translation>El cuerpo (%1) se conservó solo en parte.</translation>
    </message>
    <message>
        <source>The body (%1) is not plain text.</source>
        <translation>El cuerpo (%1) no es texto sin formato.</translation>
    </message>
    <message>
        <source>The body (%1) is too long for a command line.</source>
        <translation>El cuerpo (%1) es demasiado largo para una línea de comandos.</translation>
    </message>
    <message>
        <source>A field that is not plain text is left out.</source>
        <translation>Se omite un campo que no es texto sin formato.</translation>
    </message>
    <message>
        <source>Put it into the file body.bin.</source>
        <translation>Póngalo en el archivo body.bin.</translation>
    </message>
</context>
<context>
    <name>markdown</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>Consejo</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>Importante</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Advertencia</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>Precaución</translation>
    </message>
</context>
<context>
    <name>markdown::MarkdownView</name>
    <message>
        <source>Conversation</source>
        <translation>Conversación</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>Ir al final</translation>
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
        <translation>aún no</translation>
    </message>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n milisegundo</numerusform>
            <numerusform>%n milisegundos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 segundos</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>completa</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>el cliente se desconectó</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fallida</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>status code, state</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>It came at %1.</source>
        <translation>Llegada: %1.</translation>
    </message>
    <message>
        <source>It had gone to Gemini after %1.</source>
        <translation>Se envió a Gemini al cabo de %1.</translation>
    </message>
    <message>
        <source>The first byte of the answer came after %1.</source>
        <translation>El primer byte de la respuesta llegó al cabo de %1.</translation>
    </message>
    <message>
        <source>It is running.</source>
        <translation>Está en curso.</translation>
    </message>
    <message>
        <source>It ended after %1.</source>
        <translation>Terminó al cabo de %1.</translation>
    </message>
    <message>
        <source>The client left after %1.</source>
        <translation>El cliente se desconectó al cabo de %1.</translation>
    </message>
    <message>
        <source>It failed after %1.</source>
        <translation>Falló al cabo de %1.</translation>
    </message>
    <message numerus="yes">
        <source>Gemini was asked %n time(s).</source>
        <translation>
            <numerusform>Se preguntó a Gemini %n vez.</numerusform>
            <numerusform>Se preguntó a Gemini %n veces.</numerusform>
        </translation>
    </message>
    <message>
        <source>The interaction is %1.</source>
        <comment>its ID</comment>
        <translation>La interacción es %1.</translation>
    </message>
    <message>
        <source>It continues %1.</source>
        <comment>an interaction&apos;s ID</comment>
        <translation>Continúa %1.</translation>
    </message>
    <message>
        <source>Gemini calls it %1.</source>
        <comment>an interaction, its status</comment>
        <translation>Gemini llama a su estado %1.</translation>
    </message>
    <message>
        <source>Gemini goes on working on it.</source>
        <translation>Gemini sigue trabajando en ella.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <comment>in place of a model</comment>
        <translation>ilegible</translation>
    </message>
</context>
</TS>
