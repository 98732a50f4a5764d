# The emails of Gatehouse in Brazilian Portuguese. $service is the name in GATEHOUSE_MAIL_FROM.
# The same messages as in en.ftl, in the same order, with the same variables.

greeting = Olá,
# Between a label and its value
colon = :

# Labels of the details of an event
when = Data e hora
device = Dispositivo
ip-address = Endereço IP
unknown = desconhecido

# Links
open-by-hand = Se o botão não funcionar, abra este endereço no seu navegador:
link-ends = O link só pode ser usado uma vez e é válido até { $until }.

# Below every notice: what to do if it was someone else
not-me-heading = Não foi você?
not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele é válido até { $until }.
not-me-action = Não fui eu

# If one notice covers several events
repeated = Este e-mail resume { $count } eventos deste tipo desde { $since } e mostra o último.

footer = Você está recebendo este e-mail porque este endereço foi informado para uma conta em { $service }. A mensagem foi enviada automaticamente; as respostas não são lidas.

# A new account: is the address right?
verify-email-subject = Confirme seu endereço de e-mail
verify-email-text = Alguém, provavelmente você, criou uma conta em { $service } com este endereço de e-mail. Confirme que o endereço é seu.
verify-email-action = Confirmar endereço
verify-email-not-me-heading = Você não criou esta conta?
verify-email-not-me-text = Nesse caso, alguém usou o seu endereço, por engano ou de propósito. Não o confirme. O link abaixo remove a conta, desde que o endereço dela nunca tenha sido confirmado. Ele é válido até { $until }.
verify-email-not-me-action = Remover a conta
verify-email-contested = Mais de uma conta foi solicitada com este endereço de e-mail. Confirme apenas a que você mesmo solicitou: os dados abaixo mostram quando e de onde. Ao confirmar uma, as outras são descartadas.

# The same, for a user who is not signed in
prove-address-subject = Escolha uma senha para confirmar seu endereço
prove-address-text = Alguém, provavelmente você, pediu um novo link para confirmar este endereço de e-mail para uma conta em { $service }. Qualquer pessoa pode digitar um endereço ao criar uma conta. Para que a conta seja só sua, escolha agora a senha: isso confirma o endereço e substitui qualquer senha definida antes.
prove-address-registered = Detalhes da criação da conta:
prove-address-action = Escolher senha
prove-address-ignore = Se você não pediu isso, ignore este e-mail: nada muda.

# An email change: to the new one
confirm-new-email-subject = Confirme seu novo endereço de e-mail
confirm-new-email-text = Alguém, provavelmente você, quer usar este endereço de e-mail na própria conta em { $service }. A alteração entra em vigor assim que você a confirmar.
confirm-new-email-action = Confirmar novo endereço
confirm-new-email-ignore = Se não foi você, ignore este e-mail: o endereço não será usado.

# An email change: to the old one, before and after
email-change-requested-subject = Seu endereço de e-mail será alterado
email-change-requested-text = Alguém, provavelmente você, pediu para alterar o endereço de e-mail da sua conta em { $service } para { $address }. A alteração entra em vigor assim que o novo endereço for confirmado. Se foi você, não é preciso fazer nada.
email-changed-subject = Seu endereço de e-mail foi alterado
email-changed-text = O endereço de e-mail da sua conta em { $service } foi alterado para { $address }. A partir de agora, os e-mails sobre a conta serão enviados para lá. Se foi você, não é preciso fazer nada.
email-change-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo desfaz a alteração, mesmo que ela já esteja em vigor, encerra a sessão em todos os dispositivos, desativa a senha e envia a este endereço um e-mail para escolher uma nova. Ele é válido até { $until }.

# A registration with, or a change to, an address that has an account
address-in-use-subject = Você já tem uma conta
address-in-use-text = Alguém, provavelmente você, tentou usar este endereço de e-mail para uma nova conta em { $service }. Já existe uma conta com este endereço, por isso nenhuma outra foi criada.
address-in-use-how = Se foi você, entre na conta como de costume. Se esqueceu a senha, solicite uma nova na página de login; ao escolhê-la, você também confirma este endereço, caso isso ainda não tenha sido feito.
address-in-use-action = Ir para { $service }
address-in-use-ignore = Se não foi você, não é preciso fazer nada: nada mudou.

# The password
reset-password-subject = Escolha uma nova senha
reset-password-text = Alguém, provavelmente você, solicitou uma nova senha para a sua conta em { $service }.
reset-password-action = Escolher nova senha
reset-password-ignore = Se não foi você, ignore este e-mail: a senha continua a mesma.
password-changed-subject = Sua senha foi alterada
password-changed-text = A senha da sua conta em { $service } foi alterada. Se foi você, não é preciso fazer nada.

