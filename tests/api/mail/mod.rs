//! Mails: the outbox, the ways out, and the links.

mod dev_mailbox;
mod links;
mod order;
mod outbox;
mod recipient_limits;
mod smtp;
