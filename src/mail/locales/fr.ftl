# The emails of Gatehouse in French. $service is the name in GATEHOUSE_MAIL_FROM.
# The same messages as in en.ftl, in the same order, with the same variables.
# A no-break space (U+00A0) stands before ? ! : and ;

greeting = Bonjour,
# Between a label and its value
colon = { "\u00A0" }:

# Labels of the details of an event
when = Date et heure
device = Appareil
ip-address = Adresse IP
unknown = non disponible

# Links
open-by-hand = Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur :
link-ends = Le lien n’est utilisable qu’une seule fois, jusqu’au { $until }.

# Below every notice: what to do if it was someone else
not-me-heading = Ce n’était pas vous ?
not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il est valable jusqu’au { $until }.
not-me-action = Ce n’était pas moi

# If one notice covers several events
repeated = Cet e-mail regroupe { $count } événements de ce type depuis le { $since } et présente le dernier.

footer = Vous recevez cet e-mail parce que cette adresse a été indiquée pour un compte { $service }. Il a été envoyé automatiquement ; les réponses ne sont pas lues.

# A new account: is the address right?
verify-email-subject = Confirmez votre adresse e-mail
verify-email-text = Quelqu’un, probablement vous, a créé un compte sur { $service } avec cette adresse e-mail. Veuillez confirmer que cette adresse est bien la vôtre.
verify-email-action = Confirmer l’adresse
verify-email-not-me-heading = Vous n’avez pas créé ce compte ?
verify-email-not-me-text = Dans ce cas, quelqu’un a utilisé votre adresse, par erreur ou volontairement. Ne la confirmez pas. Le lien ci-dessous supprime le compte, à condition que son adresse n’ait jamais été confirmée. Il est valable jusqu’au { $until }.
verify-email-not-me-action = Supprimer le compte
verify-email-contested = Plusieurs comptes ont été demandés avec cette adresse e-mail. Ne confirmez que celui que vous avez demandé vous-même : les détails ci-dessous indiquent quand et d’où. La confirmation de l’un annule les autres.

# The same, for a user who is not signed in
prove-address-subject = Choisissez un mot de passe pour confirmer votre adresse
prove-address-text = Quelqu’un, probablement vous, a demandé un nouveau lien pour confirmer cette adresse e-mail pour un compte sur { $service }. N’importe qui peut saisir une adresse en créant un compte. Pour que le compte soit à vous seul, choisissez maintenant son mot de passe : cela confirme l’adresse et remplace tout mot de passe défini auparavant.
prove-address-registered = Détails de la création du compte :
prove-address-action = Choisir un mot de passe
prove-address-ignore = Si vous n’avez rien demandé, ignorez cet e-mail : rien ne change.

# An email change: to the new one
confirm-new-email-subject = Confirmez votre nouvelle adresse e-mail
confirm-new-email-text = Quelqu’un, probablement vous, souhaite utiliser cette adresse e-mail pour son compte { $service }. Le changement prendra effet dès que vous l’aurez confirmé.
confirm-new-email-action = Confirmer la nouvelle adresse
confirm-new-email-ignore = Si ce n’était pas vous, ignorez cet e-mail : l’adresse ne sera pas utilisée.

# An email change: to the old one, before and after
email-change-requested-subject = Votre adresse e-mail va être modifiée
email-change-requested-text = Quelqu’un, probablement vous, a demandé à remplacer l’adresse e-mail de votre compte { $service } par { $address }. Le changement prendra effet dès que la nouvelle adresse aura été confirmée. Si c’était vous, vous n’avez rien à faire.
email-changed-subject = Votre adresse e-mail a été modifiée
email-changed-text = L’adresse e-mail de votre compte { $service } a été remplacée par { $address }. Les e-mails concernant ce compte y seront désormais envoyés. Si c’était vous, vous n’avez rien à faire.
email-change-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous annule le changement, même s’il a déjà pris effet, déconnecte tous les appareils, désactive le mot de passe et envoie à cette adresse un e-mail pour en choisir un nouveau. Il est valable jusqu’au { $until }.

