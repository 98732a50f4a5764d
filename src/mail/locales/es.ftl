# The emails of Gatehouse in Spanish. $service is the name in GATEHOUSE_MAIL_FROM.
# The same messages as in en.ftl, in the same order, with the same variables.

greeting = Hola:
# Between a label and its value
colon = :

# Labels of the details of an event
when = Fecha y hora
device = Dispositivo
ip-address = Dirección IP
unknown = no disponible

# Links
open-by-hand = Si el botón no funciona, abre esta dirección en tu navegador:
link-ends = El enlace solo se puede usar una vez y es válido hasta el { $until }.

# Below every notice: what to do if it was someone else
not-me-heading = ¿No fuiste tú?
not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. Es válido hasta el { $until }.
not-me-action = No fui yo

# If one notice covers several events
repeated = Este correo resume { $count } eventos de este tipo desde el { $since } y muestra el último.

footer = Recibes este correo porque esta dirección se indicó para una cuenta de { $service }. El mensaje se ha enviado automáticamente y nadie lee las respuestas.

# A new account: is the address right?
verify-email-subject = Confirma tu dirección de correo electrónico
verify-email-text = Alguien, probablemente tú, ha creado una cuenta en { $service } con esta dirección de correo electrónico. Confirma que la dirección es tuya.
verify-email-action = Confirmar la dirección
verify-email-not-me-heading = ¿No has creado esta cuenta?
verify-email-not-me-text = En ese caso, alguien ha usado tu dirección, por error o a propósito. No la confirmes. El siguiente enlace elimina la cuenta siempre que su dirección no se haya confirmado nunca. Es válido hasta el { $until }.
verify-email-not-me-action = Eliminar la cuenta
verify-email-contested = Se ha solicitado más de una cuenta con esta dirección de correo electrónico. Confirma solo la que hayas solicitado tú: los datos siguientes indican cuándo y desde dónde. Al confirmar una se descartan las demás.

# The same, for a user who is not signed in
prove-address-subject = Elige una contraseña para confirmar tu dirección
prove-address-text = Alguien, probablemente tú, ha pedido un nuevo enlace para confirmar esta dirección de correo electrónico para una cuenta en { $service }. Cualquiera puede escribir una dirección al crear una cuenta. Para que la cuenta sea solo tuya, elige ahora su contraseña: así se confirma la dirección y se sustituye cualquier contraseña anterior.
prove-address-registered = Datos de la creación de la cuenta:
prove-address-action = Elegir contraseña
prove-address-ignore = Si no lo has pedido tú, ignora este correo: no cambia nada.

# An email change: to the new one
confirm-new-email-subject = Confirma tu nueva dirección de correo electrónico
confirm-new-email-text = Alguien, probablemente tú, quiere usar esta dirección de correo electrónico para su cuenta de { $service }. El cambio se hará efectivo cuando lo confirmes.
confirm-new-email-action = Confirmar la nueva dirección
confirm-new-email-ignore = Si no fuiste tú, ignora este correo: la dirección no se usará.

# An email change: to the old one, before and after
email-change-requested-subject = Tu dirección de correo electrónico va a cambiar
email-change-requested-text = Alguien, probablemente tú, ha solicitado cambiar la dirección de correo electrónico de tu cuenta de { $service } a { $address }. El cambio se hará efectivo cuando se confirme la nueva dirección. Si fuiste tú, no tienes que hacer nada.
email-changed-subject = Tu dirección de correo electrónico ha cambiado
email-changed-text = La dirección de correo electrónico de tu cuenta de { $service } se ha cambiado a { $address }. A partir de ahora, los correos sobre la cuenta se enviarán allí. Si fuiste tú, no tienes que hacer nada.
email-change-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace deshace el cambio, aunque ya se haya hecho efectivo, cierra la sesión en todos los dispositivos, desactiva la contraseña y envía a esta dirección un correo para elegir una nueva. Es válido hasta el { $until }.

