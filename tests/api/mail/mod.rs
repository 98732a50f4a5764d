//! Mails: the outbox, the ways out, and the links.

mod dev_mailbox;
mod links;
mod outbox;
mod smtp;