# The username
username-changed-subject = Seu nome de usuário foi alterado
username-changed-text = O nome de usuário da sua conta em { $service } foi alterado. Se foi você, não é preciso fazer nada.

# Sessions
new-sign-in-subject = Novo acesso à sua conta
new-sign-in-text = Alguém entrou na sua conta em { $service } a partir de um dispositivo ou local que ainda não conhecíamos. Se foi você, não é preciso fazer nada.
token-reused-subject = Uma sessão foi encerrada para sua segurança
token-reused-text = Uma sessão da sua conta em { $service } foi continuada duas vezes a partir do mesmo ponto, como acontece quando alguém a copiou. Encerramos essa sessão: quem a estava usando precisa entrar novamente.
token-reused-advice = Se apenas foi pedido que você entrasse novamente, não é preciso fazer mais nada. Se isso voltar a acontecer, altere sua senha.
sign-ins-failing-subject = Tentativas repetidas de acesso à sua conta
sign-ins-failing-text = Alguém está digitando repetidamente senhas incorretas na sua conta em { $service }. Nenhuma estava certa, portanto ninguém entrou.
sign-ins-failing-strangers = Enquanto isso continuar, dispositivos e redes que são novos para a sua conta precisam esperar entre as tentativas. Nos dispositivos e redes que você já usou, você entra normalmente.
sign-ins-failing-advice = Não é preciso fazer nada. Se a sua senha é curta ou se você também a usa em outros lugares, altere-a. Se precisar esperar em um dispositivo novo, escolha uma nova senha em “Esqueci a senha”: assim você entra imediatamente. Enviamos este e-mail no máximo uma vez por dia.

# Second factors. "Above" are the details of the event.
factor = Segundo fator
factor-name = Nome
factor-totp = Aplicativo autenticador
factor-passkey = Chave de acesso
factor-added-subject = Um segundo fator foi adicionado à sua conta
factor-added-text = Um segundo fator foi adicionado à sua conta em { $service }. Se foi você, não é preciso fazer nada.
factor-added-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo remove este segundo fator e todos os que foram adicionados depois. Ele também encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. O link é válido até { $until }.
factor-removed-subject = Um segundo fator foi removido da sua conta
factor-removed-text = Um segundo fator foi removido da sua conta em { $service }. Ele não pode mais ser usado para entrar. Se foi você, não é preciso fazer nada.
factor-removed-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. Depois, configure novamente o segundo fator indicado acima. O link é válido até { $until }.
second-step-failed-subject = Acesso com a sua senha não concluído
second-step-failed-text = Alguém digitou a senha correta da sua conta em { $service }, mas não concluiu a segunda etapa. Ninguém entrou na conta.
second-step-failed-advice = Se foi você, não é preciso fazer nada. Se não conseguir concluir a segunda etapa, use outro segundo fator ou um código de recuperação.
second-step-failed-not-me-text = Nesse caso, outra pessoa sabe a sua senha. Altere-a agora ou use o link abaixo. Ele encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. O link é válido até { $until }.
factors-reset-subject = Seus segundos fatores foram removidos
factors-reset-text = A administração de { $service } removeu todos os segundos fatores e códigos de recuperação da sua conta e encerrou a sessão em todos os dispositivos.
factors-reset-advice = Entre na conta novamente e volte a configurar um segundo fator.
factors-reset-contact = Se você não esperava isso, entre em contato com { $service }.

