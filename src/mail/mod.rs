//! Mails: what they say, the outbox they wait in, and how they leave.
//!
//! Owns `outbox` and `mail_requests`. Invariants: a mail is written in the transaction of the change it
//! tells of, and sent by a worker; its address and bodies, which hold live links, lie encrypted; of any
//! number of instances one sends it; links start with the front end's configured address and nothing else.
//! Knows no user: whoever posts a mail says to which address and in which language.

mod deliver;
mod language;
mod letter;
mod links;
mod mailbox;
mod mailer;
mod messages;
mod outbox;
mod owned;
mod requests;
mod retry;
mod sweep;
mod transport;
mod words;

pub(crate) use deliver::deliver_due;
pub(crate) use mailbox::{Mailbox, Part};
pub(crate) use mailer::Mailer;
pub(crate) use messages::{
    AddressInUse, ConfirmNewEmail, DeletionCompleted, DeletionRequested, EmailChangeRequested,
    EmailChanged, Happening, NewSignIn, PasswordChanged, ResetPassword, RestoreAccess,
    SignInsFailing, TokenLink, TokenReused, UsernameChanged, VerifyEmail,
};
pub(crate) use outbox::Recipient;
pub(crate) use owned::{count, export, forget};
pub(crate) use requests::{MailRequest, RequestKind, list_requests, take_request};
pub(crate) use sweep::sweep;