# A registration with, or a change to, an address that has an account
address-in-use-subject = Vous avez déjà un compte
address-in-use-text = Quelqu’un, probablement vous, a essayé d’utiliser cette adresse e-mail pour un nouveau compte sur { $service }. Un compte existe déjà avec cette adresse ; aucun autre n’a donc été créé.
address-in-use-how = Si c’était vous, connectez-vous comme d’habitude. Si vous avez oublié le mot de passe, demandez-en un nouveau sur la page de connexion ; le choisir confirmera aussi cette adresse, si ce n’est pas déjà fait.
address-in-use-action = Accéder à { $service }
address-in-use-ignore = Si ce n’était pas vous, vous n’avez rien à faire : rien n’a changé.

# The password
reset-password-subject = Choisissez un nouveau mot de passe
reset-password-text = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour votre compte { $service }.
reset-password-action = Choisir un nouveau mot de passe
reset-password-ignore = Si ce n’était pas vous, ignorez cet e-mail : le mot de passe reste inchangé.
password-changed-subject = Votre mot de passe a été modifié
password-changed-text = Le mot de passe de votre compte { $service } a été modifié. Si c’était vous, vous n’avez rien à faire.

# The username
username-changed-subject = Votre nom d’utilisateur a été modifié
username-changed-text = Le nom d’utilisateur de votre compte { $service } a été modifié. Si c’était vous, vous n’avez rien à faire.

# Sessions
new-sign-in-subject = Nouvelle connexion à votre compte
new-sign-in-text = Quelqu’un s’est connecté à votre compte { $service } depuis un appareil ou un lieu que nous ne connaissions pas encore. Si c’était vous, vous n’avez rien à faire.
token-reused-subject = Une session a été fermée pour votre sécurité
token-reused-text = Une session de votre compte { $service } a été poursuivie deux fois à partir du même point. Cela se produit lorsque quelqu’un l’a copiée. Nous avons fermé cette session : toute personne qui l’utilisait doit se reconnecter.
token-reused-advice = Si l’on vous a simplement demandé de vous reconnecter, vous n’avez rien d’autre à faire. Si cela se reproduit, changez votre mot de passe.
sign-ins-failing-subject = Échecs de connexion répétés à votre compte
sign-ins-failing-text = Quelqu’un saisit de façon répétée des mots de passe erronés pour votre compte { $service }. Aucun n’était le bon : personne ne s’est donc connecté.
sign-ins-failing-strangers = Tant que cela dure, les appareils et les réseaux inconnus de votre compte doivent attendre entre deux tentatives. Sur les appareils et les réseaux que vous avez déjà utilisés, vous vous connectez comme d’habitude.
sign-ins-failing-advice = Vous n’avez rien à faire. Si votre mot de passe est court, ou si vous l’utilisez aussi ailleurs, changez-le. Si vous devez attendre sur un nouvel appareil, choisissez un nouveau mot de passe avec « Mot de passe oublié » : vous pourrez vous connecter immédiatement. Nous envoyons cet e-mail une fois par jour au plus.