# A registration with, or a change to, an address that has an account
address-in-use-subject = Ya tienes una cuenta
address-in-use-text = Alguien, probablemente tú, ha intentado usar esta dirección de correo electrónico para una cuenta nueva en { $service }. Ya existe una cuenta con esta dirección, así que no se ha creado otra.
address-in-use-how = Si fuiste tú, inicia sesión como siempre. Si has olvidado la contraseña, solicita una nueva en la página de inicio de sesión; al elegirla también se confirmará esta dirección, si aún no se ha hecho.
address-in-use-action = Ir a { $service }
address-in-use-ignore = Si no fuiste tú, no tienes que hacer nada: no ha cambiado nada.

# The password
reset-password-subject = Elige una nueva contraseña
reset-password-text = Alguien, probablemente tú, ha solicitado una nueva contraseña para tu cuenta de { $service }.
reset-password-action = Elegir una nueva contraseña
reset-password-ignore = Si no fuiste tú, ignora este correo: la contraseña seguirá siendo la misma.
password-changed-subject = Tu contraseña ha cambiado
password-changed-text = La contraseña de tu cuenta de { $service } se ha cambiado. Si fuiste tú, no tienes que hacer nada.

# The username
username-changed-subject = Tu nombre de usuario ha cambiado
username-changed-text = El nombre de usuario de tu cuenta de { $service } se ha cambiado. Si fuiste tú, no tienes que hacer nada.

# Sessions
new-sign-in-subject = Nuevo inicio de sesión en tu cuenta
new-sign-in-text = Alguien ha iniciado sesión en tu cuenta de { $service } desde un dispositivo o un lugar que no habíamos visto antes. Si fuiste tú, no tienes que hacer nada.
token-reused-subject = Se ha cerrado una sesión por tu seguridad
token-reused-text = Una sesión de tu cuenta de { $service } se ha continuado dos veces desde el mismo punto, como ocurre cuando alguien la ha copiado. Hemos cerrado esa sesión: quien la estuviera usando tendrá que iniciar sesión de nuevo.
token-reused-advice = Si solo se te ha pedido que inicies sesión de nuevo, no tienes que hacer nada más. Si vuelve a ocurrir, cambia tu contraseña.
sign-ins-failing-subject = Intentos fallidos de inicio de sesión en tu cuenta
sign-ins-failing-text = Alguien está introduciendo una y otra vez contraseñas incorrectas en tu cuenta de { $service }. Ninguna era correcta, así que nadie ha entrado.
sign-ins-failing-strangers = Mientras esto continúe, los dispositivos y redes que son nuevos para tu cuenta deben esperar entre un intento y otro. En los dispositivos y redes que ya has usado puedes iniciar sesión como siempre.
sign-ins-failing-advice = No tienes que hacer nada. Si tu contraseña es corta o la usas también en otros sitios, cámbiala. Si tienes que esperar en un dispositivo nuevo, elige otra contraseña con «He olvidado mi contraseña» y podrás entrar de inmediato. Enviamos este correo una vez al día como máximo.

