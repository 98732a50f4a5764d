# The mails of Gatehouse. $service is the name in GATEHOUSE_MAIL_FROM.
# Every language has every message of this file, with the same variables; a test compares them.

greeting = Hello,
# Between a name and what it names
colon = :

# What happened when, and from where
when = When
device = Device
ip-address = IP address
unknown = unknown

# Links
open-by-hand = If the button does not work, open this address in your browser:
link-ends = The link works once, until { $until }.

# Below every notice: what to do when it was somebody else
not-me-heading = Was this not you?
not-me-text = Then somebody else may have got into your account. The link below signs out every device, turns the password off and sends you a mail to choose a new one. It works until { $until }.
not-me-action = This was not me

# Where one notice stands for several
repeated = This email stands for { $count } events of this kind since { $since }; it shows the last one.

footer = You get this mail because this address was given for an account at { $service }. It was sent by a machine; nobody reads answers to it.

# A new account: is the address right?
verify-email-subject = Confirm your e-mail address
verify-email-text = Somebody, probably you, made an account at { $service } with this e-mail address. Please confirm that the address is yours.
verify-email-action = Confirm address
verify-email-not-me-heading = You did not make this account?
verify-email-not-me-text = Then somebody used your address, by mistake or on purpose. Do not confirm it. The link below removes the account as long as its address has never been confirmed. It works until { $until }.
verify-email-not-me-action = Remove the account
verify-email-contested = More than one account was requested with this email address. Confirm only the one that you requested yourself: the details below say when and from where. Confirming one discards the others.

# The same, for somebody who is not signed in
prove-address-subject = Choose a password to confirm your address
prove-address-text = Somebody, probably you, asked for a new link to confirm this email address for an account at { $service }. Anybody can type an address when they create an account. To make sure that the account is yours alone, choose its password now: that confirms the address and replaces every password set before.
prove-address-registered = The account was created as follows:
prove-address-action = Choose password
prove-address-ignore = If you did not ask for this, ignore this email: nothing changes.

# Another address for an account: to the new one
confirm-new-email-subject = Confirm your new e-mail address
confirm-new-email-text = Somebody, probably you, wants to use this e-mail address for their account at { $service }. The change takes effect once you confirm it.
confirm-new-email-action = Confirm new address
confirm-new-email-ignore = If this was not you, ignore this mail: the address is then not used.

# Another address for an account: to the old one, before and after
email-change-requested-subject = Your e-mail address is about to change
email-change-requested-text = Somebody, probably you, asked to change the e-mail address of your account at { $service } to { $address }. It changes once the new address has been confirmed. If it was you, there is nothing to do here.
email-changed-subject = Your e-mail address was changed
email-changed-text = The e-mail address of your account at { $service } was changed to { $address }. From now on, mails about the account go there. If it was you, there is nothing to do.
email-change-not-me-text = Then somebody else may have got into your account. The link below takes the change back, even once it has taken effect, signs out every device, turns the password off and sends a mail to this address to choose a new one. It works until { $until }.

# Somebody registered with, or changed to, an address that has an account
address-in-use-subject = You already have an account
address-in-use-text = Somebody, probably you, tried to use this e-mail address for a new account at { $service }. There already is an account with this address, so no other was made.
address-in-use-how = If it was you, sign in as usual. If you have forgotten the password, ask for a new one where you sign in; choosing it also confirms this address if that has not been done yet.
address-in-use-action = Go to { $service }
address-in-use-ignore = If this was not you, there is nothing to do: nothing has changed.

# The password
reset-password-subject = Choose a new password
reset-password-text = Somebody, probably you, asked for a new password for your account at { $service }.
reset-password-action = Choose new password
reset-password-ignore = If this was not you, ignore this mail: the password stays as it is.
password-changed-subject = Your password was changed
password-changed-text = The password of your account at { $service } was changed. If it was you, there is nothing to do.

# The username
username-changed-subject = Your username was changed
username-changed-text = The username of your account at { $service } was changed. If it was you, there is nothing to do.

# Sessions
new-sign-in-subject = New sign-in to your account
new-sign-in-text = Somebody signed in to your account at { $service } from a device or place that we have not seen before. If it was you, there is nothing to do.
token-reused-subject = A session was ended for your safety
token-reused-text = A sign-in to your account at { $service } was continued twice from the same point, as happens when somebody has copied it. We ended that session: whoever used it has to sign in again.
token-reused-advice = If you were merely asked to sign in again, there is nothing more to do. If it happens again, change your password.
sign-ins-failing-subject = Wrong passwords are being tried on your account
sign-ins-failing-text = Somebody keeps trying wrong passwords on your account at { $service }. None of them was right, so nobody got in.
sign-ins-failing-strangers = For as long as this goes on, devices and networks that have not signed in to your account before must wait between attempts. On devices and networks that you have used before, you sign in as usual.
sign-ins-failing-advice = You do not need to do anything. If your password is short, or if you use it elsewhere too, change it. If you have to wait on a new device, choose a new password by “forgot password”: that lets you in at once. We send this mail once a day at most.

# After "this was not me"
restore-access-subject = Choose a new password to get back in
restore-access-text = You told us that something was done to your account at { $service } that was not you. Every device is signed out and the password is turned off.
restore-access-address = The e-mail address of the account is this one again.
restore-access-deletion = The deletion of the account was called off.
restore-access-action = Choose new password
restore-access-later = If the link no longer works, ask for a new password where you sign in.

# Deleting the account
deletion-requested-subject = Your account is going to be deleted
deletion-requested-text = As you asked, your account at { $service } and all data tied to it will be removed at { $time }. Until then nobody can sign in to it.
deletion-requested-keep = Changed your mind? Until it is removed, this link keeps the account.
deletion-requested-action = Keep my account
deletion-requested-not-me-text = Then somebody else may have got into your account. The link below keeps the account, signs out every device, turns the password off and sends you a mail to choose a new one.
deletion-completed-subject = Your account was deleted
deletion-completed-text = Your account at { $service } and all data tied to it were removed at { $time }, as you asked.
deletion-completed-removed = What was removed:
deletion-completed-receipt = Receipt
deletion-completed-keep = Keep the receipt: it shows that the deletion was carried out, without saying whose account it was.
deletion-completed-footer = This is the last mail: this address is no longer kept at { $service }. It was sent by a machine; nobody reads answers to it.
removed-account = Account
removed-sessions = Sessions
removed-security-events = Security events
removed-one-time-tokens = Links in mails
removed-mails = Mails on their way
removed-login-failures = Wrong passwords
removed-known-devices = Known devices