# Second factors. "Above" are the details of the event.
factor = Second facteur
factor-name = Nom
factor-totp = Application d’authentification
factor-passkey = Clé d’accès
factor-added-subject = Un second facteur a été ajouté à votre compte
factor-added-text = Un second facteur a été ajouté à votre compte { $service }. Si c’était vous, vous n’avez rien à faire.
factor-added-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous supprime ce second facteur et tous ceux qui ont été ajoutés ensuite. Il déconnecte aussi tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il est valable jusqu’au { $until }.
factor-removed-subject = Un second facteur a été supprimé de votre compte
factor-removed-text = Un second facteur a été supprimé de votre compte { $service }. Il ne permet plus de se connecter. Si c’était vous, vous n’avez rien à faire.
factor-removed-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Configurez ensuite à nouveau le second facteur indiqué plus haut. Le lien est valable jusqu’au { $until }.
second-step-failed-subject = Une connexion avec votre mot de passe n’a pas abouti
second-step-failed-text = Quelqu’un a saisi le bon mot de passe pour votre compte { $service }, mais n’a pas terminé la seconde étape. Personne ne s’est connecté.
second-step-failed-advice = Si c’était vous, vous n’avez rien à faire. Si vous ne pouvez pas terminer la seconde étape, utilisez un autre second facteur ou un code de récupération.
second-step-failed-not-me-text = Dans ce cas, quelqu’un d’autre connaît votre mot de passe. Changez-le dès maintenant ou utilisez le lien ci-dessous. Ce lien déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Il est valable jusqu’au { $until }.
factors-reset-subject = Vos seconds facteurs ont été supprimés
factors-reset-text = L’administration du service { $service } a supprimé tous les seconds facteurs et codes de récupération de votre compte et a déconnecté tous les appareils.
factors-reset-advice = Reconnectez-vous, puis configurez à nouveau un second facteur.
factors-reset-contact = Si vous ne vous y attendiez pas, contactez { $service }.

# The removal of lost second factors: its link and its notices
remove-factors-subject = Confirmez la suppression de vos seconds facteurs
remove-factors-text = Quelqu’un, probablement vous, a saisi le bon mot de passe pour votre compte { $service } et a signalé la perte de tous les seconds facteurs.
remove-factors-days = Si vous utilisez le lien ci-dessous, tous les seconds facteurs et codes de récupération seront supprimés au bout de { $days } jours. Nous vous indiquerons la date et l’heure exactes par e-mail. D’ici là, vous pourrez annuler la suppression.
remove-factors-one-day = Si vous utilisez le lien ci-dessous, tous les seconds facteurs et codes de récupération seront supprimés au bout d’un jour. Nous vous indiquerons la date et l’heure exactes par e-mail. D’ici là, vous pourrez annuler la suppression.
remove-factors-action = Supprimer les seconds facteurs
remove-factors-not-me = Si ce n’était pas vous, n’utilisez pas le lien. Quelqu’un d’autre connaît votre mot de passe. Changez-le dès maintenant.
factor-removal-scheduled-subject = Vos seconds facteurs vont être supprimés
factor-removal-scheduled-text = Tous les seconds facteurs et codes de récupération de votre compte { $service } seront supprimés le { $time }. Tous les appareils seront alors déconnectés, et le mot de passe suffira à lui seul pour se connecter.
factor-removal-scheduled-keep = Si vous retrouvez un second facteur, utilisez-le pour vous connecter : cela annule la suppression. Vous pouvez aussi l’annuler dans les paramètres du compte, sur un appareil encore connecté.
factor-removal-scheduled-not-me-text = Dans ce cas, quelqu’un d’autre connaît peut-être votre mot de passe et a peut-être accès à vos e-mails. Le lien ci-dessous annule la suppression, déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Tous les autres seconds facteurs sont conservés. Le lien est valable jusqu’au { $until }.
factor-removal-canceled-subject = La suppression de vos seconds facteurs a été annulée
factor-removal-canceled-text = La suppression prévue de tous les seconds facteurs de votre compte { $service } a été annulée. Vos seconds facteurs et codes de récupération sont conservés.
factor-removal-canceled-advice = Si vous avez vous-même demandé puis annulé la suppression, vous n’avez rien à faire. Se connecter avec un second facteur ou changer le mot de passe l’annule également.
factor-removal-canceled-not-me-text = Si vous n’avez pas demandé la suppression, quelqu’un d’autre connaît peut-être votre mot de passe et a peut-être accès à vos e-mails. Si vous ne l’avez pas annulée, quelqu’un d’autre a peut-être accédé à votre compte. Dans les deux cas, utilisez le lien ci-dessous. Ce lien déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Il est valable jusqu’au { $until }.
factors-removed-subject = Tous vos seconds facteurs ont été supprimés
factors-removed-text = Comme vous l’avez demandé, tous les seconds facteurs et codes de récupération de votre compte { $service } ont été supprimés, et tous les appareils ont été déconnectés.
factors-removed-advice = Connectez-vous avec votre mot de passe, puis configurez un nouveau second facteur.
factors-removed-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Configurez ensuite à nouveau vos seconds facteurs. Le lien est valable jusqu’au { $until }.

