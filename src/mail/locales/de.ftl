# The emails of Gatehouse in German. $service is the name in GATEHOUSE_MAIL_FROM.
# The same messages as in en.ftl, in the same order, with the same variables.

greeting = Guten Tag!
# Between a label and its value
colon = :

# Labels of the details of an event
when = Zeitpunkt
device = Gerät
ip-address = IP-Adresse
unknown = unbekannt

# Links
open-by-hand = Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse in Ihrem Browser:
link-ends = Der Link kann nur einmal verwendet werden und ist bis { $until } gültig.

# Below every notice: what to do if it was someone else
not-me-heading = Waren Sie das nicht?
not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Der Link ist bis { $until } gültig.
not-me-action = Das war ich nicht

# If one notice covers several events
repeated = Diese E-Mail fasst { $count } Ereignisse dieser Art seit { $since } zusammen und zeigt das letzte.

footer = Sie erhalten diese E-Mail, weil diese Adresse für ein Konto bei { $service } angegeben wurde. Die Nachricht wurde automatisch versendet; Antworten darauf werden nicht gelesen.

# A new account: is the address right?
verify-email-subject = Bestätigen Sie Ihre E-Mail-Adresse
verify-email-text = Jemand, vermutlich Sie, hat mit dieser E-Mail-Adresse ein Konto bei { $service } angelegt. Bitte bestätigen Sie, dass die Adresse Ihnen gehört.
verify-email-action = Adresse bestätigen
verify-email-not-me-heading = Sie haben dieses Konto nicht angelegt?
verify-email-not-me-text = Dann hat jemand Ihre Adresse verwendet, versehentlich oder absichtlich. Bestätigen Sie sie nicht. Mit dem folgenden Link entfernen Sie das Konto, solange dessen Adresse noch nie bestätigt wurde. Der Link ist bis { $until } gültig.
verify-email-not-me-action = Konto entfernen
verify-email-contested = Mit dieser E-Mail-Adresse wurden mehrere Konten beantragt. Bestätigen Sie nur das Konto, das Sie selbst beantragt haben: Die folgenden Angaben zeigen, wann und von wo aus das geschah. Wenn Sie eines bestätigen, werden die anderen verworfen.

# The same, for a user who is not signed in
prove-address-subject = Bestätigen Sie Ihre Adresse mit einem Passwort
prove-address-text = Jemand, vermutlich Sie, hat einen neuen Link angefordert, um diese E-Mail-Adresse für ein Konto bei { $service } zu bestätigen. Beim Anlegen eines Kontos kann jeder eine beliebige Adresse eingeben. Um sicherzustellen, dass nur Sie Zugriff auf das Konto haben, wählen Sie jetzt ein Passwort. So bestätigen Sie die Adresse und ersetzen jedes früher gesetzte Passwort.
prove-address-registered = Das Konto wurde wie folgt angelegt:
prove-address-action = Passwort wählen
prove-address-ignore = Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Es ändert sich nichts.

# An email change: to the new one
confirm-new-email-subject = Bestätigen Sie Ihre neue E-Mail-Adresse
confirm-new-email-text = Jemand, vermutlich Sie, möchte diese E-Mail-Adresse für ein bestehendes Konto bei { $service } verwenden. Die Änderung wird wirksam, sobald Sie sie bestätigen.
confirm-new-email-action = Neue Adresse bestätigen
confirm-new-email-ignore = Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Die Adresse wird dann nicht verwendet.

# An email change: to the old one, before and after
email-change-requested-subject = Ihre E-Mail-Adresse soll geändert werden
email-change-requested-text = Jemand, vermutlich Sie, möchte die E-Mail-Adresse Ihres Kontos bei { $service } in { $address } ändern. Die Änderung wird wirksam, sobald die neue Adresse bestätigt wurde. Wenn Sie das waren, brauchen Sie nichts zu tun.
email-changed-subject = Ihre E-Mail-Adresse wurde geändert
email-changed-text = Die E-Mail-Adresse Ihres Kontos bei { $service } wurde in { $address } geändert. E-Mails zu diesem Konto gehen ab sofort dorthin. Wenn Sie das waren, brauchen Sie nichts zu tun.
email-change-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link machen Sie die Änderung rückgängig, auch wenn sie bereits wirksam ist, melden alle Geräte ab und deaktivieren das Passwort; anschließend geht an diese Adresse eine E-Mail, über die Sie ein neues wählen können. Der Link ist bis { $until } gültig.

