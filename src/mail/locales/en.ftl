# The emails of Gatehouse. $service is the name in GATEHOUSE_MAIL_FROM.
# Every language has every message of this file, with the same variables; a test compares them.

greeting = Hello,
# Between a label and its value
colon = :

# Labels of the details of an event
when = When
device = Device
ip-address = IP address
unknown = unknown

# Links
open-by-hand = If the button does not work, open this address in your browser:
link-ends = The link works once, until { $until }.

# Below every notice: what to do if it was someone else
not-me-heading = If this was not you
not-me-text = Someone else may have access to your account. The link below signs out every device, disables the password and sends you an email to choose a new one. The link works until { $until }.
not-me-action = This was not me

# If one notice covers several events
repeated = This email covers { $count } events of this kind since { $since } and shows the latest one.

footer = You receive this email because this address was given for an account at { $service }. It was sent automatically; replies are not read.

# A new account: is the address right?
verify-email-subject = Confirm your email address
verify-email-text = Someone, probably you, created an account at { $service } with this email address. Please confirm that the address is yours.
verify-email-action = Confirm address
verify-email-not-me-heading = If you did not create this account
verify-email-not-me-text = Someone used your address, by mistake or on purpose. Do not confirm it. The link below removes the account, unless its address has been confirmed before. The link works until { $until }.
verify-email-not-me-action = Remove the account
verify-email-contested = More than one account was requested with this email address. Confirm only the one that you requested: the details below show when and from where. Confirming one discards the others.

# The same, for a user who is not signed in
prove-address-subject = Choose a password to confirm your address
prove-address-text = Someone, probably you, requested a new link to confirm this email address for an account at { $service }. Anyone can enter any address when creating an account. To make sure that only you have access, choose the password of the account now: this confirms the address and replaces every earlier password.
prove-address-registered = The account was created as follows:
prove-address-action = Choose password
prove-address-ignore = If you did not request this, ignore this email. Nothing changes.

# An email change: to the new one
confirm-new-email-subject = Confirm your new email address
confirm-new-email-text = Someone, probably you, wants to use this email address for their account at { $service }. The change takes effect when you confirm it.
confirm-new-email-action = Confirm new address
confirm-new-email-ignore = If this was not you, ignore this email. The address will not be used.

# An email change: to the old one, before and after
email-change-requested-subject = Your email address is about to change
email-change-requested-text = Someone, probably you, requested to change the email address of your account at { $service } to { $address }. The change takes effect when the new address is confirmed. If this was you, you do not need to do anything.
email-changed-subject = Your email address was changed
email-changed-text = The email address of your account at { $service } was changed to { $address }. Emails about the account now go there. If this was you, you do not need to do anything.
email-change-not-me-text = Someone else may have access to your account. The link below reverts the change, even after it has taken effect, signs out every device, disables the password and sends an email to this address to choose a new one. The link works until { $until }.

# A registration with, or a change to, an address that has an account
address-in-use-subject = You already have an account
address-in-use-text = Someone, probably you, tried to use this email address for a new account at { $service }. An account with this address already exists, so no new one was created.
address-in-use-how = If this was you, sign in as usual. If you have forgotten your password, request a new one on the sign-in page. Choosing it also confirms this address if it is not confirmed yet.
address-in-use-action = Go to { $service }
address-in-use-ignore = If this was not you, you do not need to do anything. Nothing has changed.

# The password
reset-password-subject = Choose a new password
reset-password-text = Someone, probably you, requested a new password for your account at { $service }.
reset-password-action = Choose new password
reset-password-ignore = If this was not you, ignore this email. Your password stays the same.
password-changed-subject = Your password was changed
password-changed-text = The password of your account at { $service } was changed. If this was you, you do not need to do anything.

# The username
username-changed-subject = Your username was changed
username-changed-text = The username of your account at { $service } was changed. If this was you, you do not need to do anything.

# Sessions
new-sign-in-subject = New sign-in to your account
new-sign-in-text = Someone signed in to your account at { $service } from a device or place that was not used before. If this was you, you do not need to do anything.
token-reused-subject = A session was ended for your security
token-reused-text = A session of your account at { $service } was continued twice from the same point. This happens when someone has copied it. We have ended that session; anyone who used it must sign in again.
token-reused-advice = If you were only prompted to sign in again, you do not need to do anything else. If it happens again, change your password.
sign-ins-failing-subject = Repeated failed sign-ins to your account
sign-ins-failing-text = Someone keeps entering wrong passwords for your account at { $service }. None of them was correct, so no one has signed in.
sign-ins-failing-strangers = While this continues, devices and networks that are new to your account must wait between attempts. On devices and networks that you have used before, you can sign in as usual.
sign-ins-failing-advice = You do not need to do anything. If your password is short or you also use it elsewhere, change it. If you have to wait on a new device, choose a new password with “Forgot password”. You can then sign in at once. We send this email at most once a day.