# Second factors. "Above" are the details of the event.
factor = Segundo factor
factor-name = Nombre
factor-totp = Aplicación de autenticación
factor-passkey = Llave de acceso
factor-added-subject = Se ha añadido un segundo factor a tu cuenta
factor-added-text = Se ha añadido un segundo factor a tu cuenta de { $service }. Si fuiste tú, no tienes que hacer nada.
factor-added-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace elimina este segundo factor y todos los que se hayan añadido después. También cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. Es válido hasta el { $until }.
factor-removed-subject = Se ha eliminado un segundo factor de tu cuenta
factor-removed-text = Se ha eliminado un segundo factor de tu cuenta de { $service }. Ya no se puede usar para iniciar sesión. Si fuiste tú, no tienes que hacer nada.
factor-removed-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Después, vuelve a configurar el segundo factor indicado arriba. El enlace es válido hasta el { $until }.
second-step-failed-subject = Un inicio de sesión con tu contraseña no se completó
second-step-failed-text = Alguien ha introducido la contraseña correcta de tu cuenta de { $service }, pero no ha completado el segundo paso. Nadie ha entrado en la cuenta.
second-step-failed-advice = Si fuiste tú, no tienes que hacer nada. Si no puedes completar el segundo paso, usa otro segundo factor o un código de recuperación.
second-step-failed-not-me-text = En ese caso, otra persona conoce tu contraseña. Cámbiala ahora o usa el siguiente enlace, que cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Es válido hasta el { $until }.
factors-reset-subject = Se han eliminado tus segundos factores
factors-reset-text = La administración de { $service } ha eliminado todos los segundos factores y códigos de recuperación de tu cuenta y ha cerrado la sesión en todos los dispositivos.
factors-reset-advice = Inicia sesión de nuevo y vuelve a configurar un segundo factor.
factors-reset-contact = Si no lo esperabas, ponte en contacto con { $service }.

# The removal of lost second factors: its link and its notices
remove-factors-subject = Confirma la eliminación de tus segundos factores
remove-factors-text = Alguien, probablemente tú, ha introducido la contraseña correcta de tu cuenta de { $service } y ha indicado que se han perdido todos los segundos factores.
remove-factors-days = Si usas el siguiente enlace, todos los segundos factores y códigos de recuperación se eliminarán al cabo de { $days } días. Te indicaremos la fecha y la hora exactas por correo. Hasta entonces podrás cancelar la eliminación.
remove-factors-one-day = Si usas el siguiente enlace, todos los segundos factores y códigos de recuperación se eliminarán al cabo de un día. Te indicaremos la fecha y la hora exactas por correo. Hasta entonces podrás cancelar la eliminación.
remove-factors-action = Eliminar los segundos factores
remove-factors-not-me = Si no fuiste tú, no uses el enlace. Otra persona conoce tu contraseña. Cámbiala ahora.
factor-removal-scheduled-subject = Tus segundos factores se van a eliminar
factor-removal-scheduled-text = Todos los segundos factores y códigos de recuperación de tu cuenta de { $service } se eliminarán el { $time }. En ese momento se cerrará la sesión en todos los dispositivos y la contraseña bastará por sí sola para iniciar sesión.
factor-removal-scheduled-keep = Si vuelves a encontrar un segundo factor, inicia sesión con él: así se cancela la eliminación. También puedes cancelarla en los ajustes de la cuenta, en un dispositivo en el que la sesión siga abierta.
factor-removal-scheduled-not-me-text = En ese caso, es posible que otra persona conozca tu contraseña y pueda leer tus correos. El siguiente enlace cancela la eliminación, cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Todos los demás segundos factores se conservan. El enlace es válido hasta el { $until }.
factor-removal-canceled-subject = Se ha cancelado la eliminación de tus segundos factores
factor-removal-canceled-text = Se ha cancelado la eliminación programada de todos los segundos factores de tu cuenta de { $service }. Tus segundos factores y códigos de recuperación se conservan.
factor-removal-canceled-advice = Si fuiste tú quien solicitó y canceló la eliminación, no tienes que hacer nada. Iniciar sesión con un segundo factor o cambiar la contraseña también la cancela.
factor-removal-canceled-not-me-text = Si no solicitaste la eliminación, es posible que otra persona conozca tu contraseña y pueda leer tus correos. Si no la cancelaste, es posible que otra persona haya accedido a tu cuenta. En ambos casos, usa el siguiente enlace, que cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Es válido hasta el { $until }.
factors-removed-subject = Se han eliminado todos tus segundos factores
factors-removed-text = Tal como solicitaste, se han eliminado todos los segundos factores y códigos de recuperación de tu cuenta de { $service } y se ha cerrado la sesión en todos los dispositivos.
factors-removed-advice = Inicia sesión con tu contraseña y configura un nuevo segundo factor.
factors-removed-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Después, vuelve a configurar tus segundos factores. El enlace es válido hasta el { $until }.

