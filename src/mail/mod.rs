//! Mails: what they say, the outbox they wait in, and how they leave.
//!
//! Owns `outbox`, `mail_requests` and `mail_counts`. Invariants: a mail is written in the transaction of the change it
//! tells of, and sent by a worker; its address and bodies, which hold live links, lie encrypted; of any
//! number of instances one sends it; links start with the front end's configured address and nothing else.
//! Knows no user: whoever posts a mail says to which address and in which language.

mod capabilities;
mod deliver;
mod email_body;
mod lanes;
mod language;
mod link_times;
mod links;
mod mailbox;
mod mailer;
mod messages;
mod outbox;
mod personal_data;
mod queued;
mod recipient_cap;
mod requests;
mod sweep;
mod translations;
mod transport;

pub(crate) use deliver::{StartLifetimes, bury_expired, deliver_due};
pub(crate) use link_times::Lifetime;
pub(crate) use mailbox::{Mailbox, Part};
pub(crate) use mailer::Mailer;
pub(crate) use messages::{
    AddressInUse, ConfirmNewEmail, Content, DeletionCompleted, DeletionRequested,
    EmailChangeRequested, EmailChanged, EventContext, NewSignIn, PasswordChanged, ProveAddress,
    ResetPassword, RestoreAccess, SignInsFailing, TokenLink, TokenReused, UsernameChanged,
    VerifyEmail,
};
pub(crate) use outbox::Recipient;
pub(crate) use personal_data::{count, export, forget};
pub(crate) use queued::QueuedNotice;
pub(crate) use requests::{MailRequest, RequestKind, list_requests, take_request};
pub(crate) use sweep::sweep;
