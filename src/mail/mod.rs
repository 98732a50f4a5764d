//! Email: contents, outbox and delivery.
//!
//! Owns `outbox`, `mail_requests` and `mail_counts`. Invariants: an email is written in the transaction of the change
//! that it reports, and sent by a worker; its address and bodies, which contain active links, are stored encrypted;
//! exactly one of any number of instances sends it; links start with the front end's configured address. Knows no
//! users: the caller passes the address and the language.

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
pub(crate) use messages::FactorsReset;
pub(crate) use messages::{
    AddressInUse, ConfirmNewEmail, Content, DeletionCompleted, DeletionRequested,
    EmailChangeRequested, EmailChanged, EventContext, FactorAdded, FactorName,
    FactorRemovalCanceled, FactorRemovalScheduled, FactorRemoved, FactorsRemoved, NewSignIn,
    PasswordChanged, ProveAddress, RecoveryCodeUsed, RecoveryCodesGenerated, RemoveFactors,
    ResetPassword, RestoreAccess, SecondStepFailed, SignInsFailing, TokenLink, TokenReused,
    UsernameChanged, VerifyEmail,
};
pub(crate) use outbox::Recipient;
pub(crate) use personal_data::{count, export, forget};
pub(crate) use queued::{Unsent, find_unsent};
pub(crate) use requests::{MailRequest, RequestKind, list_requests, take_request};
pub(crate) use sweep::sweep;