# Recovery codes
recovery-codes-generated-subject = Se han generado nuevos códigos de recuperación
recovery-codes-generated-text = Se han generado nuevos códigos de recuperación para tu cuenta de { $service }. Los códigos anteriores ya no funcionan. Si fuiste tú, guarda los nuevos códigos en un lugar seguro. No tienes que hacer nada más.
recovery-code-used-subject = Se ha usado un código de recuperación
recovery-code-used-text = Alguien ha usado un código de recuperación para iniciar sesión en tu cuenta de { $service } o para confirmar una acción en ella. Ese código no se puede volver a usar.
recovery-code-used-left = Si fuiste tú, no tienes que hacer nada. Te quedan { $left } códigos de recuperación.
recovery-code-used-few = Solo te quedan { $left } códigos de recuperación. Genera pronto códigos nuevos; sustituirán a todos los anteriores.
recovery-code-used-one = Solo te queda un código de recuperación. Genera pronto códigos nuevos; sustituirán a todos los anteriores.
recovery-code-used-none = No te queda ningún código de recuperación. Genera códigos nuevos ahora. Sin ellos, perderás el acceso a tu cuenta si pierdes tus otros segundos factores.
recovery-codes-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva. También elimina los segundos factores que se hayan añadido desde entonces. Después, genera nuevos códigos de recuperación, ya que otra persona podría conocer los actuales. El enlace es válido hasta el { $until }.

# After the link "This was not me"
restore-access-subject = Elige una nueva contraseña para recuperar el acceso
restore-access-text = Nos has indicado que no reconoces una acción en tu cuenta de { $service }. Se ha cerrado la sesión en todos los dispositivos y la contraseña está desactivada.
restore-access-address = La dirección de correo electrónico de la cuenta vuelve a ser esta.
restore-access-deletion = Se ha cancelado la eliminación de la cuenta.
restore-access-action = Elegir una nueva contraseña
restore-access-later = Si el enlace ya no funciona, solicita una nueva contraseña en la página de inicio de sesión.

# Account deletion
deletion-requested-subject = Tu cuenta se va a eliminar
deletion-requested-text = Tal como solicitaste, tu cuenta de { $service } y todos los datos vinculados a ella se eliminarán el { $time }. Hasta entonces, nadie podrá iniciar sesión en ella.
deletion-requested-keep = ¿Has cambiado de opinión? Hasta entonces puedes conservar la cuenta con este enlace.
deletion-requested-action = Conservar mi cuenta
deletion-requested-not-me-text = En ese caso, es posible que otra persona haya accedido a tu cuenta. El siguiente enlace conserva la cuenta, cierra la sesión en todos los dispositivos, desactiva la contraseña y te envía un correo para que elijas una nueva.
deletion-completed-subject = Tu cuenta se ha eliminado
deletion-completed-text = Tal como solicitaste, tu cuenta de { $service } y todos los datos vinculados a ella se eliminaron el { $time }.
deletion-completed-removed = Se ha eliminado lo siguiente:
deletion-completed-receipt = Comprobante
deletion-completed-keep = Conserva el comprobante: demuestra que la eliminación se llevó a cabo, sin revelar de quién era la cuenta.
deletion-completed-footer = Este es el último correo: { $service } ya no conserva esta dirección. El mensaje se ha enviado automáticamente y nadie lee las respuestas.
removed-account = Cuenta
removed-sessions = Sesiones
removed-security-events = Eventos de seguridad
removed-one-time-tokens = Enlaces enviados por correo
removed-mails = Correos pendientes de envío
removed-login-failures = Contraseñas incorrectas
removed-known-devices = Dispositivos conocidos