# A registration with, or a change to, an address that has an account
address-in-use-subject = Sie haben bereits ein Konto
address-in-use-text = Jemand, vermutlich Sie, wollte diese E-Mail-Adresse für ein neues Konto bei { $service } verwenden. Mit dieser Adresse besteht bereits ein Konto, daher wurde kein weiteres angelegt.
address-in-use-how = Wenn Sie das waren, melden Sie sich wie gewohnt an. Falls Sie das Passwort vergessen haben, fordern Sie auf der Anmeldeseite ein neues an. Damit bestätigen Sie auch diese Adresse, sofern das noch nicht geschehen ist.
address-in-use-action = Weiter zu { $service }
address-in-use-ignore = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Es hat sich nichts geändert.

# The password
reset-password-subject = Wählen Sie ein neues Passwort
reset-password-text = Jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto bei { $service } angefordert.
reset-password-action = Neues Passwort wählen
reset-password-ignore = Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Das Passwort bleibt unverändert.
password-changed-subject = Ihr Passwort wurde geändert
password-changed-text = Das Passwort Ihres Kontos bei { $service } wurde geändert. Wenn Sie das waren, brauchen Sie nichts zu tun.

# The username
username-changed-subject = Ihr Benutzername wurde geändert
username-changed-text = Der Benutzername Ihres Kontos bei { $service } wurde geändert. Wenn Sie das waren, brauchen Sie nichts zu tun.

# Sessions
new-sign-in-subject = Neue Anmeldung in Ihrem Konto
new-sign-in-text = Jemand hat sich von einem bisher unbekannten Gerät oder Ort aus in Ihrem Konto bei { $service } angemeldet. Wenn Sie das waren, brauchen Sie nichts zu tun.
token-reused-subject = Eine Sitzung wurde zu Ihrer Sicherheit beendet
token-reused-text = Eine Sitzung Ihres Kontos bei { $service } wurde zweimal vom selben Punkt aus fortgesetzt. Das kommt vor, wenn jemand sie kopiert hat. Wir haben diese Sitzung beendet. Wer sie genutzt hat, muss sich erneut anmelden.
token-reused-advice = Wenn Sie lediglich aufgefordert wurden, sich erneut anzumelden, brauchen Sie nichts weiter zu tun. Sollte es noch einmal vorkommen, ändern Sie Ihr Passwort.
sign-ins-failing-subject = Wiederholt falsche Passwörter für Ihr Konto
sign-ins-failing-text = Jemand probiert wiederholt falsche Passwörter für Ihr Konto bei { $service } aus. Keines war richtig; niemand hat sich anmelden können.
sign-ins-failing-strangers = Solange das anhält, müssen Geräte und Netzwerke, die für Ihr Konto neu sind, zwischen den Versuchen warten. Auf Geräten und in Netzwerken, die Sie bereits verwendet haben, melden Sie sich wie gewohnt an.
sign-ins-failing-advice = Sie brauchen nichts zu tun. Wenn Ihr Passwort kurz ist oder Sie es auch anderswo verwenden, ändern Sie es. Wenn Sie auf einem neuen Gerät warten müssen, wählen Sie über „Passwort vergessen“ ein neues Passwort. Danach können Sie sich sofort anmelden. Diese E-Mail senden wir höchstens einmal am Tag.

# Second factors. "Above" are the details of the event.
factor = Zweiter Faktor
factor-name = Name
factor-totp = Authenticator-App
factor-passkey = Passkey
factor-added-subject = Ihrem Konto wurde ein zweiter Faktor hinzugefügt
factor-added-text = Ihrem Konto bei { $service } wurde ein zweiter Faktor hinzugefügt. Wenn Sie das waren, brauchen Sie nichts zu tun.
factor-added-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link entfernen Sie diesen zweiten Faktor und alle, die danach hinzugefügt wurden. Außerdem melden Sie damit alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Der Link ist bis { $until } gültig.
factor-removed-subject = Aus Ihrem Konto wurde ein zweiter Faktor entfernt
factor-removed-text = Aus Ihrem Konto bei { $service } wurde ein zweiter Faktor entfernt. Er kann nicht mehr zur Anmeldung verwendet werden. Wenn Sie das waren, brauchen Sie nichts zu tun.
factor-removed-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Richten Sie danach den oben genannten zweiten Faktor wieder ein. Der Link ist bis { $until } gültig.
second-step-failed-subject = Anmeldung mit Ihrem Passwort nicht abgeschlossen
second-step-failed-text = Jemand hat das richtige Passwort für Ihr Konto bei { $service } eingegeben, aber den zweiten Schritt der Anmeldung nicht abgeschlossen. Es wurde niemand angemeldet.
second-step-failed-advice = Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn Sie den zweiten Schritt nicht abschließen können, verwenden Sie einen anderen zweiten Faktor oder einen Wiederherstellungscode.
second-step-failed-not-me-text = Dann kennt jemand anderes Ihr Passwort. Ändern Sie es sofort oder verwenden Sie den folgenden Link. Damit melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Der Link ist bis { $until } gültig.
factors-reset-subject = Ihre zweiten Faktoren wurden entfernt
factors-reset-text = Die Administration von { $service } hat alle zweiten Faktoren und Wiederherstellungscodes aus Ihrem Konto entfernt und alle Geräte abgemeldet.
factors-reset-advice = Melden Sie sich erneut an und richten Sie dann wieder einen zweiten Faktor ein.
factors-reset-contact = Falls Sie das nicht erwartet haben, wenden Sie sich an { $service }.