# The removal of lost second factors: its link and its notices
remove-factors-subject = Confirme a remoção dos seus segundos fatores
remove-factors-text = Alguém, provavelmente você, digitou a senha correta da sua conta em { $service } e informou que todos os segundos fatores foram perdidos.
remove-factors-days = Se você usar o link abaixo, todos os segundos fatores e códigos de recuperação serão removidos após { $days } dias. Informaremos a data e a hora exatas por e-mail. Até lá, você poderá cancelar a remoção.
remove-factors-one-day = Se você usar o link abaixo, todos os segundos fatores e códigos de recuperação serão removidos após um dia. Informaremos a data e a hora exatas por e-mail. Até lá, você poderá cancelar a remoção.
remove-factors-action = Remover segundos fatores
remove-factors-not-me = Se não foi você, não use o link. Outra pessoa sabe a sua senha. Altere-a agora.
factor-removal-scheduled-subject = Seus segundos fatores serão removidos
factor-removal-scheduled-text = Todos os segundos fatores e códigos de recuperação da sua conta em { $service } serão removidos em { $time }. Nesse momento, a sessão será encerrada em todos os dispositivos, e só a senha bastará para entrar.
factor-removal-scheduled-keep = Se você encontrar um segundo fator, entre com ele: isso cancela a remoção. Você também pode cancelá-la nas configurações da conta, em um dispositivo em que a sessão ainda esteja aberta.
factor-removal-scheduled-not-me-text = Nesse caso, outra pessoa pode saber a sua senha e ter acesso aos seus e-mails. O link abaixo cancela a remoção, encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. Todos os outros segundos fatores são mantidos. O link é válido até { $until }.
factor-removal-canceled-subject = A remoção dos seus segundos fatores foi cancelada
factor-removal-canceled-text = A remoção programada de todos os segundos fatores da sua conta em { $service } foi cancelada. Seus segundos fatores e códigos de recuperação foram mantidos.
factor-removal-canceled-advice = Se foi você quem solicitou e cancelou a remoção, não é preciso fazer nada. Entrar com um segundo fator ou alterar a senha também a cancela.
factor-removal-canceled-not-me-text = Se você não solicitou a remoção, outra pessoa pode saber a sua senha e ter acesso aos seus e-mails. Se você não a cancelou, outra pessoa pode ter acessado a sua conta. Nos dois casos, use o link abaixo. Ele encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. O link é válido até { $until }.
factors-removed-subject = Todos os seus segundos fatores foram removidos
factors-removed-text = Conforme você solicitou, todos os segundos fatores e códigos de recuperação foram removidos da sua conta em { $service }, e a sessão foi encerrada em todos os dispositivos.
factors-removed-advice = Entre com a sua senha e configure um novo segundo fator.
factors-removed-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. Depois, configure novamente os seus segundos fatores. O link é válido até { $until }.

# Recovery codes
recovery-codes-generated-subject = Novos códigos de recuperação foram gerados
recovery-codes-generated-text = Novos códigos de recuperação foram gerados para a sua conta em { $service }. Os códigos anteriores não funcionam mais. Se foi você, guarde os novos códigos em um lugar seguro. Não é preciso fazer mais nada.
recovery-code-used-subject = Um código de recuperação foi usado
recovery-code-used-text = Alguém usou um código de recuperação para entrar na sua conta em { $service } ou para confirmar uma ação nela. Esse código não pode ser usado novamente.
recovery-code-used-left = Se foi você, não é preciso fazer nada. Restam { $left } códigos de recuperação.
recovery-code-used-few = Restam apenas { $left } códigos de recuperação. Gere novos códigos em breve; eles substituirão todos os anteriores.
recovery-code-used-one = Resta apenas um código de recuperação. Gere novos códigos em breve; eles substituirão todos os anteriores.
recovery-code-used-none = Não resta nenhum código de recuperação. Gere novos códigos agora. Sem eles, você perderá o acesso à conta se perder seus outros segundos fatores.
recovery-codes-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova. Ele também remove os segundos fatores adicionados desde então. Depois, gere novos códigos de recuperação, pois outra pessoa pode conhecer os atuais. O link é válido até { $until }.

# After the link "This was not me"
restore-access-subject = Escolha uma nova senha para recuperar o acesso
restore-access-text = Você nos informou que não reconhece uma ação na sua conta em { $service }. A sessão foi encerrada em todos os dispositivos e a senha está desativada.
restore-access-address = O endereço de e-mail da conta voltou a ser este.
restore-access-deletion = A exclusão da conta foi cancelada.
restore-access-action = Escolher nova senha
restore-access-later = Se o link não funcionar mais, solicite uma nova senha na página de login.

# Account deletion
deletion-requested-subject = Sua conta será excluída
deletion-requested-text = Conforme você solicitou, a sua conta em { $service } e todos os dados vinculados a ela serão removidos em { $time }. Até lá, ninguém poderá entrar nela.
deletion-requested-keep = Mudou de ideia? Até lá, você pode manter a conta com este link.
deletion-requested-action = Manter minha conta
deletion-requested-not-me-text = Nesse caso, outra pessoa pode ter acessado a sua conta. O link abaixo mantém a conta, encerra a sessão em todos os dispositivos, desativa a senha e envia a você um e-mail para escolher uma nova.
deletion-completed-subject = Sua conta foi excluída
deletion-completed-text = Conforme você solicitou, a sua conta em { $service } e todos os dados vinculados a ela foram removidos em { $time }.
deletion-completed-removed = O que foi removido:
deletion-completed-receipt = Comprovante
deletion-completed-keep = Guarde o comprovante: ele mostra que a exclusão foi realizada, sem revelar de quem era a conta.
deletion-completed-footer = Este é o último e-mail: este endereço não é mais mantido em { $service }. A mensagem foi enviada automaticamente; as respostas não são lidas.
removed-account = Conta
removed-sessions = Sessões
removed-security-events = Eventos de segurança
removed-one-time-tokens = Links em e-mails
removed-mails = E-mails pendentes de envio
removed-login-failures = Senhas incorretas
removed-known-devices = Dispositivos conhecidos