# Second factors. "Above" are the details of the event.
factor = Second factor
factor-name = Name
factor-totp = Authenticator app
factor-passkey = Passkey
factor-added-subject = A second factor was added to your account
factor-added-text = A second factor was added to your account at { $service }. If this was you, you do not need to do anything.
factor-added-not-me-text = Someone else may have access to your account. The link below removes this second factor and any that were added later. It also signs out every device, disables the password and sends you an email to choose a new one. The link works until { $until }.
factor-removed-subject = A second factor was removed from your account
factor-removed-text = A second factor was removed from your account at { $service }. It can no longer be used to sign in. If this was you, you do not need to do anything.
factor-removed-not-me-text = Someone else may have access to your account. The link below signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. Afterwards, set up the second factor listed above again. The link works until { $until }.
second-step-failed-subject = A sign-in with your password was not completed
second-step-failed-text = Someone entered the correct password for your account at { $service } but did not complete the second step. Nobody was signed in.
second-step-failed-advice = If this was you, you do not need to do anything. If you cannot complete the second step, use another second factor or a recovery code.
second-step-failed-not-me-text = Someone else knows your password. Change it now, or use the link below. The link signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. The link works until { $until }.
factors-reset-subject = Your second factors were removed
factors-reset-text = An administrator of { $service } removed all second factors and recovery codes from your account and signed out every device.
factors-reset-advice = Sign in again, then set up a second factor.
factors-reset-contact = If you did not expect this, contact { $service }.

# The removal of lost second factors: its link and its notices
remove-factors-subject = Confirm the removal of your second factors
remove-factors-text = Someone, probably you, entered the correct password for your account at { $service } and reported that all second factors are lost.
remove-factors-days = If you use the link below, all second factors and recovery codes will be removed after { $days } days. We will email you the exact time. Until then, you can cancel the removal.
remove-factors-one-day = If you use the link below, all second factors and recovery codes will be removed after one day. We will email you the exact time. Until then, you can cancel the removal.
remove-factors-action = Remove second factors
remove-factors-not-me = If this was not you, do not use the link. Someone else knows your password. Change it now.
factor-removal-scheduled-subject = Your second factors will be removed
factor-removal-scheduled-text = All second factors and recovery codes of your account at { $service } will be removed at { $time }. Every device will then be signed out, and the password alone will be enough to sign in.
factor-removal-scheduled-keep = If you find a second factor again, sign in with it: this cancels the removal. You can also cancel it in the account settings on a device that is still signed in.
factor-removal-scheduled-not-me-text = Someone else may know your password and be able to read your emails. The link below cancels the removal, signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. All other second factors stay. The link works until { $until }.
factor-removal-canceled-subject = The removal of your second factors was canceled
factor-removal-canceled-text = The scheduled removal of all second factors from your account at { $service } was canceled. Your second factors and recovery codes stay.
factor-removal-canceled-advice = If you requested and canceled the removal yourself, you do not need to do anything. Signing in with a second factor or changing the password also cancels it.
factor-removal-canceled-not-me-text = If you did not request the removal, someone else may know your password and be able to read your emails. If you did not cancel it, someone else may have access to your account. In both cases, use the link below. It signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. The link works until { $until }.
factors-removed-subject = All second factors were removed from your account
factors-removed-text = As you requested, all second factors and recovery codes were removed from your account at { $service }, and every device was signed out.
factors-removed-advice = Sign in with your password, then set up a new second factor.
factors-removed-not-me-text = Someone else may have access to your account. The link below signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. Afterwards, set up your second factors again. The link works until { $until }.

# Recovery codes
recovery-codes-generated-subject = New recovery codes were generated
recovery-codes-generated-text = New recovery codes were generated for your account at { $service }. Earlier codes no longer work. If this was you, keep the new codes in a safe place. You do not need to do anything else.
recovery-code-used-subject = A recovery code was used
recovery-code-used-text = Someone used a recovery code to sign in to your account at { $service } or to confirm an action there. This code cannot be used again.
recovery-code-used-left = If this was you, you do not need to do anything. You have { $left } recovery codes left.
recovery-code-used-few = You have only { $left } recovery codes left. Generate new ones soon; they replace all earlier codes.
recovery-code-used-one = You have only one recovery code left. Generate new ones soon; they replace all earlier codes.
recovery-code-used-none = You have no recovery codes left. Generate new ones now. Without them, you lose access to your account if you lose your other second factors.
recovery-codes-not-me-text = Someone else may have access to your account. The link below signs out every device, disables the password and sends you an email to choose a new one. It also removes any second factors that were added since then. Afterwards, generate new recovery codes, because someone else may know the current ones. The link works until { $until }.

# After the link "This was not me"
restore-access-subject = Choose a new password to sign in again
restore-access-text = You reported an action on your account at { $service } that was not yours. Every device has been signed out and the password is disabled.
restore-access-address = This is the email address of the account again.
restore-access-deletion = The deletion of the account was canceled.
restore-access-action = Choose new password
restore-access-later = If the link no longer works, request a new password on the sign-in page.

# Account deletion
deletion-requested-subject = Your account will be deleted
deletion-requested-text = As you requested, your account at { $service } and all its data will be deleted at { $time }. Until then, nobody can sign in to it.
deletion-requested-keep = Changed your mind? Until then, you can keep the account with this link.
deletion-requested-action = Keep my account
deletion-requested-not-me-text = Someone else may have access to your account. The link below keeps the account, signs out every device, disables the password and sends you an email to choose a new one.
deletion-completed-subject = Your account was deleted
deletion-completed-text = As you requested, your account at { $service } and all its data were deleted at { $time }.
deletion-completed-removed = Deleted data:
deletion-completed-receipt = Receipt
deletion-completed-keep = Keep the receipt. It proves that the deletion was completed, without revealing whose account it was.
deletion-completed-footer = This is the last email: { $service } no longer stores this address. It was sent automatically; replies are not read.
removed-account = Account
removed-sessions = Sessions
removed-security-events = Security events
removed-one-time-tokens = Links in emails
removed-mails = Queued emails
removed-login-failures = Wrong passwords
removed-known-devices = Known devices