# The removal of lost second factors: its link and its notices
remove-factors-subject = Bestätigen Sie die Entfernung Ihrer zweiten Faktoren
remove-factors-text = Jemand, vermutlich Sie, hat das richtige Passwort für Ihr Konto bei { $service } eingegeben und gemeldet, dass alle zweiten Faktoren verloren gegangen sind.
remove-factors-days = Wenn Sie den folgenden Link verwenden, werden nach { $days } Tagen alle zweiten Faktoren und Wiederherstellungscodes entfernt. Den genauen Zeitpunkt teilen wir Ihnen per E-Mail mit. Bis dahin können Sie die Entfernung abbrechen.
remove-factors-one-day = Wenn Sie den folgenden Link verwenden, werden nach einem Tag alle zweiten Faktoren und Wiederherstellungscodes entfernt. Den genauen Zeitpunkt teilen wir Ihnen per E-Mail mit. Bis dahin können Sie die Entfernung abbrechen.
remove-factors-action = Zweite Faktoren entfernen
remove-factors-not-me = Wenn Sie das nicht waren, verwenden Sie den Link nicht. Dann kennt jemand anderes Ihr Passwort. Ändern Sie es sofort.
factor-removal-scheduled-subject = Ihre zweiten Faktoren werden entfernt
factor-removal-scheduled-text = Alle zweiten Faktoren und Wiederherstellungscodes Ihres Kontos bei { $service } werden zu diesem Zeitpunkt entfernt: { $time }. Dann werden auch alle Geräte abgemeldet, und zur Anmeldung genügt das Passwort allein.
factor-removal-scheduled-keep = Wenn Sie einen zweiten Faktor wiederfinden, melden Sie sich damit an: So wird die Entfernung abgebrochen. Sie können sie auch in den Kontoeinstellungen auf einem Gerät abbrechen, auf dem Sie noch angemeldet sind.
factor-removal-scheduled-not-me-text = Dann kennt möglicherweise jemand anderes Ihr Passwort und kann Ihre E-Mails lesen. Mit dem folgenden Link brechen Sie die Entfernung ab, melden alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Alle anderen zweiten Faktoren bleiben erhalten. Der Link ist bis { $until } gültig.
factor-removal-canceled-subject = Entfernung Ihrer zweiten Faktoren abgebrochen
factor-removal-canceled-text = Die geplante Entfernung aller zweiten Faktoren aus Ihrem Konto bei { $service } wurde abgebrochen. Ihre zweiten Faktoren und Wiederherstellungscodes bleiben erhalten.
factor-removal-canceled-advice = Wenn Sie die Entfernung selbst beantragt und abgebrochen haben, brauchen Sie nichts zu tun. Auch eine Anmeldung mit einem zweiten Faktor oder eine Änderung des Passworts bricht sie ab.
factor-removal-canceled-not-me-text = Wenn Sie die Entfernung nicht beantragt haben, kennt möglicherweise jemand anderes Ihr Passwort und kann Ihre E-Mails lesen. Wenn Sie sie nicht abgebrochen haben, hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Verwenden Sie in beiden Fällen den folgenden Link. Damit melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Der Link ist bis { $until } gültig.
factors-removed-subject = Alle zweiten Faktoren wurden aus Ihrem Konto entfernt
factors-removed-text = Wie von Ihnen gewünscht, wurden alle zweiten Faktoren und Wiederherstellungscodes aus Ihrem Konto bei { $service } entfernt und alle Geräte abgemeldet.
factors-removed-advice = Melden Sie sich mit Ihrem Passwort an und richten Sie dann einen neuen zweiten Faktor ein.
factors-removed-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Richten Sie danach Ihre zweiten Faktoren wieder ein. Der Link ist bis { $until } gültig.