# Recovery codes
recovery-codes-generated-subject = De nouveaux codes de récupération ont été générés
recovery-codes-generated-text = De nouveaux codes de récupération ont été générés pour votre compte { $service }. Les codes précédents ne fonctionnent plus. Si c’était vous, conservez les nouveaux codes en lieu sûr. Vous n’avez rien d’autre à faire.
recovery-code-used-subject = Un code de récupération a été utilisé
recovery-code-used-text = Quelqu’un a utilisé un code de récupération pour se connecter à votre compte { $service } ou pour y confirmer une action. Ce code ne peut plus être utilisé.
recovery-code-used-left = Si c’était vous, vous n’avez rien à faire. Il vous reste { $left } codes de récupération.
recovery-code-used-few = Il ne vous reste que { $left } codes de récupération. Générez-en bientôt de nouveaux ; ils remplaceront tous les précédents.
recovery-code-used-one = Il ne vous reste qu’un code de récupération. Générez-en bientôt de nouveaux ; ils remplaceront tous les précédents.
recovery-code-used-none = Il ne vous reste aucun code de récupération. Générez-en de nouveaux dès maintenant. Sans eux, vous perdrez l’accès à votre compte si vous perdez vos autres seconds facteurs.
recovery-codes-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau. Il supprime aussi les seconds facteurs ajoutés depuis. Générez ensuite de nouveaux codes de récupération, car quelqu’un d’autre connaît peut-être les codes actuels. Le lien est valable jusqu’au { $until }.

# After the link "This was not me"
restore-access-subject = Nouveau mot de passe pour retrouver l’accès
restore-access-text = Vous nous avez signalé que vous n’étiez pas à l’origine d’une action sur votre compte { $service }. Tous les appareils sont déconnectés et le mot de passe est désactivé.
restore-access-address = L’adresse e-mail du compte est de nouveau celle-ci.
restore-access-deletion = La suppression du compte a été annulée.
restore-access-action = Choisir un nouveau mot de passe
restore-access-later = Si le lien ne fonctionne plus, demandez un nouveau mot de passe sur la page de connexion.

# Account deletion
deletion-requested-subject = Votre compte va être supprimé
deletion-requested-text = Comme vous l’avez demandé, votre compte { $service } et toutes les données qui y sont liées seront supprimés le { $time }. D’ici là, personne ne peut s’y connecter.
deletion-requested-keep = Vous avez changé d’avis ? D’ici là, ce lien vous permet de conserver le compte.
deletion-requested-action = Conserver mon compte
deletion-requested-not-me-text = Dans ce cas, quelqu’un d’autre a peut-être accédé à votre compte. Le lien ci-dessous conserve le compte, déconnecte tous les appareils, désactive le mot de passe et vous envoie un e-mail pour en choisir un nouveau.
deletion-completed-subject = Votre compte a été supprimé
deletion-completed-text = Comme vous l’avez demandé, votre compte { $service } et toutes les données qui y étaient liées ont été supprimés le { $time }.
deletion-completed-removed = Éléments supprimés :
deletion-completed-receipt = Justificatif
deletion-completed-keep = Conservez ce justificatif : il atteste que la suppression a été effectuée, sans révéler à qui appartenait le compte.
deletion-completed-footer = Ceci est le dernier e-mail : { $service } ne conserve plus cette adresse. Ce message a été envoyé automatiquement ; les réponses ne sont pas lues.
removed-account = Compte
removed-sessions = Sessions
removed-security-events = Événements de sécurité
removed-one-time-tokens = Liens envoyés par e-mail
removed-mails = E-mails en attente d’envoi
removed-login-failures = Mots de passe erronés
removed-known-devices = Appareils connus