# Recovery codes
recovery-codes-generated-subject = Neue Wiederherstellungscodes wurden erzeugt
recovery-codes-generated-text = Für Ihr Konto bei { $service } wurden neue Wiederherstellungscodes erzeugt. Frühere Codes sind nicht mehr gültig. Wenn Sie das waren, bewahren Sie die neuen Codes sicher auf. Mehr brauchen Sie nicht zu tun.
recovery-code-used-subject = Ein Wiederherstellungscode wurde verwendet
recovery-code-used-text = Jemand hat sich mit einem Wiederherstellungscode in Ihrem Konto bei { $service } angemeldet oder dort einen Vorgang bestätigt. Dieser Code kann nicht noch einmal verwendet werden.
recovery-code-used-left = Wenn Sie das waren, brauchen Sie nichts zu tun. Sie haben noch { $left } Wiederherstellungscodes.
recovery-code-used-few = Sie haben nur noch { $left } Wiederherstellungscodes. Erzeugen Sie bald neue; diese ersetzen alle früheren Codes.
recovery-code-used-one = Sie haben nur noch einen Wiederherstellungscode. Erzeugen Sie bald neue; diese ersetzen alle früheren Codes.
recovery-code-used-none = Sie haben keine Wiederherstellungscodes mehr. Erzeugen Sie jetzt neue. Ohne sie verlieren Sie den Zugriff auf Ihr Konto, wenn Sie Ihre anderen zweiten Faktoren verlieren.
recovery-codes-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link melden Sie alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können. Auch seither hinzugefügte zweite Faktoren werden dabei entfernt. Erzeugen Sie danach neue Wiederherstellungscodes, denn möglicherweise kennt jemand anderes die aktuellen. Der Link ist bis { $until } gültig.

# After the link "This was not me"
restore-access-subject = Neues Passwort wählen und wieder anmelden
restore-access-text = Sie haben uns einen Vorgang in Ihrem Konto bei { $service } gemeldet, der nicht von Ihnen stammt. Alle Geräte wurden abgemeldet, und das Passwort ist deaktiviert.
restore-access-address = Diese Adresse ist nun wieder die E-Mail-Adresse des Kontos.
restore-access-deletion = Die Löschung des Kontos wurde abgebrochen.
restore-access-action = Neues Passwort wählen
restore-access-later = Falls der Link nicht mehr funktioniert, fordern Sie auf der Anmeldeseite ein neues Passwort an.

# Account deletion
deletion-requested-subject = Ihr Konto wird gelöscht
deletion-requested-text = Wie von Ihnen gewünscht, werden Ihr Konto bei { $service } und alle zugehörigen Daten zu diesem Zeitpunkt gelöscht: { $time }. Bis dahin kann sich niemand in diesem Konto anmelden.
deletion-requested-keep = Haben Sie es sich anders überlegt? Bis dahin können Sie das Konto mit diesem Link behalten.
deletion-requested-action = Mein Konto behalten
deletion-requested-not-me-text = Dann hat möglicherweise jemand anderes Zugriff auf Ihr Konto erlangt. Mit dem folgenden Link behalten Sie das Konto, melden alle Geräte ab und deaktivieren das Passwort; anschließend erhalten Sie eine E-Mail, über die Sie ein neues wählen können.
deletion-completed-subject = Ihr Konto wurde gelöscht
deletion-completed-text = Wie von Ihnen gewünscht, wurden Ihr Konto bei { $service } und alle zugehörigen Daten zu diesem Zeitpunkt gelöscht: { $time }.
deletion-completed-removed = Gelöscht wurden:
deletion-completed-receipt = Beleg
deletion-completed-keep = Bewahren Sie den Beleg auf: Er zeigt, dass die Löschung durchgeführt wurde, ohne preiszugeben, wessen Konto es war.
deletion-completed-footer = Dies ist die letzte E-Mail: Diese Adresse ist bei { $service } nicht mehr gespeichert. Die Nachricht wurde automatisch versendet; Antworten darauf werden nicht gelesen.
removed-account = Konto
removed-sessions = Sitzungen
removed-security-events = Sicherheitsereignisse
removed-one-time-tokens = Links in E-Mails
removed-mails = Noch nicht zugestellte E-Mails
removed-login-failures = Falsche Passwörter
removed-known-devices = Bekannte Geräte
